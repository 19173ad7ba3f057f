package dev.remora.core.regex;

import dev.remora.core.regex.RegexReading.NotRead;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of an expression, and the place up to which it has been read. Not thread-safe. */
final class RegexSource {
  private final String expression;
  private int at;

  RegexSource(String expression) {
    this.expression = expression;
  }

  /** The end of reading; it never leaves this package. */
  static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient NotRead reading;

    private Failure(NotRead reading) {
      super(reading.toString(), null, false, false);
      this.reading = reading;
    }

    NotRead reading() {
      return reading;
    }
  }

  NotRead notRead(String problem) {
    return new NotRead(problem, at);
  }

  Failure failure(String problem) {
    return new Failure(notRead(problem));
  }

  int at() {
    return at;
  }

  void returnTo(int place) {
    at = place;
  }

  boolean atEnd() {
    return at == expression.length();
  }

  /** The UTF-16 unit here. */
  char peek() {
    if (atEnd()) {
      throw failure("an expression that ends too early");
    }
    return expression.charAt(at);
  }

  void skip(int units) {
    at += units;
  }

  boolean take(char unit) {
    if (atEnd() || expression.charAt(at) != unit) {
      return false;
    }
    at++;
    return true;
  }

  boolean take(String units) {
    if (!expression.startsWith(units, at)) {
      return false;
    }
    at += units.length();
    return true;
  }

  /** Takes what the pattern matches from here on; empty if it does not. */
  Optional<MatchResult> take(Pattern pattern) {
    Matcher matcher = pattern.matcher(expression).region(at, expression.length());
    if (!matcher.lookingAt()) {
      return Optional.empty();
    }
    at = matcher.end();
    return Optional.of(matcher.toMatchResult());
  }

  /** Takes the code point here. */
  int codePoint() {
    peek();
    int codePoint = expression.codePointAt(at);
    if (codePoint <= Character.MAX_VALUE && Character.isSurrogate((char) codePoint)) {
      throw failure("an unpaired surrogate");
    }
    at += Character.charCount(codePoint);
    return codePoint;
  }

  /** Takes what is before {@code end}, and the end. */
  String until(char end) {
    int to = expression.indexOf(end, at);
    if (to < 0) {
      throw failure("no " + end + " to what begins");
    }
    String taken = expression.substring(at, to);
    at = to + 1;
    return taken;
  }
}
