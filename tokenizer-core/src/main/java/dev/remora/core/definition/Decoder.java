package dev.remora.core.definition;

import java.util.ArrayList;
import java.util.List;

/** What makes text of tokens; the names are those of tokenizer.json. */
public sealed interface Decoder {
  /** The bytes of all tokens together, read as UTF-8. */
  record ByteLevel(ByteLevelSettings settings) implements Decoder {}

  /** Tokens such as {@code <0x0A>} become bytes. */
  record ByteFallback() implements Decoder {}

  /** All tokens become one. */
  record Fuse() implements Decoder {}

  /** The replacement becomes a space. */
  record MetaspaceDecoder(Metaspace settings) implements Decoder {}

  /**
   * Joins word pieces.
   *
   * @param prefix what a piece inside a word begins with
   * @param cleanup whether English spacing is cleaned up
   */
  record WordPiece(String prefix, boolean cleanup) implements Decoder {}

  /** Joins tokens whose words end with a suffix. */
  record Bpe(String suffix) implements Decoder {}

  /** Replaces each match in each token. */
  record Replace(StringPattern pattern, String content) implements Decoder {}

  /**
   * Cuts a character off each token.
   *
   * @param content the character, a string of one code point
   * @param start how many at most at the start
   * @param stop how many at most at the end
   */
  record Strip(String content, int start, int stop) implements Decoder {}

  /**
   * Decodes what speech models give.
   *
   * @param padToken the token between repeated tokens
   * @param wordDelimiterToken the token that becomes a space
   * @param cleanup whether English spacing is cleaned up
   */
  record Ctc(String padToken, String wordDelimiterToken, boolean cleanup) implements Decoder {}

  /** One after the other. */
  record Sequence(List<Decoder> parts) implements Decoder {
    /** Keeps a copy of the list. */
    public Sequence {
      parts = List.copyOf(parts);
    }
  }

  /** This decoder, or what it is a sequence of, at any depth. */
  default List<Decoder> flattened() {
    if (!(this instanceof Sequence sequence)) {
      return List.of(this);
    }
    List<Decoder> flat = new ArrayList<>();
    for (Decoder part : sequence.parts()) {
      flat.addAll(part.flattened());
    }
    return flat;
  }
}
