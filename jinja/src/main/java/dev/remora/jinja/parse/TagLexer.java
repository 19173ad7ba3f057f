package dev.remora.jinja.parse;

import dev.remora.jinja.parse.SourceToken.Kind;
import dev.remora.jinja.text.PythonCharacters;
import dev.remora.jinja.text.PythonNumbers;
import dev.remora.jinja.value.FloatValue;
import dev.remora.jinja.value.IntegerValue;
import dev.remora.jinja.value.StringValue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tokens between the braces of one tag. */
final class TagLexer {
  private static final Pattern FLOAT =
      Pattern.compile("\\d[\\d_]*(?:(?:\\.\\d[\\d_]*)?[eE][+-]?\\d[\\d_]*|\\.\\d[\\d_]*)");
  private static final Pattern INTEGER =
      Pattern.compile(
          "0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0[xX](?:_?[0-9a-fA-F])+|[1-9](?:_?\\d)*|0(?:_?0)*");
  private static final List<String> OPERATORS =
      List.of(
          "//", "**", "==", "!=", ">=", "<=", "+", "-", "/", "*", "%", "~", "[", "]", "(", ")", "{",
          "}", ">", "<", "=", ".", ":", "|", ",", ";");

  private final String source;
  private final String close;
  private final Deque<Character> brackets = new ArrayDeque<>();
  private int at;
  private int line;
  private char closingSign;

  TagLexer(String source, int from, String close, int line) {
    this.source = source;
    this.at = from;
    this.close = close;
    this.line = line;
  }

  /** Where the closing braces stand. */
  int end() {
    return at;
  }

  /** The {@code -} or {@code +} before the closing braces; 0 for none. */
  char closingSign() {
    return closingSign;
  }

  /** Adds the tokens up to the closing braces, and stops before these. */
  void read(List<SourceToken> tokens) {
    while (skipSpace() && !atClose()) {
      tokens.add(next());
    }
    if (at >= source.length()) {
      tokens.add(SourceToken.of(Kind.END, "", line)); // the parser tells what is missing
      at = source.length() - close.length();
    }
  }

  private boolean skipSpace() {
    for (; at < source.length() && PythonCharacters.isSpace(source.charAt(at)); at++) {
      line += source.charAt(at) == '\n' ? 1 : 0;
    }
    return at < source.length();
  }

  private boolean atClose() {
    if (!brackets.isEmpty()) {
      return false;
    }
    char sign = source.charAt(at);
    boolean signed = sign == '-' || (sign == '+' && close.equals("%}"));
    if (signed && source.startsWith(close, at + 1)) {
      closingSign = sign;
      at++;
      return true;
    }
    return source.startsWith(close, at);
  }

  private SourceToken next() {
    char c = source.charAt(at);
    if (c >= '0' && c <= '9') {
      return number();
    }
    if (c == '\'' || c == '"') {
      return string(c);
    }
    if (Character.isUnicodeIdentifierStart(source.codePointAt(at)) || c == '_') {
      return name();
    }
    return operator();
  }

  private SourceToken number() {
    Matcher decimal = FLOAT.matcher(source).region(at, source.length());
    if (source.charAt(at - 1) != '.' && decimal.lookingAt()) {
      at = decimal.end();
      String text = decimal.group();
      return new SourceToken(
          Kind.FLOAT, text, FloatValue.of(Double.parseDouble(text.replace("_", ""))), line);
    }
    Matcher integer = INTEGER.matcher(source).region(at, source.length());
    if (!integer.lookingAt()) {
      throw new SyntaxFailure("unexpected char '" + source.charAt(at) + "' at " + at, line);
    }
    at = integer.end();
    String text = integer.group();
    if (text.length() > PythonNumbers.MAX_DIGITS) {
      throw new SyntaxFailure("an integer of more than 4300 digits", line);
    }
    return new SourceToken(
        Kind.INTEGER, text, IntegerValue.of(PythonNumbers.literal(text.replace("_", ""))), line);
  }

  private SourceToken name() {
    int from = at;
    while (at < source.length() && isNamePart(source.codePointAt(at))) {
      at += Character.charCount(source.codePointAt(at));
    }
    String text = source.substring(from, at);
    return SourceToken.of(Kind.NAME, text, line);
  }

  private static boolean isNamePart(int c) {
    return Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c);
  }

  private SourceToken string(char quote) {
    int from = at + 1;
    int end = from;
    while (end < source.length() && source.charAt(end) != quote) {
      end += source.charAt(end) == '\\' ? 2 : 1;
    }
    if (end >= source.length()) {
      throw new SyntaxFailure("unexpected char \"" + quote + "\" at " + at, line);
    }
    String text = source.substring(from, end);
    StringValue value = StringValue.of(Escapes.resolve(text, line));
    SourceToken token = new SourceToken(Kind.STRING, text, value, line);
    line += (int) text.chars().filter(c -> c == '\n').count();
    at = end + 1;
    return token;
  }

  private SourceToken operator() {
    for (String operator : OPERATORS) {
      if (source.startsWith(operator, at)) {
        balance(operator.charAt(0));
        at += operator.length();
        return SourceToken.of(Kind.OPERATOR, operator, line);
      }
    }
    String character = Character.toString(source.codePointAt(at));
    throw new SyntaxFailure("unexpected char '" + character + "' at " + at, line);
  }

  private void balance(char c) {
    switch (c) {
      case '(' -> brackets.push(')');
      case '[' -> brackets.push(']');
      case '{' -> brackets.push('}');
      case ')', ']', '}' -> {
        if (brackets.isEmpty()) {
          throw new SyntaxFailure("unexpected '" + c + "'", line);
        }
        char expected = brackets.pop();
        if (expected != c) {
          throw new SyntaxFailure("unexpected '" + c + "', expected '" + expected + "'", line);
        }
      }
      default -> {}
    }
  }
}
