package dev.remora.jinja;

import org.jspecify.annotations.Nullable;

/** A template does not parse, fails, raises an error of its own, or passes a limit. */
public final class JinjaException extends RuntimeException {
  private final Kind kind;
  private final int line;
  private final String problem;
  private final @Nullable LimitPassed limit;

  private JinjaException(Kind kind, int line, String problem, @Nullable LimitPassed limit) {
    super((line > 0 ? "line " + line + ": " : "") + problem);
    this.kind = kind;
    this.line = line;
    this.problem = problem;
    this.limit = limit;
  }

  /** What happened. */
  public enum Kind {
    /** The source does not parse. */
    SYNTAX,
    /** An expression has no value, as in Python. */
    EVALUATION,
    /** The template called {@code raise_exception}. */
    RAISED,
    /** A limit was passed. */
    LIMIT
  }

  /** What is limited. */
  public enum Limit {
    /** {@link JinjaOptions.Builder#maxSteps}. */
    STEPS,
    /** {@link JinjaOptions.Builder#maxCharacters}. */
    CHARACTERS,
    /** {@link JinjaOptions.Builder#maxDepth}. */
    DEPTH
  }

  /**
   * A limit that was passed.
   *
   * @param limit what is limited
   * @param unit what is counted, such as {@code template steps}
   * @param bound the largest value that is allowed
   * @param observed the value at which counting stopped
   */
  public record LimitPassed(Limit limit, String unit, long bound, long observed) {}

  static JinjaException of(Kind kind, int line, String problem) {
    return new JinjaException(kind, line, problem, null);
  }

  static JinjaException of(int line, LimitPassed limit) {
    String problem =
        "more than " + limit.bound() + " " + limit.unit() + " (seen: " + limit.observed() + ")";
    return new JinjaException(Kind.LIMIT, line, problem, limit);
  }

  /** What happened. */
  public Kind kind() {
    return kind;
  }

  /** The line of the template, from 1; 0 if it is not known. */
  public int line() {
    return line;
  }

  /** What is wrong; for {@link Kind#RAISED} exactly the template's own text. */
  public String problem() {
    return problem;
  }

  /** The limit that was passed; null unless the kind is {@link Kind#LIMIT}. */
  public @Nullable LimitPassed limit() {
    return limit;
  }
}
