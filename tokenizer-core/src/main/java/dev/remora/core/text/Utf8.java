package dev.remora.core.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** UTF-8 as bytes; unless a method says otherwise, it is known to be well-formed. */
public final class Utf8 {
  /** How many bytes must be readable after the end of a text, so that longs can be read. */
  public static final int PADDING = 16;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private Utf8() {}

  /** Eight bytes as one number, the first byte lowest. */
  public static long longAt(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }

  /** Up to eight bytes as one number, at its upper end; reads none after the array. */
  public static long upToEight(byte[] bytes, int from, int length) {
    if (length > 0 && from + 8 <= bytes.length) {
      return longAt(bytes, from) << (64 - 8 * length);
    }
    long value = 0;
    for (int index = 0; index < length; index++) {
      value |= (bytes[from + index] & 0xFFL) << (64 - 8 * (length - index));
    }
    return value;
  }

  /** Copies so many bytes as must be readable after a text. */
  public static void copyPadding(byte[] source, int from, byte[] target, int at) {
    copyEight(source, from, target, at);
    copyEight(source, from + 8, target, at + 8);
  }

  /** Copies eight bytes: what is after a text can be read, and after the target's end written. */
  public static void copyEight(byte[] source, int from, byte[] target, int at) {
    LONG.set(target, at, longAt(source, from));
  }

  /** The code point that begins here. */
  public static int codePointAt(byte[] bytes, int at) {
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
  public static int lengthOf(byte lead) {
    if (lead >= 0) {
      return 1;
    }
    return lead < (byte) 0xE0 ? 2 : lead < (byte) 0xF0 ? 3 : 4;
  }

  /** Whether a byte is one of a character but not its first. */
  public static boolean isContinuation(byte sign) {
    return (sign & 0xC0) == 0x80;
  }

  /** How many characters a range has. */
  public static int count(byte[] bytes, int from, int to) {
    int count = 0;
    for (int at = from; at < to; at++) {
      count += isContinuation(bytes[at]) ? 0 : 1;
    }
    return count;
  }

  /** Where the character that ends before {@code end} begins. */
  public static int before(byte[] bytes, int end) {
    int at = end - 1;
    while (isContinuation(bytes[at])) {
      at--;
    }
    return at;
  }

  /** Writes a code point and gives the end of it. */
  public static int put(int codePoint, byte[] bytes, int at) {
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
  public static int putNarrow(int codePoint, byte[] bytes, int at) {
    int isTwo = (0x7F - codePoint) >>> 31;
    int two = (0x80 | (codePoint & 0x3F)) << 8 | 0xC0 | codePoint >> 6;
    SHORT.set(bytes, at, (short) (codePoint ^ ((codePoint ^ two) & -isTwo)));
    return at + 1 + isTwo;
  }

  /**
   * How many bytes the character at {@code at} has, in bytes that may be anything; 0 if it is a
   * control character below U+0020, or not well-formed.
   */
  public static int checkedLength(byte[] bytes, int at) {
    int first = bytes[at] & 0xFF;
    if (first < 0x80) {
      return first < 0x20 ? 0 : 1;
    }
    if (first >= 0xC2 && first < 0xE0) { // most of what is not ASCII in a vocabulary
      return at + 1 < bytes.length && isContinuation(bytes[at + 1]) ? 2 : 0;
    }
    int length = first < 0xC2 ? 0 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    if (length == 0 || at + length > bytes.length || !mayFollow(bytes[at], bytes[at + 1])) {
      return 0;
    }
    for (int index = 2; index < length; index++) {
      if (!isContinuation(bytes[at + index])) {
        return 0;
      }
    }
    return length;
  }

  /** Whether a byte can begin a character. */
  public static boolean isLead(byte sign) {
    return sign >= 0 || (sign >= (byte) 0xC2 && sign <= (byte) 0xF4);
  }

  /** Whether UTF-8 never has this byte, given as 0 to 255. */
  public static boolean neverOccurs(int value) {
    return value == 0xC0 || value == 0xC1 || value >= 0xF5;
  }

  /** Whether {@code second} may follow a lead byte that is not ASCII. */
  public static boolean mayFollow(byte lead, byte second) {
    int value = second & 0xFF;
    return switch (lead & 0xFF) {
      case 0xE0 -> value >= 0xA0 && value <= 0xBF;
      case 0xED -> value >= 0x80 && value <= 0x9F;
      case 0xF0 -> value >= 0x90 && value <= 0xBF;
      case 0xF4 -> value >= 0x80 && value <= 0x8F;
      default -> value >= 0x80 && value <= 0xBF;
    };
  }

  /** Whether a range of bytes that may be anything is well-formed. */
  public static boolean isWellFormed(byte[] bytes, int from, int to) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
