package dev.remora.jinja.text;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON as Python's {@code json.loads}: NaN and infinities are numbers, the last of equal
 * members counts, an unpaired surrogate is a character; nothing else is lenient. Of one call.
 */
public final class PythonJsonReader {
  private final String json;
  private final int maxDepth;
  private int at;
  private int depth;

  /**
   * @param json the text
   * @param maxDepth the levels that it may nest
   */
  public PythonJsonReader(String json, int maxDepth) {
    this.json = json;
    this.maxDepth = maxDepth;
  }

  /** A text that is no JSON, or passes a limit; what follows was not looked at then. */
  public static final class Broken extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    Broken(String problem, Reason reason) {
      super(problem);
      this.reason = reason;
    }

    /** Why it is not read. */
    public Reason reason() {
      return reason;
    }
  }

  /** Why a text is not read. */
  public enum Reason {
    /** It is no JSON. */
    SYNTAX,
    /** It nests too deeply. */
    DEPTH,
    /** It has an integer of more than {@link PythonNumbers#MAX_DIGITS} digits. */
    DIGITS
  }

  /** The value: maps that keep their order, lists, strings, numbers, booleans and nulls. */
  public @Nullable Object read() throws Broken {
    skipSpace();
    Object value = value();
    skipSpace();
    if (at < json.length()) {
      throw broken("something follows the end");
    }
    return value;
  }

  private @Nullable Object value() throws Broken {
    return switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      default -> word();
    };
  }

  private @Nullable Object word() throws Broken {
    if (takeWord("null")) {
      return null;
    }
    if (takeWord("true")) {
      return true;
    }
    if (takeWord("false")) {
      return false;
    }
    if (takeWord("NaN")) {
      return Double.NaN;
    }
    if (takeWord("Infinity")) {
      return Double.POSITIVE_INFINITY;
    }
    return takeWord("-Infinity") ? (Object) Double.NEGATIVE_INFINITY : number();
  }

  private Map<String, @Nullable Object> object() throws Broken {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    open();
    if (!take('}')) {
      do {
        skipSpace();
        String name = string();
        skipSpace();
        expect(':');
        skipSpace();
        members.put(name, value());
        skipSpace();
      } while (take(','));
      expect('}');
    }
    depth--;
    return members;
  }

  private List<@Nullable Object> array() throws Broken {
    List<@Nullable Object> items = new ArrayList<>();
    open();
    if (!take(']')) {
      do {
        skipSpace();
        items.add(value());
        skipSpace();
      } while (take(','));
      expect(']');
    }
    depth--;
    return items;
  }

  private void open() throws Broken {
    at++;
    if (++depth > maxDepth) {
      throw new Broken("more than " + maxDepth + " levels", Reason.DEPTH);
    }
    skipSpace();
  }

  private Number number() throws Broken {
    int start = at;
    take('-');
    if (!take('0')) {
      digits();
    }
    boolean integer = true;
    int end = at;
    if (take('.') && isDigit()) {
      digits();
      integer = false;
      end = at;
    }
    at = end; // a point without a digit does not belong to the number
    if (take('e') || take('E')) {
      if (!take('+')) {
        take('-');
      }
      if (isDigit()) {
        digits();
        integer = false;
        end = at;
      }
    }
    at = end;
    String text = json.substring(start, end);
    if (!integer) {
      return Double.valueOf(text);
    }
    if (text.length() - (text.startsWith("-") ? 1 : 0) > PythonNumbers.MAX_DIGITS) {
      throw new Broken(
          "an integer of more than " + PythonNumbers.MAX_DIGITS + " digits", Reason.DIGITS);
    }
    if (text.length() < 19) {
      return Long.valueOf(text);
    }
    BigInteger large = new BigInteger(text);
    return large.bitLength() < Long.SIZE ? (Number) large.longValue() : large;
  }

  private void digits() throws Broken {
    if (!isDigit()) {
      throw broken("a value is expected");
    }
    while (isDigit()) {
      at++;
    }
  }

  private boolean isDigit() {
    return peek() >= '0' && peek() <= '9';
  }

  private String string() throws Broken {
    if (!take('"')) {
      throw broken("a string is expected");
    }
    StringBuilder text = new StringBuilder();
    while (!take('"')) {
      int c = peek();
      if (c < ' ') {
        throw broken(c < 0 ? "a string does not end" : "a control character in a string");
      }
      at++;
      text.append(c == '\\' ? escaped() : (char) c);
    }
    return text.toString();
  }

  private char escaped() throws Broken {
    int c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> (char) c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> hexadecimal();
      default -> throw broken("an unknown escape");
    };
  }

  private char hexadecimal() throws Broken {
    int value = 0;
    for (int end = at + 4; at < end; at++) {
      int digit = peek() < 0x80 ? Character.digit(peek(), 16) : -1;
      if (digit < 0) {
        throw broken("four hexadecimal digits are expected");
      }
      value = value << 4 | digit;
    }
    return (char) value;
  }

  private void skipSpace() {
    while (" \t\n\r".indexOf(peek()) >= 0) {
      at++;
    }
  }

  /** The next character; -1 at the end. */
  private int peek() {
    return at < json.length() ? json.charAt(at) : -1;
  }

  private boolean take(char wanted) {
    if (peek() != wanted) {
      return false;
    }
    at++;
    return true;
  }

  private boolean takeWord(String word) {
    if (!json.startsWith(word, at)) {
      return false;
    }
    at += word.length();
    return true;
  }

  private void expect(char wanted) throws Broken {
    if (!take(wanted)) {
      throw broken("'" + wanted + "' is missing");
    }
  }

  private Broken broken(String problem) {
    return new Broken("no JSON: " + problem + " at character " + at, Reason.SYNTAX);
  }
}
