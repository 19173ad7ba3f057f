package dev.remora.core.engine;

import dev.remora.SpecialTokens;
import java.util.List;
import java.util.Map;

/**
 * A tokenizer as data: the content of one tokenizer.json, whichever form the bundle had, already
 * split into what engines read. Truncation and padding are off in it.
 *
 * <p>JSON values are plain: {@link Map} (in file order), {@link List}, {@link String}, {@link Long}
 * for integers, {@link Double} for other numbers, {@link Boolean}; a null member is absent.
 *
 * <p>Immutable and thread-safe.
 */
public interface TokenizerDefinition {
  /** The whole tokenizer.json in UTF-8; not to be changed. */
  byte[] json();

  /**
   * A top-level object of the file: {@code normalizer}, {@code pre_tokenizer}, {@code
   * post_processor}, {@code decoder}; an empty map if it is absent or null.
   */
  Map<String, Object> component(String name);

  /**
   * The members of {@code model} without {@code vocab} and {@code merges}; its type always named.
   */
  Map<String, Object> model();

  /** The model's vocabulary and the added tokens. */
  Vocabulary vocabulary();

  /** The added tokens, in the order of the file. */
  List<AddedToken> addedTokens();

  /** The special tokens, with what the configs beside the file say. */
  SpecialTokens specialTokens();

  /** How many merges there are; 0 for a model without. */
  int mergeCount();

  /** Calls the visitor with each merge, in order of rank. */
  void forEachMerge(MergeVisitor visitor);

  /** Receives merges as ranges of UTF-8 bytes, valid only during the call. */
  @FunctionalInterface
  interface MergeVisitor {
    /**
     * Receives one merge: two tokens as the vocabulary spells them, one behind the other; the left
     * one ends, and the right one begins, at {@code middle}.
     */
    void merge(byte[] utf8, int from, int middle, int to);
  }
}
