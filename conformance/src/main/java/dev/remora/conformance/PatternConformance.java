package dev.remora.conformance;

import dev.remora.chat.response.pattern.Outcome;
import dev.remora.chat.response.pattern.PatternException;
import dev.remora.chat.response.pattern.PatternMatcher;
import dev.remora.chat.response.pattern.PythonPattern;
import dev.remora.chat.response.pattern.ReplyText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Searches golden patterns in golden texts and compares with what the reference found.
 *
 * <p>Each line of the file is an object: {@code p}, the pattern; {@code b}, the text; {@code pos},
 * where the search begins; {@code partial}, whether the text may go on; and {@code m}, null or the
 * begin and end of the match and whether it is a partial one. A partial match is looked for only
 * where there is no whole one.
 */
public final class PatternConformance {
  private final Map<String, PythonPattern> patterns = new HashMap<>();

  private PatternConformance() {}

  /**
   * Makes every search; reports each difference.
   *
   * @param searches the file of the searches
   * @param out receives one line for each difference
   * @throws IOException if the file cannot be read
   * @throws com.google.gson.JsonParseException if a line is not JSON
   */
  public static ConformanceResult run(Path searches, Consumer<String> out) throws IOException {
    PatternConformance conformance = new PatternConformance();
    Tally tally = new Tally(out);
    for (String line : Files.readAllLines(searches)) {
      Map<String, @Nullable Object> item = CaseFile.parseObject(line);
      String expected = String.valueOf(item.get("m"));
      String actual = conformance.found(item);
      tally.count(line, actual.equals(expected) ? null : "got " + actual);
    }
    return tally.result();
  }

  private String found(Map<String, @Nullable Object> item) {
    try {
      PythonPattern pattern =
          patterns.computeIfAbsent(String.valueOf(item.get("p")), PythonPattern::of);
      String text = String.valueOf(item.get("b"));
      int from = ((Number) item.getOrDefault("pos", 0)).intValue();
      PatternMatcher whole = first(pattern, ReplyText.of(text), from, Outcome.MATCHED);
      if (whole != null) {
        return List.of(whole.start(), whole.end(), false).toString();
      }
      ReplyText open = new ReplyText();
      open.append(text);
      PatternMatcher partial =
          Boolean.TRUE.equals(item.get("partial"))
              ? first(pattern, open, from, Outcome.OPEN)
              : null;
      return partial == null ? "null" : List.of(partial.start(), text.length(), true).toString();
    } catch (PatternException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** The attempt at the first place where it comes to this; null if there is none. */
  private static @Nullable PatternMatcher first(
      PythonPattern pattern, ReplyText text, int from, Outcome wanted) {
    PatternMatcher matcher = new PatternMatcher(pattern);
    for (int place = from; place <= text.end(); place++) {
      matcher.begin(place);
      if (matcher.run(text) == wanted) {
        return matcher;
      }
    }
    return null;
  }
}
