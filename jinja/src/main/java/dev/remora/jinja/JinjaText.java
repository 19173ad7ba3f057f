package dev.remora.jinja;

import dev.remora.jinja.value.Origin;
import dev.remora.jinja.value.StringValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a template printed, and where it comes from. Immutable and thread-safe. */
public final class JinjaText {
  private final StringValue printed;

  JinjaText(StringValue printed) {
    this.printed = printed;
  }

  /** The text. */
  public String text() {
    return printed.text();
  }

  /** Runs of its characters that have one origin, in order. */
  public List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    printed.forEachRun((end, origin) -> runs.add(run(end, origin)));
    return List.copyOf(runs);
  }

  /**
   * Characters of one origin.
   *
   * @param end where they end, as a UTF-16 index, exclusive
   * @param path where in what the template was given they come from, such as {@code
   *     messages[2].content}; empty where that is not known; null for the template's own
   * @param trusted whether the caller trusts what they come from; true for the template's own
   * @param generated whether they were written inside of the {@code generation} tag
   * @param given the text that was given there, if it was another {@link CharSequence} than a
   *     String
   */
  public record Run(
      int end,
      @Nullable String path,
      boolean trusted,
      boolean generated,
      @Nullable CharSequence given) {}

  private static Run run(int end, @Nullable Origin origin) {
    return origin == null || origin.isOwn()
        ? new Run(end, null, true, origin != null, null)
        : new Run(end, origin.path(), origin.isTrusted(), origin.isGenerated(), origin.given());
  }

  /** How long it is; nothing of it. */
  @Override
  public String toString() {
    return "JinjaText[" + text().length() + " characters]";
  }
}
