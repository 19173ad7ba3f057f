package dev.remora.core.definition;

import java.util.ArrayList;
import java.util.List;

/** What splits a normalized text into pre-tokens; the names are those of tokenizer.json. */
public sealed interface PreTokenizer {
  /** Spells bytes in the byte-level alphabet, and may split by GPT-2's regular expression. */
  record ByteLevel(ByteLevelSettings settings) implements PreTokenizer {}

  /** Splits at white space and around each punctuation character, as BERT does. */
  record Bert() implements PreTokenizer {}

  /** Splits by {@code \w+|[^\w\s]+}. */
  record Whitespace() implements PreTokenizer {}

  /** Splits at white space. */
  record WhitespaceSplit() implements PreTokenizer {}

  /** Splits where the script changes, as SentencePiece does. */
  record UnicodeScripts() implements PreTokenizer {}

  /** Splits at a character, given as a string of one code point. */
  record CharDelimiterSplit(String delimiter) implements PreTokenizer {}

  /** Splits around numbers, digit by digit if so wished. */
  record Digits(boolean individualDigits) implements PreTokenizer {}

  /** Splits at punctuation. */
  record Punctuation(SplitBehavior behavior) implements PreTokenizer {}

  /** Splits into pieces of so many characters. */
  record FixedLength(int length) implements PreTokenizer {}

  /** Replaces spaces, and splits before them. */
  record MetaspaceSplit(Metaspace settings) implements PreTokenizer {}

  /**
   * Splits at each match.
   *
   * @param pattern what is looked for
   * @param behavior what becomes of a match
   * @param invert whether what does not match counts as the match
   */
  record Split(StringPattern pattern, SplitBehavior behavior, boolean invert)
      implements PreTokenizer {}

  /** One after the other, each on the pieces of the one before. */
  record Sequence(List<PreTokenizer> parts) implements PreTokenizer {
    /** Keeps a copy of the list. */
    public Sequence {
      parts = List.copyOf(parts);
    }
  }

  /** This pre-tokenizer, or what it is a sequence of, at any depth. */
  default List<PreTokenizer> flattened() {
    if (!(this instanceof Sequence sequence)) {
      return List.of(this);
    }
    List<PreTokenizer> flat = new ArrayList<>();
    for (PreTokenizer part : sequence.parts()) {
      flat.addAll(part.flattened());
    }
    return flat;
  }
}
