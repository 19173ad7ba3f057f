package dev.remora.djl;

import dev.remora.core.definition.DefinitionLimits;
import dev.remora.core.definition.Normalizer;
import dev.remora.core.definition.StringPattern;
import dev.remora.core.text.PrecompiledCharsmap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which normalizers the native library may have, and how much longer they make a text. */
final class SafeNormalizers {
  private SafeNormalizers() {}

  /**
   * How many times as many bytes a text may have once it is normalized, or why the native library
   * may not have the normalizer.
   */
  static Growth of(List<Normalizer> steps) {
    if (steps.size() > DefinitionLimits.MAX_STEPS) {
      return Growth.refused(
          String.format(Locale.ROOT, "the normalizer has %,d steps", steps.size()));
    }
    double factor = 1;
    for (Normalizer step : steps) {
      Growth growth = of(step);
      if (growth.refusal().isPresent()) {
        return growth;
      }
      factor *= growth.factor();
    }
    return factor > DefinitionLimits.MAX_GROWTH
        ? Growth.refused(
            String.format(
                Locale.ROOT,
                "the normalizer makes texts more than %.0f times as long",
                DefinitionLimits.MAX_GROWTH))
        : Growth.by(factor);
  }

  /**
   * How much longer a text may become.
   *
   * @param factor how many times as many bytes it may have
   * @param refusal why the native library may not have the normalizer; empty if it may
   */
  record Growth(double factor, Optional<String> refusal) {
    static Growth by(double factor) {
      return new Growth(Math.max(1, factor), Optional.empty());
    }

    static Growth refused(String reason) {
      return new Growth(1, Optional.of(reason));
    }
  }

  private static Growth of(Normalizer step) {
    return refusal(step)
        .map(Growth::refused)
        .orElseGet(() -> Growth.by(DefinitionLimits.growth(step)));
  }

  private static Optional<String> refusal(Normalizer step) {
    if (step instanceof Normalizer.Precompiled precompiled) {
      return PrecompiledCharsmap.of(precompiled.charsmap()).isPresent()
          ? Optional.empty()
          : Optional.of("the precompiled_charsmap is damaged");
    }
    // What replaces nothing, or puts nothing before a text, leaves an alignment that does not fit.
    if (step instanceof Normalizer.Prepend prepend) {
      return prepend.text().isEmpty()
          ? Optional.of("a normalizer puts the empty text before a text")
          : Optional.empty();
    }
    return step instanceof Normalizer.Replace replace ? refusal(replace) : Optional.empty();
  }

  private static Optional<String> refusal(Normalizer.Replace replace) {
    boolean mayBeEmpty;
    if (replace.pattern() instanceof StringPattern.Regex regex) {
      SafeRegex.Verdict verdict = SafeRegex.of(regex.expression());
      if (verdict instanceof SafeRegex.Refused refused) {
        return Optional.of(refused.reason());
      }
      mayBeEmpty = ((SafeRegex.Safe) verdict).mayBeEmpty();
    } else {
      mayBeEmpty = ((StringPattern.Literal) replace.pattern()).text().isEmpty();
    }
    return mayBeEmpty ? Optional.of("a normalizer may replace the empty text") : Optional.empty();
  }
}
