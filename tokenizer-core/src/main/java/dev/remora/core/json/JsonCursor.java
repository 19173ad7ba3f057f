package dev.remora.core.json;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.core.text.Utf8;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Walks over JSON as bytes, value by value, and checks every byte it passes: the grammar of RFC
 * 8259, UTF-8, no unpaired surrogate, at most {@value #MAX_DEPTH} levels. It never recurses.
 */
public final class JsonCursor {
  /** Real files have less than ten levels. */
  public static final int MAX_DEPTH = 32;

  private static final byte PLAIN = 0;
  private static final byte[] KINDS = kinds(); // of each byte: whether a string goes on after it

  private final String file;
  private final byte[] json;
  private int at;

  /** The last string read, without quotes and escapes: {@code text[from..to)}. */
  private byte[] text;

  private int from;
  private int to;
  private int spaces; // in it
  private int lastSpace;
  private byte[] unescaped = new byte[64];

  public JsonCursor(String file, byte[] json, int start) {
    this.file = file;
    this.json = json;
    this.text = json;
    this.at = start;
    skipSpace();
  }

  /** A table, since most time of a load goes by before the loop that asks is compiled well. */
  private static byte[] kinds() {
    byte[] kinds = new byte[256];
    Arrays.fill(kinds, (byte) 1);
    Arrays.fill(kinds, ' ' + 1, 0x80, PLAIN);
    kinds['"'] = 1;
    kinds['\\'] = 1;
    return kinds;
  }

  public int position() {
    return at;
  }

  public byte[] text() {
    return text;
  }

  public int textFrom() {
    return from;
  }

  public int textTo() {
    return to;
  }

  /** How many spaces the string has. */
  public int textSpaces() {
    return spaces;
  }

  /** Where the last of them stands. */
  public int textLastSpace() {
    return lastSpace;
  }

  /** The next byte that matters; -1 at the end. */
  public int peek() {
    return at < json.length ? json[at] : -1;
  }

  /** Takes the byte if it is the next one. */
  public boolean take(char wanted) {
    if (peek() != wanted) {
      return false;
    }
    at++;
    skipSpace();
    return true;
  }

  public void expect(char wanted) {
    if (!take(wanted)) {
      throw broken("'" + wanted + "' is missing");
    }
  }

  public void expectEnd() {
    if (at != json.length) {
      throw broken("something follows the end");
    }
  }

  public BundleException broken(String problem) {
    return new BundleException(
        Rule.C8,
        file,
        (at < json.length ? problem : "it is cut off: " + problem) + " at byte " + at);
  }

  private void skipSpace() {
    byte[] bytes = json;
    int next = at;
    while (next < bytes.length && isSpace(bytes[next])) {
      next++;
    }
    at = next;
  }

  private static boolean isSpace(byte b) {
    return b <= ' ' && (b == ' ' || b == '\n' || b == '\r' || b == '\t');
  }

  /** Reads a non-negative integer of at most 18 digits. */
  public long readInteger() {
    int start = at;
    long value = 0;
    while (at < json.length && json[at] >= '0' && json[at] <= '9' && at - start < 18) {
      value = 10 * value + json[at++] - '0';
    }
    if (at == start || (at < json.length && ".eE0123456789".indexOf(json[at]) >= 0)) {
      at = start;
      throw broken("an integer from 0 on is expected");
    }
    skipSpace();
    return value;
  }

  /** Passes over one value of any kind. */
  public void skipValue() {
    long objects = 0; // bit n: whether level n is an object
    int depth = 0;
    while (true) {
      boolean opened = false;
      if (peek() == '{' || peek() == '[') {
        boolean object = json[at] == '{';
        take((char) json[at]);
        if (++depth > MAX_DEPTH) {
          throw broken("more than " + MAX_DEPTH + " levels");
        }
        objects = object ? objects | 1L << depth : objects & ~(1L << depth);
        if (!take(object ? '}' : ']')) {
          if (object) {
            readKey();
          }
          opened = true;
        } else {
          depth--;
        }
      } else {
        skipScalar();
      }
      while (!opened && depth > 0) {
        boolean object = (objects >> depth & 1) != 0;
        if (take(',')) {
          if (object) {
            readKey();
          }
          opened = true;
        } else {
          expect(object ? '}' : ']');
          depth--;
        }
      }
      if (!opened) {
        return;
      }
    }
  }

  /** Reads a key and its colon. */
  public void readKey() {
    readString();
    expect(':');
  }

  private void skipScalar() {
    switch (peek()) {
      case '"' -> readString();
      case 't' -> readLiteral("true", true);
      case 'f' -> readLiteral("false", false);
      case 'n' -> readLiteral("null", null);
      default -> readNumber();
    }
  }

  /** Reads a literal and gives what it means. */
  public @Nullable Object readLiteral(String word, @Nullable Object meaning) {
    for (int i = 0; i < word.length(); i++) {
      if (at >= json.length || json[at] != word.charAt(i)) {
        throw broken("'" + word + "' is expected");
      }
      at++;
    }
    skipSpace();
    return meaning;
  }

  /** Reads a number and gives its text. */
  public String readNumber() {
    int start = at;
    if (peek() == '-') {
      at++;
    }
    if (peek() == '0') {
      at++;
    } else {
      skipDigits();
    }
    if (peek() == '.') {
      at++;
      skipDigits();
    }
    if (peek() == 'e' || peek() == 'E') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      skipDigits();
    }
    String number = new String(json, start, at - start, US_ASCII);
    checkRange(number);
    skipSpace();
    return number;
  }

  /** Refuses what tokenizers refuses too; in a decoder it would even end the process. */
  private void checkRange(String number) {
    boolean mayBeHuge =
        number.length() > 300 || number.indexOf('e') >= 0 || number.indexOf('E') >= 0;
    if (mayBeHuge && Double.isInfinite(Double.parseDouble(number))) {
      throw broken("a number is out of range");
    }
  }

  private void skipDigits() {
    int start = at;
    while (at < json.length && json[at] >= '0' && json[at] <= '9') {
      at++;
    }
    if (at == start) {
      throw broken("a value is expected");
    }
  }

  /** Reads a string; {@link #text()} holds it until the next one is read. */
  public void readString() {
    if (peek() != '"') {
      throw broken("a string is expected");
    }
    byte[] bytes = json;
    int start = at + 1;
    int next = start;
    spaces = 0;
    while (true) {
      while (next < bytes.length && KINDS[bytes[next] & 0xFF] == PLAIN) {
        next++;
      }
      byte special = next < bytes.length ? bytes[next] : 0;
      if (special == '"') {
        text = bytes;
        from = start;
        to = next;
        at = next + 1;
        skipSpace();
        return;
      }
      if (special == ' ') {
        spaces++;
        lastSpace = next++;
      } else if (special == '\\') {
        at = next;
        readEscaped(start);
        return;
      } else {
        at = next;
        next += checkedCharacter();
      }
    }
  }

  /** The rest of a string that has an escape, its begin being at {@code start}. */
  private void readEscaped(int start) {
    int length = at - start;
    reserve(length);
    System.arraycopy(json, start, unescaped, 0, length);
    while (peek() != '"') {
      reserve(length + 4);
      if (peek() == '\\') {
        length = Utf8.put(readEscape(), unescaped, length);
      } else {
        for (int i = checkedCharacter(); i > 0; i--) {
          unescaped[length++] = json[at++];
        }
      }
    }
    at++;
    text = unescaped;
    from = 0;
    to = length;
    countSpaces();
    skipSpace();
  }

  private void countSpaces() {
    spaces = 0;
    for (int index = from; index < to; index++) {
      if (text[index] == ' ') {
        spaces++;
        lastSpace = index;
      }
    }
  }

  private void reserve(int length) {
    if (length > unescaped.length) {
      unescaped = Arrays.copyOf(unescaped, 2 * length);
    }
  }

  private int checkedCharacter() {
    if (at >= json.length) {
      throw broken("a string does not end");
    }
    int length = Utf8.checkedLength(json, at);
    if (length == 0) {
      throw broken(json[at] >= 0 ? "a control character in a string" : "no UTF-8");
    }
    return length;
  }

  private int readEscape() {
    at++;
    int escape = peek();
    at++;
    return switch (escape) {
      case '"', '\\', '/' -> escape;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> readUnicodeEscape();
      default -> throw broken("an unknown escape");
    };
  }

  private int readUnicodeEscape() {
    int first = readHex();
    if (!Character.isSurrogate((char) first)) {
      return first;
    }
    if (Character.isHighSurrogate((char) first) && peek() == '\\') {
      at++;
      if (peek() == 'u') {
        at++;
        int second = readHex();
        if (Character.isLowSurrogate((char) second)) {
          return Character.toCodePoint((char) first, (char) second);
        }
      }
    }
    throw broken("an unpaired surrogate");
  }

  private int readHex() {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = peek() < 0 ? -1 : Character.digit(peek(), 16);
      if (digit < 0) {
        throw broken("four hex digits are expected");
      }
      value = value << 4 | digit;
      at++;
    }
    return value;
  }
}
