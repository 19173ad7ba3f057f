package dev.remora;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A chat template does not parse, fails while rendering, or raises an error of its own. */
public final class TemplateException extends TokenizerException {
  private static final long serialVersionUID = 1L;

  private final String template;
  private final int line;
  private final String problem;
  private final List<String> choices;

  /**
   * @param template the template's name, such as {@code default}
   * @param line the line of the template, from 1; 0 if it is not known
   * @param problem what is wrong; for {@code raise_exception} exactly the template's own text
   * @param cause what showed it
   */
  public TemplateException(String template, int line, String problem, @Nullable Throwable cause) {
    this(template, line, problem, List.of(), cause, List.of());
  }

  /**
   * Where the caller has to choose.
   *
   * @param template the template's name, such as {@code default}
   * @param problem what is wrong
   * @param choices the names that may be chosen
   */
  public TemplateException(String template, String problem, List<String> choices) {
    this(template, 0, problem, List.copyOf(choices), null, List.of());
  }

  private TemplateException(
      String template,
      int line,
      String problem,
      List<String> choices,
      @Nullable Throwable cause,
      List<Attempt> attempts) {
    super(
        null,
        String.format(
            Locale.ROOT,
            "chat template %s%s: %s",
            template,
            line > 0 ? ", line " + line : "",
            problem),
        cause,
        attempts);
    this.template = template;
    this.line = line;
    this.problem = problem;
    this.choices = choices;
  }

  @Override
  TokenizerException copy(@Nullable Throwable newCause, List<Attempt> newAttempts) {
    return new TemplateException(template, line, problem, choices, newCause, newAttempts);
  }

  @Override
  public ErrorKind kind() {
    return ErrorKind.TEMPLATE;
  }

  /** The template's name. */
  public String template() {
    return template;
  }

  /** The line of the template, from 1; 0 if it is not known. */
  public int line() {
    return line;
  }

  /** The names among which the caller has to choose; empty where that is not the problem. */
  public List<String> choices() {
    return choices;
  }

  /** What is wrong; for {@code raise_exception} exactly the template's own text. */
  public String problem() {
    return problem;
  }
}
