package dev.remora.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** UTF-8 that is known to be well-formed. */
final class Utf8 {
  /** How many bytes must be readable behind the end of a text, so that longs can be read. */
  static final int PADDING = 16;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private Utf8() {}

  /** Eight bytes as one number, the first byte lowest. */
  static long longAt(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }

  /** Copies so many bytes as must be readable behind a text. */
  static void copyPadding(byte[] source, int from, byte[] target, int at) {
    LONG.set(target, at, longAt(source, from));
    LONG.set(target, at + 8, longAt(source, from + 8));
  }

  /** The code point that begins here. */
  static int codePointAt(byte[] bytes, int at) {
    int lead = bytes[at];
    if (lead >= 0) {
      return lead;
    }
    int second = bytes[at + 1] & 0x3F;
    if (lead < (byte) 0xE0) {
      return (lead & 0x1F) << 6 | second;
    }
    int third = bytes[at + 2] & 0x3F;
    if (lead < (byte) 0xF0) {
      return (lead & 0x0F) << 12 | second << 6 | third;
    }
    return (lead & 0x07) << 18 | second << 12 | third << 6 | (bytes[at + 3] & 0x3F);
  }

  /** How many bytes the character that begins with this byte has. */
  static int lengthOf(byte lead) {
    if (lead >= 0) {
      return 1;
    }
    return lead < (byte) 0xE0 ? 2 : lead < (byte) 0xF0 ? 3 : 4;
  }

  /** Whether a byte is one of a character but not its first. */
  static boolean isContinuation(byte sign) {
    return (sign & 0xC0) == 0x80;
  }

  /** Where the character that ends before {@code end} begins. */
  static int before(byte[] bytes, int end) {
    int at = end - 1;
    while (isContinuation(bytes[at])) {
      at--;
    }
    return at;
  }

  /** Writes a code point and gives the end of it. */
  static int put(int codePoint, byte[] bytes, int at) {
    if (codePoint < 0x80) {
      bytes[at] = (byte) codePoint;
      return at + 1;
    }
    if (codePoint < 0x800) {
      bytes[at] = (byte) (0xC0 | codePoint >> 6);
      bytes[at + 1] = (byte) (0x80 | (codePoint & 0x3F));
      return at + 2;
    }
    if (codePoint < 0x10000) {
      bytes[at] = (byte) (0xE0 | codePoint >> 12);
      bytes[at + 1] = (byte) (0x80 | (codePoint >> 6 & 0x3F));
      bytes[at + 2] = (byte) (0x80 | (codePoint & 0x3F));
      return at + 3;
    }
    bytes[at] = (byte) (0xF0 | codePoint >> 18);
    bytes[at + 1] = (byte) (0x80 | (codePoint >> 12 & 0x3F));
    bytes[at + 2] = (byte) (0x80 | (codePoint >> 6 & 0x3F));
    bytes[at + 3] = (byte) (0x80 | (codePoint & 0x3F));
    return at + 4;
  }

  /** The same for one below U+0800, without a branch; may write one byte more. */
  static int putNarrow(int codePoint, byte[] bytes, int at) {
    int isTwo = (0x7F - codePoint) >>> 31;
    int two = (0x80 | (codePoint & 0x3F)) << 8 | 0xC0 | codePoint >> 6;
    SHORT.set(bytes, at, (short) (codePoint ^ ((codePoint ^ two) & -isTwo)));
    return at + 1 + isTwo;
  }

  /** Whether a range is well-formed. */
  static boolean isWellFormed(byte[] bytes, int from, int to) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
