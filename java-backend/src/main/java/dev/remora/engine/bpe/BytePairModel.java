package dev.remora.engine.bpe;

import dev.remora.core.guard.BuildGuard;
import dev.remora.core.vocabulary.MergeList;
import dev.remora.core.vocabulary.Vocabulary;
import dev.remora.engine.split.Scanner;
import dev.remora.engine.word.ByteTokens;
import dev.remora.engine.word.TokenBytes;
import dev.remora.engine.word.VocabularyWords;
import dev.remora.engine.word.WordModel;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A BPE model: the tables that all calls share. {@link BytePairState} makes the ids.
 *
 * <p>Byte-level, the symbols to begin with are the bytes; else the characters, and for one that is
 * not in the vocabulary its bytes as {@code <0x00>} to {@code <0xFF>}. Thread-safe.
 */
final class BytePairModel implements WordModel {
  final boolean byteLevel;
  final boolean ignoreMerges;
  final VocabularyWords words;
  final PairTable pairs;
  final int[] byteIds; // the symbol of each byte
  final int[] bytePairs; // ranks of two bytes, which are most of what is looked up

  private final TokenBytes tokens;
  private final TokenLengths lengths;
  private @Nullable WholeCharacters whole;
  private @Nullable Seams seams;

  /**
   * Builds the tables.
   *
   * @param guard ends it early
   * @throws dev.remora.BundleException if a merge is of tokens that are not in the vocabulary
   */
  BytePairModel(
      Vocabulary vocabulary,
      MergeList mergeList,
      boolean byteLevel,
      boolean ignoreMerges,
      BuildGuard guard) {
    this.byteLevel = byteLevel;
    this.ignoreMerges = ignoreMerges;
    this.tokens = new TokenBytes(vocabulary, byteLevel);
    this.byteIds = ByteTokens.ids(vocabulary, byteLevel);
    this.lengths = new TokenLengths(tokens, byteIds, byteLevel);
    guard.check();
    MergeReader.Merges merges =
        MergeReader.read(mergeList, vocabulary, tokens, byteLevel, byteIds, guard);
    this.pairs = merges.pairs();
    guard.check();
    this.words = new VocabularyWords(tokens, merges.made());
    this.bytePairs = byteLevel ? bytePairs() : new int[0];
  }

  /** What two bytes make is a token of two bytes: asking for those tokens is enough. */
  private int[] bytePairs() {
    int[] ranks = new int[1 << 16];
    Arrays.fill(ranks, PairTable.NONE);
    for (int id = 0; id < tokens.bound(); id++) {
      if (tokens.length(id) == 2) {
        int first = tokens.pool[tokens.starts[id]] & 0xFF;
        int second = tokens.pool[tokens.starts[id] + 1] & 0xFF;
        ranks[first << 8 | second] =
            byteIds[first] < 0 || byteIds[second] < 0
                ? PairTable.NONE // of bytes that UTF-8 never has
                : pairs.rank(byteIds[first], byteIds[second]);
      }
    }
    return ranks;
  }

  @Override
  public WordModel.State newState(BitSet barred) {
    return new BytePairState(this, barred);
  }

  /** How many bytes of a text a token stands for. */
  int byteLength(int id) {
    return lengths.of(id);
  }

  /** A merge makes a token: if no token crosses a cut, no merge does. */
  @Override
  public boolean mayCut(Scanner scanner) {
    return !byteLevel && tokens.areWholeTo(scanner);
  }

  /** Made when they are first needed, as the next is; two threads may make them at once, alike. */
  Seams seams() {
    Seams made = seams;
    if (made == null) {
      made = new Seams(tokens);
      seams = made;
    }
    return made;
  }

  WholeCharacters whole() {
    WholeCharacters made = whole;
    if (made == null) {
      made = new WholeCharacters(tokens, words, pairs, byteIds);
      whole = made;
    }
    return made;
  }
}
