package dev.remora.routing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Bytes that are put together in order to be hashed: canonical CBOR (shortest heads, definite
 * lengths), and numbers of a fixed width. Of one thread at a time.
 */
final class ByteSink {
  private static final int UNSIGNED = 0; // CBOR's major types
  private static final int NEGATIVE = 1;
  private static final int BYTES = 2;
  private static final int TEXT = 3;
  private static final int ARRAY = 4;
  private static final byte NULL = (byte) 0xF6;

  private byte[] bytes = new byte[256];
  private int count;

  ByteSink clear() {
    count = 0;
    return this;
  }

  byte[] array() {
    return bytes;
  }

  int count() {
    return count;
  }

  private void reserve(int more) {
    if (more > bytes.length - count) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(count, more)));
    }
  }

  private ByteSink number(long value, int width) {
    reserve(width);
    for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
      bytes[count++] = (byte) (value >>> shift);
    }
    return this;
  }

  ByteSink bytes(byte[] more) {
    reserve(more.length);
    System.arraycopy(more, 0, bytes, count, more.length);
    count += more.length;
    return this;
  }

  ByteSink bigEndian(long value) {
    return number(value, Long.BYTES);
  }

  ByteSink littleEndian(long value) {
    return number(Long.reverseBytes(value), Long.BYTES);
  }

  ByteSink littleEndian(int value) {
    return number(Integer.reverseBytes(value), Integer.BYTES);
  }

  ByteSink littleEndian(int[] values, int from, int to) {
    for (int index = from; index < to; index++) {
      littleEndian(values[index]);
    }
    return this;
  }

  private ByteSink head(int major, long argument) {
    int type = major << 5;
    if (Long.compareUnsigned(argument, 24) < 0) {
      return number(type | argument, 1);
    }
    if (argument >>> 8 == 0) {
      return number(type | 24, 1).number(argument, 1);
    }
    if (argument >>> 16 == 0) {
      return number(type | 25, 1).number(argument, 2);
    }
    if (argument >>> 32 == 0) {
      return number(type | 26, 1).number(argument, 4);
    }
    return number(type | 27, 1).number(argument, 8);
  }

  ByteSink cborArray(int length) {
    return head(ARRAY, length);
  }

  ByteSink cborUnsigned(long value) {
    return head(UNSIGNED, value);
  }

  ByteSink cborInteger(int value) {
    return value < 0 ? head(NEGATIVE, -1L - value) : head(UNSIGNED, value);
  }

  ByteSink cborText(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return head(TEXT, utf8.length).bytes(utf8);
  }

  ByteSink cborBytes(byte[] value) {
    return head(BYTES, value.length).bytes(value);
  }

  ByteSink cborNull() {
    return number(NULL, 1);
  }

  ByteSink cborIds(int[] ids, int from, int to) {
    cborArray(to - from);
    for (int index = from; index < to; index++) {
      cborUnsigned(ids[index]);
    }
    return this;
  }

  /** The digest of all that is there. */
  byte[] digest(MessageDigest digest) {
    digest.update(bytes, 0, count);
    return digest.digest();
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
