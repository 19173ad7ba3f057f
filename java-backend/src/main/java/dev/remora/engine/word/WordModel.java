package dev.remora.engine.word;

import dev.remora.core.guard.BuildGuard;
import dev.remora.engine.split.Scanner;
import dev.remora.engine.text.IdList;
import java.util.BitSet;

/** What makes ids of pre-tokens. Thread-safe. */
public interface WordModel {
  /**
   * A new state for calls, one after the other.
   *
   * @param barred ids that it never gives, where other ids can be given; not to be changed
   */
  State newState(BitSet barred);

  /** Whether a token is shown as the text that it comes from, whatever its own text is. */
  default boolean isNamedByText(int id) {
    return false;
  }

  /** Whether cutting a pre-token where a scanner does would change no id. */
  boolean mayCut(Scanner scanner);

  /**
   * What a call of the model works in: buffers, and the words met before. Of one thread at a time.
   */
  interface State {
    /** Appends the ids of the words of a block, and notes in it where those of each end. */
    void encode(WordBlock block, IdList ids);

    /**
     * Adds where the tokens of a word come from.
     *
     * @param bytes the text
     * @param from where the word begins in it
     * @param to where it ends
     * @param ids the list that has its ids
     * @param first the index of the first of them
     * @param end the index after the last
     * @param spans receives the tokens, in order
     */
    void spans(byte[] bytes, int from, int to, IdList ids, int first, int end, TokenSpans spans);
  }

  /** A model that has been read; building it builds its tables. */
  @FunctionalInterface
  interface Plan {
    /**
     * Builds the tables.
     *
     * @param guard ends it early
     * @throws dev.remora.BundleException if the model turns out not to be one
     */
    WordModel build(BuildGuard guard);
  }
}
