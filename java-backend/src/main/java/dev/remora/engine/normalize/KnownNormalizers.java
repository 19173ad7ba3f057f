package dev.remora.engine.normalize;

import dev.remora.core.definition.DefinitionLimits;
import dev.remora.core.definition.Normalizer;
import dev.remora.core.definition.StringPattern;
import dev.remora.core.text.PrecompiledCharsmap;
import dev.remora.engine.reading.ComponentName;
import dev.remora.engine.reading.Reading;
import dev.remora.engine.regex.CompiledRegex;
import dev.remora.engine.text.NormalizerClasses;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the normalizer of a definition: which ones are known exactly, and the step of each. */
public final class KnownNormalizers {
  private static final String SPACE = " ";

  private KnownNormalizers() {}

  /** The pipeline of normalizers, given in their order. */
  public static Reading<NormalizationPipeline> read(List<Normalizer> normalizers) {
    if (normalizers.size() > DefinitionLimits.MAX_STEPS) {
      return Reading.unknown(
          String.format(Locale.ROOT, "the normalizer has %,d steps", normalizers.size()));
    }
    if (DefinitionLimits.growth(normalizers) > DefinitionLimits.MAX_GROWTH) {
      return Reading.unknown(
          String.format(
              Locale.ROOT,
              "the normalizer makes texts more than %.0f times as long",
              DefinitionLimits.MAX_GROWTH));
    }
    return Reading.each(normalizers, KnownNormalizers::step).map(NormalizationPipeline::new);
  }

  /** The register: a normalizer that is known has its line here. */
  private static Reading<NormalizationStep> step(Normalizer normalizer) {
    if (normalizer instanceof Normalizer.Nfc) {
      return Reading.known(new NormalFormStep(NormalForm.NFC));
    }
    if (normalizer instanceof Normalizer.Nfd) {
      return Reading.known(new NormalFormStep(NormalForm.NFD));
    }
    if (normalizer instanceof Normalizer.Nfkc) {
      return Reading.known(new NormalFormStep(NormalForm.NFKC));
    }
    if (normalizer instanceof Normalizer.Nfkd) {
      return Reading.known(new NormalFormStep(NormalForm.NFKD));
    }
    if (normalizer instanceof Normalizer.Lowercase) {
      return Reading.known(new LowercaseStep());
    }
    if (normalizer instanceof Normalizer.StripAccents) {
      return Reading.known(new FilterStep(NormalizerClasses.ACCENT, 0));
    }
    if (normalizer instanceof Normalizer.Nmt) {
      return Reading.known(
          new FilterStep(NormalizerClasses.NMT_DROPPED, NormalizerClasses.NMT_BLANK));
    }
    if (normalizer instanceof Normalizer.ByteLevel) {
      return Reading.known(new SpellingStep());
    }
    if (normalizer instanceof Normalizer.Strip strip) {
      return Reading.known(new StripStep(strip.left(), strip.right()));
    }
    if (normalizer instanceof Normalizer.Bert bert) {
      return Reading.known(new BertStep(bert));
    }
    if (normalizer instanceof Normalizer.Precompiled precompiled) {
      return precompiled(precompiled);
    }
    if (normalizer instanceof Normalizer.SentencePiece sentencePiece) {
      return sentencePiece(sentencePiece);
    }
    if (normalizer instanceof Normalizer.Prepend prepend) {
      return prepend(prepend);
    }
    return normalizer instanceof Normalizer.Replace replace
        ? replace(replace)
        : Reading.unknown("the normalizer " + ComponentName.of(normalizer) + " is not known");
  }

  private static Reading<NormalizationStep> prepend(Normalizer.Prepend prepend) {
    return prepend.text().isEmpty()
        ? Reading.unknown("the normalizer Prepend has nothing to prepend")
        : Reading.known(new PrependStep(prepend.text()));
  }

  /** The reference fails where it replaces nothing. */
  private static Reading<NormalizationStep> replace(Normalizer.Replace replace) {
    if (replace.pattern() instanceof StringPattern.Literal replaced) {
      return replaced.text().isEmpty()
          ? Reading.unknown("the normalizer Replace replaces the empty text")
          : Reading.known(new ReplaceStep(replaced.text(), replace.content()));
    }
    String expression = ((StringPattern.Regex) replace.pattern()).expression();
    Reading<CompiledRegex> regex = CompiledRegex.of(expression);
    if (regex instanceof Reading.Unknown<CompiledRegex> unknown) {
      return Reading.unknown(
          "the normalizer Replace has a regex that " + unknown.why() + ": " + expression);
    }
    return regex.value().mayMatchNothing()
        ? Reading.unknown("the normalizer Replace may replace the empty text: " + expression)
        : Reading.known(new RegexReplaceStep(regex.value(), replace.content()));
  }

  private static Reading<NormalizationStep> precompiled(Normalizer.Precompiled precompiled) {
    Optional<PrecompiledCharsmap> map = PrecompiledCharsmap.of(precompiled.charsmap());
    return map.isPresent()
        ? Reading.known(new PrecompiledStep(map.get()))
        : Reading.unknown("the normalizer Precompiled has a damaged precompiled_charsmap");
  }

  private static Reading<NormalizationStep> sentencePiece(Normalizer.SentencePiece normalizer) {
    if (normalizer.charsmap().isEmpty()) {
      return Reading.known(new SentencePieceStep(normalizer, null));
    }
    Optional<PrecompiledCharsmap> map = PrecompiledCharsmap.of(normalizer.charsmap());
    return map.isPresent()
        ? Reading.known(new SentencePieceStep(normalizer, map.get()))
        : Reading.unknown("the normalizer SentencePiece has a damaged precompiled_charsmap");
  }

  /** Whether what these normalizers make may have spaces: the last one may not replace them. */
  public static boolean leavesSpaces(List<Normalizer> normalizers) {
    return normalizers.isEmpty() || !replacesSpaces(normalizers.get(normalizers.size() - 1));
  }

  private static boolean replacesSpaces(Normalizer normalizer) {
    return normalizer instanceof Normalizer.SentencePiece
        || (normalizer instanceof Normalizer.Replace replace
            && replace.pattern().equals(new StringPattern.Literal(SPACE))
            && !replace.content().contains(SPACE));
  }
}
