package dev.remora.forms;

import dev.remora.core.guard.BuildGuard;
import dev.remora.core.text.ByteAlphabet;
import dev.remora.core.vocabulary.MergeList;
import dev.remora.core.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Tokens by rank, as tiktoken has them, in the terms of a byte-level BPE model.
 *
 * <p>They name no merges. These are recovered as Hugging Face recovers them: every way to cut a
 * token into two tokens is a merge, in the order of the token's rank, then of the ranks of the two
 * parts.
 */
final class RankedTokens {
  /** Real tokens have at most 128 bytes; recovering the merges of one costs their square. */
  static final int MAX_TOKEN_BYTES = 1024;

  private static final Comparator<int[]> BY_RANKS =
      Comparator.<int[]>comparingInt(cut -> cut[0]).thenComparingInt(cut -> cut[1]);

  private final byte[][] tokens; // by rank; a rank without a token is empty
  private final Vocabulary ranks; // of the bytes themselves, not spelled
  private final BuildGuard guard;
  private final byte[] spelled = new byte[2 * MAX_TOKEN_BYTES];

  /**
   * @param tokens by rank; a rank without a token is empty
   * @param guard ends it early
   */
  RankedTokens(byte[][] tokens, BuildGuard guard) {
    this.tokens = tokens;
    this.guard = guard;
    this.ranks = vocabulary(tokens);
  }

  /** The tokens as they are, not spelled; a rank is the id. */
  static Vocabulary vocabulary(byte[][] tokens) {
    Vocabulary.Builder builder = Vocabulary.builder();
    for (int rank = 0; rank < tokens.length; rank++) {
      if (tokens[rank].length > 0) {
        builder.token(tokens[rank], 0, tokens[rank].length, rank);
      }
    }
    return builder.build();
  }

  /** Whether no token is there twice. */
  boolean areDistinct() {
    return ranks.isOneToOne();
  }

  /**
   * Puts the tokens into a vocabulary, spelled in the byte-level alphabet.
   *
   * @param offset by how much an id is above the rank
   * @return how many there are
   */
  int putInto(Vocabulary.Builder vocabulary, int offset) {
    int entries = 0;
    for (int rank = 0; rank < tokens.length; rank++) {
      if (tokens[rank].length > 0) {
        vocabulary.token(spelled, 0, spell(tokens[rank], 0, tokens[rank].length), rank + offset);
        entries++;
      }
    }
    return entries;
  }

  /** Spells bytes in the alphabet, into {@link #spelled}; gives the length. */
  private int spell(byte[] token, int from, int to) {
    return ByteAlphabet.spell(token, from, to, spelled, 0);
  }

  /** The merges that the ranks stand for. */
  MergeList merges() {
    MergeList.Builder merges = MergeList.builder();
    List<int[]> cuts = new ArrayList<>();
    for (int rank = 0; rank < tokens.length; rank++) {
      guard.check(rank);
      byte[] token = tokens[rank];
      cuts.clear();
      TokenCuts.each(
          ranks,
          token,
          0,
          token.length,
          true,
          (left, right, at) -> cuts.add(new int[] {left, right, at}));
      if (cuts.size() > 1) {
        cuts.sort(BY_RANKS);
      }
      for (int[] cut : cuts) {
        merges.left(spelled, 0, spell(token, 0, cut[2]));
        merges.right(spelled, 0, spell(token, cut[2], token.length));
      }
      BundleForms.checkRecovered(merges);
    }
    return merges.build();
  }
}
