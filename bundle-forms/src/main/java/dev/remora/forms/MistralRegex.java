package dev.remora.forms;

import dev.remora.core.definition.ByteLevelSettings;
import dev.remora.core.definition.PreTokenizer;
import dev.remora.core.regex.KnownRegex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Mistral published tokenizer.json files with a wrong regex. Where {@code fix_mistral_regex} of
 * tokenizer_config.json is true, transformers puts the right one in its place; here are its
 * conditions and its way.
 */
final class MistralRegex {
  private static final Set<String> MODEL_TYPES =
      Set.of("mistral", "mistral3", "voxtral", "ministral", "pixtral");

  /** transformers looks at larger vocabularies only. */
  private static final int MIN_VOCABULARY = 100_000;

  private MistralRegex() {}

  /** The parts with the right regex, where the configs ask for it; else the parts as they are. */
  static FormParts fixed(FormParts parts, TokenizerConfigs configs) {
    Optional<PreTokenizer> current = parts.preTokenizer();
    if (!configs.flag("fix_mistral_regex").orElse(false)
        || current.isEmpty()
        || parts.vocabulary().size() <= MIN_VOCABULARY
        || configs.model().filter(MistralRegex::isNotAffected).isPresent()) {
      return parts;
    }
    return parts.withPreTokenizer(new PreTokenizer.Sequence(fixed(current.get())));
  }

  private static List<PreTokenizer> fixed(PreTokenizer current) {
    List<PreTokenizer> steps = new ArrayList<>();
    steps.add(CommonParts.split(KnownRegex.MISTRAL.expression()));
    if (current instanceof PreTokenizer.Sequence sequence) {
      sequence.parts().stream().skip(1).forEach(steps::add);
    } else if (current instanceof PreTokenizer.MetaspaceSplit) {
      steps.add(new PreTokenizer.ByteLevel(new ByteLevelSettings(false, true, false)));
    } else {
      steps.add(current);
    }
    return steps;
  }

  /** Whether the model was saved by a version that needs no fix, or is of another type. */
  private static boolean isNotAffected(Map<String, @Nullable Object> config) {
    if (!(config.get("transformers_version") instanceof String version)) {
      return false;
    }
    if (isAtLeast(version, 5, 0, 0)) {
      return true;
    }
    return !isAtLeast(version, 4, 57, 3)
        && config.get("model_type") instanceof String type
        && !MODEL_TYPES.contains(type);
  }

  /** Compares versions as Python does: one that is not final yet comes before the final one. */
  private static boolean isAtLeast(String version, int... wanted) {
    String[] parts = version.split("[^0-9]+", -1);
    for (int index = 0; index < wanted.length; index++) {
      String digits = index < parts.length ? parts[index] : "";
      int part = digits.isEmpty() || digits.length() > 8 ? 0 : Integer.parseInt(digits);
      if (part != wanted[index]) {
        return part > wanted[index];
      }
    }
    return !version.matches(".*(dev|rc|a|b)[0-9]*");
  }
}
