package dev.remora.core.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes JSON as UTF-8, value by value, with commas where they belong. Not thread-safe. */
final class JsonOutput {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

  private byte[] bytes = new byte[1 << 12];
  private int length;
  private boolean needsComma;

  JsonOutput beginObject() {
    return open('{');
  }

  JsonOutput endObject() {
    return close('}');
  }

  JsonOutput beginArray() {
    return open('[');
  }

  JsonOutput endArray() {
    return close(']');
  }

  private JsonOutput open(char bracket) {
    separate();
    put(bracket);
    needsComma = false;
    return this;
  }

  private JsonOutput close(char bracket) {
    put(bracket);
    needsComma = true;
    return this;
  }

  /** The name of a member, whose value comes next. */
  JsonOutput name(String name) {
    string(name);
    put(':');
    needsComma = false;
    return this;
  }

  /** The name of a member as a range of UTF-8 bytes. */
  JsonOutput name(byte[] utf8, int from, int to) {
    string(utf8, from, to);
    put(':');
    needsComma = false;
    return this;
  }

  JsonOutput string(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    return string(utf8, 0, utf8.length);
  }

  /** A string given as a range of UTF-8 bytes. */
  JsonOutput string(byte[] utf8, int from, int to) {
    separate();
    reserve(6L * (to - from) + 2);
    bytes[length++] = '"';
    escape(utf8, from, to);
    bytes[length++] = '"';
    return this;
  }

  /** A string of two ranges of UTF-8 bytes that meet in the middle, with a space between. */
  JsonOutput line(byte[] utf8, int from, int middle, int to) {
    separate();
    reserve(6L * (to - from) + 3);
    bytes[length++] = '"';
    escape(utf8, from, middle);
    bytes[length++] = ' ';
    escape(utf8, middle, to);
    bytes[length++] = '"';
    return this;
  }

  /** Writes what a string holds; there is room for it. */
  private void escape(byte[] utf8, int from, int to) {
    int at = length;
    for (int index = from; index < to; index++) {
      byte sign = utf8[index];
      if (sign == '"' || sign == '\\') {
        bytes[at++] = '\\';
        bytes[at++] = sign;
      } else if (sign >= 0 && sign < ' ') {
        bytes[at++] = '\\';
        bytes[at++] = 'u';
        bytes[at++] = '0';
        bytes[at++] = '0';
        bytes[at++] = HEX[sign >> 4];
        bytes[at++] = HEX[sign & 0xF];
      } else {
        bytes[at++] = sign;
      }
    }
    length = at;
  }

  JsonOutput value(boolean value) {
    return plain(value ? "true" : "false");
  }

  JsonOutput value(long value) {
    return plain(Long.toString(value));
  }

  /** A finite number. */
  JsonOutput value(double value) {
    return plain(RustNumber.of(value));
  }

  JsonOutput nullValue() {
    return plain("null");
  }

  private JsonOutput plain(String ascii) {
    separate();
    reserve(ascii.length());
    for (int index = 0; index < ascii.length(); index++) {
      bytes[length++] = (byte) ascii.charAt(index);
    }
    return this;
  }

  private void separate() {
    if (needsComma) {
      put(',');
    }
    needsComma = true;
  }

  private void put(char ascii) {
    reserve(1);
    bytes[length++] = (byte) ascii;
  }

  private void reserve(long more) {
    if (length + more > bytes.length) {
      long wanted = Math.max(length + more, 2L * bytes.length);
      if (length + more > MAX_LENGTH) {
        throw new IllegalStateException("more than two gigabytes of JSON");
      }
      bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_LENGTH, wanted));
    }
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }
}
