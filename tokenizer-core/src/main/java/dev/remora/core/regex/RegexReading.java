package dev.remora.core.regex;

/** What {@link RegexParser} makes of a regular expression. */
public sealed interface RegexReading {
  /** The expression, read. */
  record Read(RegexNode root) implements RegexReading {}

  /**
   * The expression is malformed, or has something that is not read.
   *
   * @param problem what, as a user should read it
   * @param at where in the expression, in UTF-16 units
   */
  record NotRead(String problem, int at) implements RegexReading {
    /** The problem and the place. */
    @Override
    public String toString() {
      return problem + " at " + at;
    }
  }
}
