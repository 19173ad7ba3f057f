package dev.remora.djl;

import dev.remora.core.definition.PostProcessor;
import dev.remora.core.definition.PostProcessor.TemplatePiece;
import org.jspecify.annotations.Nullable;

/** What a TemplateProcessing post-processor looks up without asking whether it is there. */
final class TemplateHazards {
  private TemplateHazards() {}

  static @Nullable String of(PostProcessor.Template template) {
    for (TemplatePiece piece : template.single()) {
      if (piece instanceof TemplatePiece.Text text && text.isSecond()) {
        return "the template for one text has a place for a second";
      }
      if (piece instanceof TemplatePiece.Special special
          && !template.specialTokens().containsKey(special.name())) {
        return "the template's special token " + special.name() + " is not defined";
      }
    }
    return null;
  }
}
