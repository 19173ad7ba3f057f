package dev.remora.core.decode;

import dev.remora.LimitException;
import dev.remora.core.text.LossyUtf8;
import dev.remora.core.text.Utf8;
import java.util.Arrays;

/** Text that is being made, as bytes. Not thread-safe. */
final class ByteText {
  /** As many as a String can always be made of: it may need two bytes for each. */
  static final int MAX_LENGTH = (1 << 30) - 1;

  private static final int LONG = 64; // from here on a String costs less than single characters
  private static final int LARGE = 1 << 16; // is not kept for what comes next

  private byte[] bytes;
  private int length;

  ByteText(int capacity) {
    this.bytes = new byte[capacity];
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  boolean isEmpty() {
    return length == 0;
  }

  void clear() {
    length = 0;
    if (bytes.length > LARGE) {
      bytes = new byte[Utf8.PADDING];
    }
  }

  /** Takes another text in place of its own. */
  void set(byte[] source, int from, int to) {
    length = 0;
    append(source, from, to);
  }

  /** Adds a range of an array. */
  void append(byte[] source, int from, int to) {
    reserve(to - from);
    System.arraycopy(source, from, bytes, length, to - from);
    length += to - from;
  }

  /** Adds a range of an array in which {@link Utf8#PADDING} bytes after it can be read. */
  void appendPadded(byte[] source, int from, int to) {
    int count = to - from;
    if (count <= Utf8.PADDING && bytes.length - length >= Utf8.PADDING) {
      Utf8.copyPadding(source, from, bytes, length); // what is too much is written over
      length += count;
    } else {
      append(source, from, to);
    }
  }

  void append(byte value) {
    reserve(1);
    bytes[length++] = value;
  }

  /** Sets the end to where bytes were written that had been reserved. */
  void setLength(int end) {
    length = end;
  }

  /** Makes room for more bytes. */
  void reserve(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, capacity(bytes.length, (long) length + more));
    }
  }

  /** A capacity for {@code wanted} bytes above the present one. */
  static int capacity(int present, long wanted) {
    if (wanted > MAX_LENGTH) {
      throw new LimitException(null, "bytes of decoded text", MAX_LENGTH, wanted);
    }
    return Utf8.PADDING + (int) Math.min(MAX_LENGTH, Math.max(wanted, 2L * present));
  }

  /** Takes bytes away at the start. */
  void dropStart(int count) {
    if (count == length) {
      clear();
    } else if (count > 0) {
      System.arraycopy(bytes, count, bytes, 0, length - count);
      length -= count;
    }
  }

  /** Puts bytes before the text. */
  void prepend(byte[] more) {
    reserve(more.length);
    System.arraycopy(bytes, 0, bytes, more.length, length);
    System.arraycopy(more, 0, bytes, 0, more.length);
    length += more.length;
  }

  boolean startsWith(byte[] searched) {
    return isAt(bytes, 0, length, searched);
  }

  private static boolean isAt(byte[] text, int at, int end, byte[] searched) {
    return searched.length <= end - at
        && Arrays.equals(text, at, at + searched.length, searched, 0, searched.length);
  }

  /** Where something occurs first; -1 if nowhere. In a time that grows with the text alone. */
  private static int indexOf(byte[] text, int from, int end, byte[] searched, int[] borders) {
    int matched = 0;
    for (int at = from; at < end; at++) {
      while (matched > 0 && text[at] != searched[matched]) {
        matched = borders[matched - 1];
      }
      if (text[at] == searched[matched] && ++matched == searched.length) {
        return at + 1 - matched;
      }
    }
    return -1;
  }

  /** Of each beginning of a string: the length of its longest end that is a beginning too. */
  private static int[] borders(byte[] string) {
    int[] borders = new int[string.length];
    int matched = 0;
    for (int at = 1; at < string.length; at++) {
      while (matched > 0 && string[at] != string[matched]) {
        matched = borders[matched - 1];
      }
      matched += string[at] == string[matched] ? 1 : 0;
      borders[at] = matched;
    }
    return borders;
  }

  /** Replaces each occurrence of something that is not empty, from left to right. */
  void replace(byte[] searched, byte[] content) {
    if (searched.length > length) {
      return;
    }
    int[] borders = borders(searched);
    int found = indexOf(bytes, 0, length, searched, borders);
    if (found < 0) {
      return;
    }
    boolean inPlace = content.length <= searched.length;
    byte[] source = inPlace ? bytes : Arrays.copyOf(bytes, length);
    int end = length;
    int copied = 0;
    length = 0;
    while (found >= 0) {
      append(source, copied, found);
      append(content, 0, content.length);
      copied = found + searched.length;
      found = indexOf(source, copied, end, searched, borders);
    }
    append(source, copied, end);
  }

  /**
   * Takes something away at the start, at most so many times.
   *
   * @return how many times it may still be taken away from text that follows: 0 once there is other
   */
  int strip(byte[] stripped, int most) {
    int left = most;
    int from = 0;
    while (left > 0 && isAt(bytes, from, length, stripped)) {
      from += stripped.length;
      left--;
    }
    boolean goesOn = from == length;
    dropStart(from);
    return goesOn ? left : 0;
  }

  /** Takes the bytes up to {@code end} away, as text. */
  String take(int end) {
    if (end == 0) {
      return "";
    }
    boolean isOne = end <= 4 && Utf8.checkedLength(bytes, 0) == end; // of tokens that are bytes
    String text =
        isOne ? Character.toString(Utf8.codePointAt(bytes, 0)) : LossyUtf8.decode(bytes, 0, end);
    dropStart(end);
    return text;
  }

  /** The same, appended to a text; well-formed bytes without a String between them. */
  void take(int end, StringBuilder target) {
    int at = 0;
    if (end > LONG) {
      target.append(LossyUtf8.decode(bytes, 0, end));
      at = end;
    }
    while (at < end) {
      byte lead = bytes[at];
      if (lead >= 0) {
        target.append((char) lead);
        at++;
        continue;
      }
      int count = Utf8.checkedLength(bytes, at);
      if (count == 0 || at + count > end) {
        target.append(LossyUtf8.decode(bytes, at, end));
        break;
      }
      target.appendCodePoint(Utf8.codePointAt(bytes, at));
      at += count;
    }
    dropStart(end);
  }

  @Override
  public String toString() {
    return LossyUtf8.decode(bytes, 0, length);
  }
}
