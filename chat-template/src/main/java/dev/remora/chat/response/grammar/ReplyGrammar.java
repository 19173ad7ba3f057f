package dev.remora.chat.response.grammar;

import dev.remora.chat.response.pattern.Outcome;
import dev.remora.chat.response.pattern.PatternSearch;
import dev.remora.chat.response.pattern.PythonPattern;
import dev.remora.chat.response.pattern.ReplyText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A response template: the fields of a message, and where they stand in a reply. Immutable and
 * thread-safe.
 *
 * @param defaults the message before any field is found
 * @param fields the fields, at most one of which has no {@link FieldRule#open}
 * @param anchor what stands before the reply in a prompt
 */
public record ReplyGrammar(
    Map<String, @Nullable Object> defaults, List<FieldRule> fields, PythonPattern anchor) {
  /** The field of all text that no other takes; empty if such text is dropped. */
  Optional<FieldRule> implicit() {
    return fields.stream().filter(field -> field.open() == null).findFirst();
  }

  /** How many UTF-16 units before a place its patterns may look at. */
  int unitsBehind() {
    return fields.stream()
        .mapToInt(field -> Math.max(unitsBehind(field.open()), unitsBehind(field.close())))
        .max()
        .orElse(0);
  }

  private static int unitsBehind(@Nullable PythonPattern pattern) {
    return pattern == null ? 0 : pattern.unitsBehind();
  }

  /** What of a prompt belongs to the reply: what follows its last anchor, or all without one. */
  String afterAnchor(String prompt) {
    ReplyText text = ReplyText.of(prompt);
    PatternSearch search = new PatternSearch(anchor);
    int end = 0;
    while (search.advance(text) == Outcome.MATCHED) {
      end = search.end();
      search.skipTo(end + (search.start() == end ? 1 : 0));
    }
    return prompt.substring(end);
  }
}
