package dev.remora.core.definition;

import dev.remora.core.vocabulary.MergeList;
import org.jspecify.annotations.Nullable;

/** What makes ids of pre-tokens, without its vocabulary; the names are those of tokenizer.json. */
public sealed interface Model {
  /**
   * Byte pair encoding.
   *
   * @param merges the merges, by rank
   * @param dropout the chance that a merge is skipped; null for none
   * @param unkToken the token for what is not in the vocabulary; null for none
   * @param continuingSubwordPrefix what tokens inside a word begin with; null for nothing
   * @param endOfWordSuffix what the last token of a word ends with; null for nothing
   * @param fuseUnk whether unknown characters in a row are one token
   * @param byteFallback whether an unknown character becomes tokens of its bytes
   * @param ignoreMerges whether a pre-token that is in the vocabulary is taken whole
   */
  record Bpe(
      MergeList merges,
      @Nullable Double dropout,
      @Nullable String unkToken,
      @Nullable String continuingSubwordPrefix,
      @Nullable String endOfWordSuffix,
      boolean fuseUnk,
      boolean byteFallback,
      boolean ignoreMerges)
      implements Model {
    @Override
    public String name() {
      return "BPE";
    }
  }

  /**
   * WordPiece.
   *
   * @param unkToken the token for what is not in the vocabulary
   * @param continuingSubwordPrefix what tokens inside a word begin with
   * @param maxInputCharsPerWord characters of the longest word that is split
   */
  record WordPiece(String unkToken, String continuingSubwordPrefix, long maxInputCharsPerWord)
      implements Model {
    @Override
    public String name() {
      return "WordPiece";
    }
  }

  /** Whole words. */
  record WordLevel(String unkToken) implements Model {
    @Override
    public String name() {
      return "WordLevel";
    }
  }

  /**
   * Unigram.
   *
   * @param scores the score of each id, or {@link #NEVER}; not to be changed
   * @param unkId the id for what is not in the vocabulary; null for none
   * @param byteFallback whether an unknown character becomes tokens of its bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by identity only, and large
  record Unigram(double[] scores, @Nullable Integer unkId, boolean byteFallback) implements Model {
    /**
     * The score of a token that no text becomes, which no tokenizer.json can hold: a control piece
     * of SentencePiece.
     */
    public static final double NEVER = Double.NEGATIVE_INFINITY;

    @Override
    public String name() {
      return "Unigram";
    }
  }

  /** Its type in a tokenizer.json. */
  String name();
}
