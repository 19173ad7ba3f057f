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

  /**
   * @param template the template's name, such as {@code default}
   * @param line the line of the template, from 1; 0 if it is not known
   * @param problem what is wrong; for {@code raise_exception} exactly the template's own text
   * @param cause what showed it
   */
  public TemplateException(String template, int line, String problem, @Nullable Throwable cause) {
    this(template, line, problem, cause, List.of());
  }

  private TemplateException(
      String template,
      int line,
      String problem,
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
  }

  @Override
  TokenizerException copy(@Nullable Throwable newCause, List<Attempt> newAttempts) {
    return new TemplateException(template, line, problem, newCause, newAttempts);
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

  /** What is wrong; for {@code raise_exception} exactly the template's own text. */
  public String problem() {
    return problem;
  }
}
