package dev.remora.forms;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells whether a post-processor puts a token before or after a text. */
final class PostProcessorEnds {
  private PostProcessorEnds() {}

  /** Whether the text begins with the token; a null token never does. */
  static boolean begins(Map<String, Object> processor, @Nullable String token) {
    return token != null && has(processor, token, true);
  }

  /** Whether the text ends with the token; a null token never does. */
  static boolean ends(Map<String, Object> processor, @Nullable String token) {
    return token != null && has(processor, token, false);
  }

  private static boolean has(Map<?, ?> processor, String token, boolean atBegin) {
    if (processor.get("processors") instanceof List<?> parts) {
      return parts.stream()
          .anyMatch(part -> part instanceof Map<?, ?> inner && has(inner, token, atBegin));
    }
    if (processor.get("single") instanceof List<?> pieces && !pieces.isEmpty()) {
      Object piece = pieces.get(atBegin ? 0 : pieces.size() - 1);
      return piece instanceof Map<?, ?> map
          && map.get("SpecialToken") instanceof Map<?, ?> special
          && token.equals(special.get("id"));
    }
    return processor.get(atBegin ? "cls" : "sep") instanceof List<?> named
        && !named.isEmpty()
        && token.equals(named.get(0));
  }
}
