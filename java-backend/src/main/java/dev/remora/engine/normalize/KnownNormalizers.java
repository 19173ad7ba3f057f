package dev.remora.engine.normalize;

import dev.remora.core.definition.Normalizer;
import dev.remora.core.definition.StringPattern;
import dev.remora.engine.reading.ComponentName;
import dev.remora.engine.reading.Reading;
import java.util.List;

/** Reads the normalizer of a definition: which ones are known exactly, and the step of each. */
public final class KnownNormalizers {
  private static final String SPACE = " ";

  private KnownNormalizers() {}

  /** The pipeline of normalizers, given in their order. */
  public static Reading<NormalizationPipeline> read(List<Normalizer> normalizers) {
    return Reading.each(normalizers, KnownNormalizers::step).map(NormalizationPipeline::new);
  }

  /** The register: a normalizer that is known has its line here. */
  private static Reading<NormalizationStep> step(Normalizer normalizer) {
    if (normalizer instanceof Normalizer.Nfc) {
      return Reading.known(new NfcStep());
    }
    if (normalizer instanceof Normalizer.Prepend prepend) {
      return prepend(prepend);
    }
    if (normalizer instanceof Normalizer.Replace replace) {
      return replace(replace);
    }
    return Reading.unknown(
        "the normalizer %s is not known".formatted(ComponentName.of(normalizer)));
  }

  private static Reading<NormalizationStep> prepend(Normalizer.Prepend prepend) {
    return prepend.text().isEmpty()
        ? Reading.unknown("the normalizer Prepend has nothing to prepend")
        : Reading.known(new PrependStep(prepend.text()));
  }

  private static Reading<NormalizationStep> replace(Normalizer.Replace replace) {
    if (!(replace.pattern() instanceof StringPattern.Literal replaced)) {
      return Reading.unknown("the normalizer Replace looks for a regex");
    }
    if (replaced.text().length() != 1 || replaced.text().charAt(0) >= 0x80) {
      return Reading.unknown(
          "the normalizer Replace replaces something other than one ASCII character");
    }
    return replace.content().isEmpty()
        ? Reading.unknown("the normalizer Replace has no content")
        : Reading.known(new ReplaceStep((byte) replaced.text().charAt(0), replace.content()));
  }

  /** Whether what these normalizers make may have spaces: the last one may not replace them. */
  public static boolean leavesSpaces(List<Normalizer> normalizers) {
    return normalizers.isEmpty()
        || !(normalizers.get(normalizers.size() - 1) instanceof Normalizer.Replace last)
        || !last.pattern().equals(new StringPattern.Literal(SPACE))
        || last.content().contains(SPACE);
  }
}
