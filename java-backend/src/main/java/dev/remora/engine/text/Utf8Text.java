package dev.remora.engine.text;

import dev.remora.core.text.ByteAlphabet;
import dev.remora.core.text.Utf8;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A text in UTF-8, in a buffer that is used again and again; where offsets are asked for, also
 * which code points of the user's text each byte comes from.
 *
 * <p>Of one thread at a time.
 */
public final class Utf8Text {
  private static final int CHUNK = 1 << 12;
  private static final int MAX_KEPT = 1 << 18; // a larger buffer is not kept for the next text
  private static final char REPLACEMENT = '\uFFFD';

  /** The UTF-8; readable after the end of the text. */
  public byte[] bytes = new byte[CHUNK];

  /** How many bytes the text has. */
  public int length;

  /** Of each byte: the first code point it comes from; null where offsets are not asked for. */
  public int @Nullable [] starts;

  /** Of each byte: one more than the last code point it comes from. */
  public int @Nullable [] ends;

  private char[] chunk = {};

  /** Empties the text; {@code tracked} says whether it is to know where its bytes come from. */
  public void clear(boolean tracked) {
    length = 0;
    if (bytes.length > MAX_KEPT) {
      bytes = new byte[CHUNK];
    }
    starts = tracked ? places(starts) : null;
    ends = tracked ? places(ends) : null;
  }

  /** Room for each byte; that of the text before is used again, as there may be many short ones. */
  private int[] places(int @Nullable [] before) {
    return before != null && before.length == bytes.length ? before : new int[bytes.length];
  }

  /** Makes room for more bytes, and for what may be read after them. */
  public void reserve(int more) {
    long needed = (long) length + more + Utf8.PADDING;
    if (needed > bytes.length) {
      int capacity = (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, bytes.length * 3L / 2));
      if (needed > capacity) {
        throw new OutOfMemoryError("a text of more than two gigabytes of UTF-8");
      }
      bytes = Arrays.copyOf(bytes, capacity);
      starts = starts == null ? null : Arrays.copyOf(starts, capacity);
      ends = ends == null ? null : Arrays.copyOf(ends, capacity);
    }
  }

  /** Takes the user's text; an unpaired surrogate becomes U+FFFD. */
  public void set(String text, boolean tracked) {
    clear(tracked);
    reserve(text.length());
    chunk = chunk.length == 0 ? new char[CHUNK] : chunk;
    int from = 0;
    int codePoints = 0;
    while (from < text.length()) {
      int to = Math.min(text.length(), from + CHUNK);
      if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
        to = to - from > 1 ? to - 1 : to;
      }
      text.getChars(from, to, chunk, 0);
      codePoints = append(to - from, tracked, codePoints);
      from = to;
    }
  }

  /** Takes the characters of the chunk; gives the code points so far. */
  private int append(int count, boolean tracked, int codePointsBefore) {
    reserve(3 * count);
    int codePoints = codePointsBefore;
    int index = tracked ? 0 : appendAscii(count);
    while (index < count) {
      index = tracked ? index : appendNarrow(index, count);
      if (index < count) {
        int codePoint = codePointAt(index, count);
        int end = Utf8.put(codePoint, bytes, length);
        track(length, end, codePoints, ++codePoints);
        length = end;
        index += Character.charCount(codePoint);
      }
    }
    return codePoints;
  }

  private int codePointAt(int index, int count) {
    char unit = chunk[index];
    if (!Character.isSurrogate(unit)) {
      return unit;
    }
    return index + 1 < count && Character.isSurrogatePair(unit, chunk[index + 1])
        ? Character.toCodePoint(unit, chunk[index + 1])
        : REPLACEMENT;
  }

  /** Copies the characters up to the first that is not ASCII; gives how many. */
  private int appendAscii(int count) {
    byte[] target = bytes;
    int at = length;
    int index = 0;
    for (; index < count; index++) {
      char unit = chunk[index];
      if (unit >= 0x80) {
        break;
      }
      target[at + index] = (byte) unit;
    }
    length = at + index;
    return index;
  }

  /**
   * Copies the characters up to the first of three bytes; gives where that is. Whether one is ASCII
   * is not branched upon: letters and the spaces between them would be guessed wrong too often.
   */
  private int appendNarrow(int from, int count) {
    byte[] target = bytes;
    char[] source = chunk;
    int at = length;
    int index = from;
    for (; index < count && source[index] < 0x800; index++) {
      at = Utf8.putNarrow(source[index], target, at);
    }
    length = at;
    return index;
  }

  private void track(int from, int to, int start, int end) {
    int[] firsts = starts;
    int[] lasts = ends;
    if (firsts != null && lasts != null) {
      Arrays.fill(firsts, from, to, start);
      Arrays.fill(lasts, from, to, end);
    }
  }

  /** Appends a range of another text, which knows as much of its bytes as this one. */
  public void append(Utf8Text other, int from, int to) {
    reserve(to - from);
    System.arraycopy(other.bytes, from, bytes, length, to - from);
    if (starts != null && ends != null && other.starts != null && other.ends != null) {
      System.arraycopy(other.starts, from, starts, length, to - from);
      System.arraycopy(other.ends, from, ends, length, to - from);
    }
    length += to - from;
  }

  /** Appends bytes to a text that does not know where its bytes come from. */
  public void append(byte[] added) {
    append(added, 0, added.length);
  }

  /** Appends some of an array's bytes to such a text. */
  public void append(byte[] added, int from, int count) {
    reserve(count);
    System.arraycopy(added, from, bytes, length, count);
    length += count;
  }

  /** Appends bytes that come from where one byte of another text comes from. */
  public void append(byte[] added, Utf8Text other, int like) {
    reserve(added.length);
    System.arraycopy(added, 0, bytes, length, added.length);
    trackLike(length, length + added.length, other, like);
    length += added.length;
  }

  /**
   * Appends the ASCII that a range of another text begins with, each character as a table maps it;
   * what it maps to a negative number is left out. The other text knows as much of its bytes as
   * this one.
   *
   * @return where the ASCII ends
   */
  public int appendAscii(Utf8Text other, int from, int limit, byte[] table) {
    byte[] source = other.bytes;
    int to = from;
    while (to < limit && source[to] >= 0) {
      to++;
    }
    reserve(to - from);
    byte[] target = bytes;
    int end = length;
    if (starts != null && ends != null && other.starts != null && other.ends != null) {
      for (int at = from; at < to; at++) {
        starts[end] = other.starts[at];
        ends[end] = other.ends[at];
        target[end] = table[source[at]];
        end += target[end] < 0 ? 0 : 1;
      }
    } else {
      for (int at = from; at < to; at++) {
        byte mapped = table[source[at]];
        target[end] = mapped;
        end += 1 + (mapped >> 7);
      }
    }
    length = end;
    return to;
  }

  /** Appends a code point that comes from where one byte of another text comes from. */
  public void append(int codePoint, Utf8Text other, int like) {
    reserve(4);
    int end = Utf8.put(codePoint, bytes, length);
    trackLike(length, end, other, like);
    length = end;
  }

  /** Appends a range of another text, each byte as a letter of the byte-level alphabet. */
  public void appendSpelled(Utf8Text other, int from, int to) {
    for (int at = from; at < to; at++) {
      append(ByteAlphabet.charOf(other.bytes[at] & 0xFF), other, at);
    }
  }

  private void trackLike(int from, int to, Utf8Text other, int like) {
    if (other.starts != null && other.ends != null) {
      if (like < 0) {
        track(from, to, 0, 0);
      } else {
        track(from, to, other.starts[like], other.ends[like]);
      }
    }
  }
}
