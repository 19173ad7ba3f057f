package dev.remora.core.definition;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What changes a text before it is split; the names are those of tokenizer.json. */
public sealed interface Normalizer {
  /** Unicode's normalization form C. */
  record Nfc() implements Normalizer {}

  /** Unicode's normalization form D. */
  record Nfd() implements Normalizer {}

  /** Unicode's normalization form KC. */
  record Nfkc() implements Normalizer {}

  /** Unicode's normalization form KD. */
  record Nfkd() implements Normalizer {}

  /** Lower case. */
  record Lowercase() implements Normalizer {}

  /** Drops combining marks. */
  record StripAccents() implements Normalizer {}

  /** SentencePiece's nmt rules. */
  record Nmt() implements Normalizer {}

  /** Spells bytes in the byte-level alphabet. */
  record ByteLevel() implements Normalizer {}

  /**
   * Cuts white space off the ends.
   *
   * @param left whether it is cut off the start
   * @param right whether it is cut off the end
   */
  record Strip(boolean left, boolean right) implements Normalizer {}

  /** Puts a text before a text that is not empty. */
  record Prepend(String text) implements Normalizer {}

  /** Replaces each match. */
  record Replace(StringPattern pattern, String content) implements Normalizer {}

  /**
   * BERT's normalizer.
   *
   * @param cleanText whether control characters are dropped and white space becomes spaces
   * @param handleChineseChars whether spaces are put around CJK characters
   * @param stripAccents whether combining marks are dropped; null for the value of {@code
   *     lowercase}
   * @param lowercase whether text becomes lower case
   */
  record Bert(
      boolean cleanText,
      boolean handleChineseChars,
      @Nullable Boolean stripAccents,
      boolean lowercase)
      implements Normalizer {}

  /** SentencePiece's compiled character map, in base64. */
  record Precompiled(String charsmap) implements Normalizer {}

  /**
   * SentencePiece's own normalizer, which tokenizers does not have: the longest entry of the map is
   * replaced at each place, then every space by U+2581.
   *
   * @param charsmap the compiled character map, in base64; empty for none
   * @param addDummyPrefix whether one U+2581 is added to a text, as if a space were there
   * @param whitespaceAsSuffix whether it is added after the text, not before it
   * @param removeExtraWhitespaces whether spaces at the ends are dropped, and those that follow one
   */
  record SentencePiece(
      String charsmap,
      boolean addDummyPrefix,
      boolean whitespaceAsSuffix,
      boolean removeExtraWhitespaces)
      implements Normalizer {}

  /** One after the other. */
  record Sequence(List<Normalizer> parts) implements Normalizer {
    /** Keeps a copy of the list. */
    public Sequence {
      parts = List.copyOf(parts);
    }
  }

  /** This normalizer, or what it is a sequence of, at any depth. */
  default List<Normalizer> flattened() {
    if (!(this instanceof Sequence sequence)) {
      return List.of(this);
    }
    List<Normalizer> flat = new ArrayList<>();
    for (Normalizer part : sequence.parts()) {
      flat.addAll(part.flattened());
    }
    return flat;
  }
}
