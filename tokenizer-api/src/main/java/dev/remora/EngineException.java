package dev.remora;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * No engine serves the bundle, an engine cannot run on this system, or it cannot do what was asked.
 */
public final class EngineException extends TokenizerException {
  private static final long serialVersionUID = 1L;

  private final String problem;
  private final Map<String, String> reasons;

  /**
   * @param problem what is wrong, such as {@code no engine takes this bundle}
   * @param reasons for each engine that was asked, why it does not serve; in the order of asking
   * @param cause what showed it
   */
  public EngineException(String problem, Map<String, String> reasons, @Nullable Throwable cause) {
    this(problem, reasons, cause, List.of());
  }

  private EngineException(
      String problem,
      Map<String, String> reasons,
      @Nullable Throwable cause,
      List<Attempt> attempts) {
    super(null, message(problem, reasons), cause, attempts);
    this.problem = problem;
    this.reasons = Collections.unmodifiableMap(new LinkedHashMap<>(reasons));
  }

  private static String message(String problem, Map<String, String> reasons) {
    return reasons.entrySet().stream()
        .map(reason -> reason.getKey() + ": " + reason.getValue())
        .collect(Collectors.joining("; ", reasons.isEmpty() ? problem : problem + ": ", ""));
  }

  @Override
  TokenizerException copy(@Nullable Throwable newCause, List<Attempt> newAttempts) {
    return new EngineException(problem, reasons, newCause, newAttempts);
  }

  @Override
  public ErrorKind kind() {
    return ErrorKind.ENGINE;
  }

  /** What is wrong, without the reasons. */
  public String problem() {
    return problem;
  }

  /** For each engine that was asked, why it does not serve. */
  public Map<String, String> reasons() {
    return reasons;
  }
}
