package dev.remora.forms.json;

import dev.remora.core.definition.ByteLevelSettings;
import dev.remora.core.definition.Metaspace;
import dev.remora.core.definition.PrependScheme;
import dev.remora.core.definition.SplitBehavior;
import dev.remora.core.definition.StringPattern;
import java.util.Optional;

/** What the readers of the components of a tokenizer.json have in common. */
final class ComponentReaders {
  private ComponentReaders() {}

  static ByteLevelSettings byteLevel(JsonObject object) {
    return new ByteLevelSettings(
        object.flag("add_prefix_space", true),
        object.flag("trim_offsets", true),
        object.flag("use_regex", true));
  }

  static Metaspace metaspace(JsonObject object) {
    PrependScheme scheme = PrependScheme.ALWAYS;
    if (object.has("prepend_scheme")) {
      Optional<PrependScheme> named = PrependScheme.named(object.string("prepend_scheme"));
      if (named.isEmpty()) {
        throw object.broken("prepend_scheme", "first, never or always");
      }
      scheme = named.get();
    }
    return new Metaspace(
        object.character("replacement"),
        scheme,
        object.flag("split", true),
        object.flagOrNull("add_prefix_space"));
  }

  static StringPattern pattern(JsonObject object) {
    JsonObject pattern = object.object("pattern");
    return pattern.has("String")
        ? new StringPattern.Literal(pattern.string("String"))
        : new StringPattern.Regex(pattern.string("Regex"));
  }

  static SplitBehavior behavior(JsonObject object) {
    Optional<SplitBehavior> named = SplitBehavior.named(object.string("behavior"));
    if (named.isEmpty()) {
      throw object.broken("behavior", "a known one");
    }
    return named.get();
  }
}
