package dev.remora.engine.bpe;

import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.bundle.FileNames;
import dev.remora.core.guard.BuildGuard;
import dev.remora.core.vocabulary.MergeList;
import dev.remora.core.vocabulary.Vocabulary;
import dev.remora.engine.word.TokenBytes;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;

/** Turns a list of merges into the tables of a model. Of one thread at a time. */
final class MergeReader {
  private final Vocabulary vocabulary;
  private final Target target;
  private final BuildGuard guard;
  private final int prefix; // bytes that the right part of a merge loses
  private int index; // in the list
  private int product; // of the merge before

  private MergeReader(Vocabulary vocabulary, int prefix, Target target, BuildGuard guard) {
    this.vocabulary = vocabulary;
    this.prefix = prefix;
    this.target = target;
    this.guard = guard;
  }

  private interface Target {
    void add(int left, int right, int product);
  }

  /**
   * The merges of a model.
   *
   * @param pairs those that can ever be applied, or all if it is not sure which can
   * @param made the tokens that merges are known to make of their bytes
   */
  record Merges(PairTable pairs, BitSet made) {}

  /**
   * The merges of a model.
   *
   * @param list the merges by rank
   * @param vocabulary the vocabulary they are of
   * @param tokens its tokens
   * @param byteLevel whether it spells tokens in the byte-level alphabet
   * @param byteIds the tokens of bytes
   * @param guard ends it early
   * @throws BundleException if a token of one, or their product, is not in the vocabulary
   */
  static Merges read(
      MergeList list,
      Vocabulary vocabulary,
      TokenBytes tokens,
      boolean byteLevel,
      int[] byteIds,
      BuildGuard guard) {
    int count = list.count();
    int kept = tokens.bound() + tokens.bound() / 4; // one for each product, and some not known
    PairTable pairs = new PairTable(Math.min(count, kept));
    Derivations derivations = new Derivations(tokens, byteLevel, byteIds, pairs);
    read(list, vocabulary, derivations::add, guard);
    if (derivations.areComplete()) {
      return new Merges(pairs, derivations.made());
    }
    PairTable all = new PairTable(count);
    read(list, vocabulary, all::add, guard);
    return new Merges(all, new BitSet());
  }

  private static void read(MergeList list, Vocabulary vocabulary, Target target, BuildGuard guard) {
    list.forEach(new MergeReader(vocabulary, 0, target, guard)::put);
  }

  /**
   * All merges of a model, whether they can be applied or not.
   *
   * @param prefix how many bytes tokens inside words begin with, which a merge takes off its right
   *     part
   */
  static PairTable readAll(MergeList list, Vocabulary vocabulary, int prefix, BuildGuard guard) {
    PairTable all = new PairTable(list.count());
    list.forEach(new MergeReader(vocabulary, prefix, all::add, guard)::put);
    return all;
  }

  private void put(byte[] utf8, int from, int middle, int to) {
    guard.check(index);
    int left = vocabulary.modelIdOf(utf8, from, middle);
    int right = vocabulary.modelIdOf(utf8, middle, to);
    product = product(utf8, from, middle, to);
    if (left < 0 || right < 0 || product < 0) {
      throw new BundleException(
          Rule.C8,
          FileNames.TOKENIZER_JSON,
          String.format(
              Locale.ROOT, "merge %d is of tokens that are not in the vocabulary", index));
    }
    index++;
    target.add(left, right, product);
  }

  /** Merges are mostly in the order of their products: comparing is cheaper than looking up. */
  private int product(byte[] utf8, int from, int middle, int to) {
    if (prefix > 0) {
      if (to - middle < prefix) {
        return -1;
      }
      byte[] joined = Arrays.copyOfRange(utf8, from, to - prefix);
      System.arraycopy(utf8, middle + prefix, joined, middle - from, to - middle - prefix);
      return vocabulary.modelIdOf(joined, 0, joined.length);
    }
    if (vocabulary.isModelToken(product, utf8, from, to)) {
      return product;
    }
    return vocabulary.isModelToken(product + 1, utf8, from, to)
        ? product + 1
        : vocabulary.modelIdOf(utf8, from, to);
  }
}
