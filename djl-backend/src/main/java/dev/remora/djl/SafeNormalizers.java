package dev.remora.djl;

import dev.remora.core.definition.Normalizer;
import dev.remora.core.definition.StringPattern;
import dev.remora.core.text.PrecompiledCharsmap;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which normalizers the native library may have, and how much longer they make a text. */
final class SafeNormalizers {
  /** How much longer a normalizer may make a text; ALBERT's may most, but never does. */
  private static final double MAX_GROWTH = 256;

  /** U+FDFA has 3 bytes, and 33 in compatibility forms. */
  private static final double COMPATIBILITY_GROWTH = 11;

  /** U+0390 has 2 bytes, and 6 decomposed. */
  private static final double CANONICAL_GROWTH = 3;

  private SafeNormalizers() {}

  /**
   * How many times as many bytes a text may have once it is normalized, or why the native library
   * may not have the normalizer.
   */
  static Growth of(List<Normalizer> steps) {
    if (steps.size() > SafeDefinition.MAX_STEPS) {
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
    return factor > MAX_GROWTH
        ? Growth.refused(
            String.format(
                Locale.ROOT, "the normalizer makes texts more than %.0f times as long", MAX_GROWTH))
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
    if (step instanceof Normalizer.Precompiled precompiled) {
      return PrecompiledCharsmap.of(precompiled.charsmap())
          .map(charsmap -> Growth.by(charsmap.growth()))
          .orElseGet(() -> Growth.refused("the precompiled_charsmap is damaged"));
    }
    // What replaces nothing, or puts nothing before a text, leaves an alignment that does not fit.
    if (step instanceof Normalizer.Prepend prepend) {
      return prepend.text().isEmpty()
          ? Growth.refused("a normalizer puts the empty text before a text")
          : Growth.by(bytes(prepend.text()) / 8.0); // once for a stretch between added tokens
    }
    return step instanceof Normalizer.Replace replace ? of(replace) : Growth.by(usual(step));
  }

  private static Growth of(Normalizer.Replace replace) {
    double replaced = 1;
    if (replace.pattern() instanceof StringPattern.Literal literal) {
      replaced = bytes(literal.text());
    } else if (replace.pattern() instanceof StringPattern.Regex regex) {
      SafeRegex.Verdict verdict = SafeRegex.of(regex.expression());
      if (verdict instanceof SafeRegex.Refused refused) {
        return Growth.refused(refused.reason());
      }
      replaced = ((SafeRegex.Safe) verdict).mayBeEmpty() ? 0 : 1;
    }
    return replaced == 0
        ? Growth.refused("a normalizer may replace the empty text")
        : Growth.by(bytes(replace.content()) / replaced);
  }

  private static double usual(Normalizer step) {
    if (step instanceof Normalizer.Nfkc || step instanceof Normalizer.Nfkd) {
      return COMPATIBILITY_GROWTH;
    }
    if (step instanceof Normalizer.ByteLevel) {
      return 2;
    }
    // Canonical forms; case; spaces around CJK characters, which are three bytes.
    return step instanceof Normalizer.Nmt
            || step instanceof Normalizer.Strip
            || step instanceof Normalizer.StripAccents
        ? 1
        : CANONICAL_GROWTH;
  }

  private static double bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
