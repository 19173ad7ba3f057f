package dev.remora.core.definition;

import dev.remora.core.text.PrecompiledCharsmap;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What no engine takes, as no real definition has it and time and memory go with it. */
public final class DefinitionLimits {
  /** The steps of a normalizer, a pre-tokenizer, a post-processor or a decoder. */
  public static final int MAX_STEPS = 12;

  /** How much longer a normalizer may make a text; ALBERT's may most, but never does. */
  public static final double MAX_GROWTH = 256;

  /** U+FDFA has 3 bytes, and 33 in compatibility forms. */
  private static final double COMPATIBILITY_GROWTH = 11;

  /** U+0390 has 2 bytes, and 6 decomposed. */
  private static final double CANONICAL_GROWTH = 3;

  /** A space has one byte, and the mark in its place three. */
  private static final double MARK_GROWTH = 3;

  private DefinitionLimits() {}

  /** How many times as many bytes a text may have once it is normalized; at least 1. */
  public static double growth(List<Normalizer> steps) {
    return steps.stream().mapToDouble(DefinitionLimits::growth).reduce(1, (a, b) -> a * b);
  }

  /** The same for one step. */
  public static double growth(Normalizer step) {
    return Math.max(1, factor(step));
  }

  private static double factor(Normalizer step) {
    if (step instanceof Normalizer.Precompiled precompiled) {
      return growth(precompiled.charsmap());
    }
    if (step instanceof Normalizer.SentencePiece sentencePiece) {
      return MARK_GROWTH * growth(sentencePiece.charsmap());
    }
    if (step instanceof Normalizer.Prepend prepend) {
      return bytes(prepend.text()) / 8.0; // once for a stretch between added tokens
    }
    if (step instanceof Normalizer.Replace replace) {
      double replaced =
          replace.pattern() instanceof StringPattern.Literal literal ? bytes(literal.text()) : 1;
      return bytes(replace.content()) / Math.max(1, replaced);
    }
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

  /** That of a character map. */
  private static double growth(String charsmap) {
    return PrecompiledCharsmap.of(charsmap)
        .map(PrecompiledCharsmap::growth)
        .orElse(1.0); // there is none, or it is damaged and no engine takes it
  }

  private static double bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
