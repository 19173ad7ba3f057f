package dev.remora.jinja.parse;

import dev.remora.jinja.parse.SourceToken.Kind;
import java.util.List;

/** The tokens of a template, read one after the other. */
final class SourceTokens {
  private final List<SourceToken> tokens;
  private int at;

  SourceTokens(List<SourceToken> tokens) {
    this.tokens = tokens;
  }

  /** The token to be read next. */
  SourceToken current() {
    return tokens.get(at);
  }

  /** The token after it. */
  SourceToken ahead() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  /** Reads a token; the last one stays. */
  SourceToken next() {
    SourceToken token = tokens.get(at);
    if (!token.is(Kind.END)) {
      at++;
    }
    return token;
  }

  boolean skipName(String name) {
    boolean found = current().isName(name);
    if (found) {
      next();
    }
    return found;
  }

  boolean skipOperator(String operator) {
    boolean found = current().isOperator(operator);
    if (found) {
      next();
    }
    return found;
  }

  SourceToken expect(Kind kind) {
    if (!current().is(kind)) {
      throw unexpected(kind.description());
    }
    return next();
  }

  void expectOperator(String operator) {
    if (!skipOperator(operator)) {
      throw unexpected(operator);
    }
  }

  void expectName(String name) {
    if (!skipName(name)) {
      throw unexpected(name);
    }
  }

  private SyntaxFailure unexpected(String expected) {
    return current().is(Kind.END)
        ? failure("unexpected end of template, expected '" + expected + "'.")
        : failure("expected token '" + expected + "', got '" + current().description() + "'");
  }

  /** A problem at the current token. */
  SyntaxFailure failure(String problem) {
    return new SyntaxFailure(problem, current().line());
  }
}
