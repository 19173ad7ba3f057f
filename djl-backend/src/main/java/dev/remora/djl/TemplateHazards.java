package dev.remora.djl;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a TemplateProcessing post-processor looks up without asking whether it is there. */
final class TemplateHazards {
  private TemplateHazards() {}

  static @Nullable String of(Map<?, ?> template) {
    if (!(template.get("single") instanceof List<?> single)) {
      return null; // tokenizers refuses it
    }
    for (Object piece : single) {
      if (piece instanceof Map<?, ?> object) {
        String hazard = ofPiece(object, template.get("special_tokens"));
        if (hazard != null) {
          return hazard;
        }
      }
    }
    return null;
  }

  private static @Nullable String ofPiece(Map<?, ?> piece, @Nullable Object specialTokens) {
    if (piece.get("Sequence") instanceof Map<?, ?> sequence && "B".equals(sequence.get("id"))) {
      return "the template for one text has a place for a second";
    }
    if (!(piece.get("SpecialToken") instanceof Map<?, ?> named)) {
      return null;
    }
    Object token =
        specialTokens instanceof Map<?, ?> all && named.get("id") instanceof String id
            ? all.get(id)
            : null;
    return token instanceof Map<?, ?> object
            && object.get("ids") instanceof List<?> ids
            && object.get("tokens") instanceof List<?> tokens
            && ids.size() == tokens.size()
            && ids.stream().allMatch(TemplateHazards::isId)
        ? null
        : "the template's special token " + named.get("id") + " is not defined";
  }

  private static boolean isId(@Nullable Object id) {
    return id instanceof Long number && number >= 0 && number <= Integer.MAX_VALUE;
  }
}
