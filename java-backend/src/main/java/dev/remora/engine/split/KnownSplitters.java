package dev.remora.engine.split;

import dev.remora.core.definition.ByteLevelSettings;
import dev.remora.core.definition.Metaspace;
import dev.remora.core.definition.PreTokenizer;
import dev.remora.core.definition.PrependScheme;
import dev.remora.core.definition.SplitBehavior;
import dev.remora.core.definition.StringPattern;
import dev.remora.core.regex.KnownRegex;
import dev.remora.core.text.Utf8;
import dev.remora.engine.normalize.ReplaceStep;
import dev.remora.engine.reading.ComponentName;
import dev.remora.engine.reading.Reading;
import dev.remora.engine.text.Signs;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Reads the pre-tokenizer of a definition: which ones are known exactly, and the splitter. */
public final class KnownSplitters {
  private KnownSplitters() {}

  /**
   * The splitter that some pre-tokenizers, given in their order, are together.
   *
   * @param hasSpaces whether a normalized text may have spaces
   */
  public static Reading<TextSplitter> read(List<PreTokenizer> parts, boolean hasSpaces) {
    for (PreTokenizer part : parts) {
      if (!isOfKnownType(part)) {
        return Reading.unknown(
            "the pre-tokenizer %s is not known".formatted(ComponentName.of(part)));
      }
    }
    if (parts.size() < 2) {
      return parts.isEmpty()
          ? Reading.known(TextSplitter.plain(new WholeScanner(), false))
          : single(parts.get(0), hasSpaces);
    }
    int splits = parts.size() - 1;
    return parts.get(0) instanceof PreTokenizer.Split
            && parts.get(splits) instanceof PreTokenizer.ByteLevel last
        ? splits(parts.subList(0, splits), last.settings())
        : unknownSequence();
  }

  private static boolean isOfKnownType(PreTokenizer part) {
    return part instanceof PreTokenizer.ByteLevel
        || part instanceof PreTokenizer.MetaspaceSplit
        || part instanceof PreTokenizer.Split;
  }

  private static Reading<TextSplitter> unknownSequence() {
    return Reading.unknown("the pre-tokenizer is a sequence that is not known");
  }

  /** The register of those that are known alone. */
  private static Reading<TextSplitter> single(PreTokenizer part, boolean hasSpaces) {
    if (part instanceof PreTokenizer.ByteLevel byteLevel) {
      return Reading.known(byteLevel(byteLevel.settings()));
    }
    if (part instanceof PreTokenizer.MetaspaceSplit metaspace) {
      return metaspace(metaspace.settings());
    }
    return part instanceof PreTokenizer.Split split && isAtSpaces(split) && !hasSpaces
        ? Reading.known(TextSplitter.plain(new WholeScanner(), false))
        : unknownSequence();
  }

  private static boolean isAtSpaces(PreTokenizer.Split split) {
    return split.pattern().equals(new StringPattern.Literal(" ")) && !split.invert();
  }

  private static TextSplitter byteLevel(ByteLevelSettings settings) {
    Scanner scanner = settings.useRegex() ? KnownScanners.of(KnownRegex.GPT2) : new WholeScanner();
    return settings.addPrefixSpace()
        ? new TextSplitter(scanner, true, null, PrependScheme.ALWAYS, new byte[] {Signs.SPACE})
        : TextSplitter.plain(scanner, true);
  }

  private static Reading<TextSplitter> splits(
      List<PreTokenizer> splits, ByteLevelSettings byteLevel) {
    if (byteLevel.addPrefixSpace() || byteLevel.useRegex()) {
      return Reading.unknown(
          "the pre-tokenizer ByteLevel does more than spell bytes after a Split");
    }
    return Reading.each(splits, part -> regex(part, splits.size() == 1))
        .then(KnownSplitters::byRegexes);
  }

  private static Reading<TextSplitter> byRegexes(List<String> regexes) {
    Optional<KnownRegex> known = KnownRegex.of(regexes);
    return known.isPresent()
        ? Reading.known(TextSplitter.plain(KnownScanners.of(known.get()), true))
        : Reading.unknown(
            "the pre-tokenizer Split has a regex that is not known: " + String.join(", ", regexes));
  }

  /**
   * The regex of a Split that isolates its matches; a regex that matches all may remove the rest.
   */
  private static Reading<String> regex(PreTokenizer part, boolean mayInvert) {
    if (!(part instanceof PreTokenizer.Split split)) {
      return Reading.unknown(
          "the pre-tokenizer %s is between a Split and a ByteLevel"
              .formatted(ComponentName.of(part)));
    }
    boolean known =
        split.invert()
            ? mayInvert && split.behavior() == SplitBehavior.REMOVED
            : split.behavior() == SplitBehavior.ISOLATED;
    if (!known) {
      return Reading.unknown(
          "the pre-tokenizer Split has the behavior %s%s"
              .formatted(split.behavior().jsonName(), split.invert() ? ", inverted" : ""));
    }
    return split.pattern() instanceof StringPattern.Regex regex
        ? Reading.known(regex.expression())
        : Reading.unknown("the pre-tokenizer Split looks for no regex");
  }

  private static Reading<TextSplitter> metaspace(Metaspace settings) {
    byte[] marker = settings.replacement().getBytes(StandardCharsets.UTF_8);
    if (marker.length == 0 || marker.length != Utf8.lengthOf(marker[0])) {
      return Reading.unknown("the pre-tokenizer Metaspace replaces by more than one character");
    }
    if (settings.addPrefixSpace() != null) {
      return Reading.unknown("the pre-tokenizer Metaspace is of the form before prepend_scheme");
    }
    Scanner scanner = settings.split() ? new MarkerScanner(marker, true) : new WholeScanner();
    ReplaceStep replacement = new ReplaceStep(Signs.SPACE, settings.replacement());
    return Reading.known(
        new TextSplitter(scanner, false, replacement, settings.prependScheme(), marker));
  }
}
