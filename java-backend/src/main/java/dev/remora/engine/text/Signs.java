package dev.remora.engine.text;

import java.nio.charset.StandardCharsets;

/** The signs that pre-tokenizers treat alone. */
public final class Signs {
  /** A space. */
  public static final byte SPACE = ' ';

  /** What begins an English contraction. */
  public static final byte APOSTROPHE = '\'';

  /** What SentencePiece has in place of a space, in UTF-8. */
  private static final String MARKER = "\u2581";

  private Signs() {}

  /** Whether a byte ends a line, to a regex that says {@code [\r\n]}. */
  public static boolean isNewline(byte sign) {
    return sign == '\n' || sign == '\r';
  }

  /** What SentencePiece has in place of a space, U+2581, as a new array of UTF-8. */
  public static byte[] marker() {
    return MARKER.getBytes(StandardCharsets.UTF_8);
  }
}
