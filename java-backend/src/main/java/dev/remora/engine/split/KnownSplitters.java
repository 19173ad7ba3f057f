package dev.remora.engine.split;

import dev.remora.core.definition.ByteLevelSettings;
import dev.remora.core.definition.DefinitionLimits;
import dev.remora.core.definition.Metaspace;
import dev.remora.core.definition.PreTokenizer;
import dev.remora.core.definition.PrependScheme;
import dev.remora.core.definition.SplitBehavior;
import dev.remora.core.definition.StringPattern;
import dev.remora.core.regex.KnownRegex;
import dev.remora.core.text.Utf8;
import dev.remora.engine.normalize.ReplaceStep;
import dev.remora.engine.reading.Reading;
import dev.remora.engine.regex.CompiledRegex;
import dev.remora.engine.split.TextSplitter.Stage;
import dev.remora.engine.text.Signs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the pre-tokenizer of a definition. A Split by a known regex gets the scanner that was
 * written for it, any other a compiled regex. Of one definition; not thread-safe.
 */
public final class KnownSplitters {
  private static final String SPACE = " ";

  private final List<PreTokenizer> parts;
  private final List<Stage> stages = new ArrayList<>();
  private final List<Cutter> cutters = new ArrayList<>(); // since the last stage
  private boolean isByteLevel;
  private boolean hasSpaces;

  private KnownSplitters(List<PreTokenizer> parts, boolean hasSpaces) {
    this.parts = parts;
    this.hasSpaces = hasSpaces;
  }

  /**
   * The splitter that some pre-tokenizers, given in their order, are together.
   *
   * @param hasSpaces whether a normalized text may have spaces
   */
  public static Reading<TextSplitter> read(List<PreTokenizer> parts, boolean hasSpaces) {
    return new KnownSplitters(parts, hasSpaces).read();
  }

  private Reading<TextSplitter> read() {
    if (parts.size() > DefinitionLimits.MAX_STEPS) {
      return Reading.unknown(
          String.format(Locale.ROOT, "the pre-tokenizer has %,d steps", parts.size()));
    }
    for (int index = 0; index < parts.size(); ) {
      Optional<KnownRegex> known = knownAt(index);
      if (known.isPresent()) {
        cutters.add(KnownScanners.of(known.get()));
        index += known.get().expressions().size();
        continue;
      }
      Optional<String> problem = add(parts.get(index), index + 1 == parts.size());
      if (problem.isPresent()) {
        return Reading.unknown("the pre-tokenizer " + problem.get());
      }
      index++;
    }
    return Reading.known(new TextSplitter(stages, cutters, isByteLevel));
  }

  /** The known regex by which the parts from one on split. */
  private Optional<KnownRegex> knownAt(int index) {
    for (KnownRegex known : KnownRegex.values()) {
      int end = index + known.expressions().size();
      if (end <= parts.size() && splitBy(parts.subList(index, end), known)) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }

  /** Whether some parts split by a known regex; as that matches all, the rest may be removed. */
  private static boolean splitBy(List<PreTokenizer> parts, KnownRegex known) {
    for (int index = 0; index < parts.size(); index++) {
      boolean splits =
          parts.get(index) instanceof PreTokenizer.Split split
              && split.pattern() instanceof StringPattern.Regex regex
              && regex.expression().equals(known.expressions().get(index))
              && (split.invert()
                  ? split.behavior() == SplitBehavior.REMOVED && parts.size() == 1
                  : split.behavior() == SplitBehavior.ISOLATED);
      if (!splits) {
        return false;
      }
    }
    return true;
  }

  /** The register: adds a part, or says what is not known of it. */
  private Optional<String> add(PreTokenizer part, boolean isLast) {
    if (part instanceof PreTokenizer.ByteLevel byteLevel) {
      return addByteLevel(byteLevel.settings(), isLast);
    }
    if (part instanceof PreTokenizer.MetaspaceSplit metaspace) {
      return addMetaspace(metaspace.settings());
    }
    if (part instanceof PreTokenizer.Split split) {
      return addSplit(split);
    }
    if (part instanceof PreTokenizer.FixedLength fixed && fixed.length() < 1) {
      return Optional.of("FixedLength cuts pieces of no length");
    }
    cutters.add(cutter(part));
    return Optional.empty();
  }

  private static Cutter cutter(PreTokenizer part) {
    if (part instanceof PreTokenizer.Bert) {
      return NamedSets.bert();
    }
    if (part instanceof PreTokenizer.Whitespace) {
      return NamedSets.whitespace();
    }
    if (part instanceof PreTokenizer.WhitespaceSplit) {
      return NamedSets.whitespaceSplit();
    }
    if (part instanceof PreTokenizer.UnicodeScripts) {
      return NamedSets.scripts();
    }
    if (part instanceof PreTokenizer.CharDelimiterSplit split) {
      return NamedSets.at(split.delimiter().codePointAt(0));
    }
    if (part instanceof PreTokenizer.Digits digits) {
      return NamedSets.digits(digits.individualDigits());
    }
    if (part instanceof PreTokenizer.Punctuation punctuation) {
      return NamedSets.punctuation(punctuation.behavior());
    }
    return new FixedLengthScanner(((PreTokenizer.FixedLength) part).length());
  }

  /** Ends a stage: what was added cuts its text. */
  private void rewrite(Rewriter rewriter) {
    stages.add(new Stage(cutters, rewriter));
    cutters.clear();
  }

  /** The last one leaves spelling to the model; what comes after another one sees letters. */
  private Optional<String> addByteLevel(ByteLevelSettings settings, boolean isLast) {
    if (settings.addPrefixSpace()) {
      rewrite(new MarkingRewriter(SPACE, PrependScheme.ALWAYS, null));
      hasSpaces = true;
    }
    if (settings.useRegex()) {
      cutters.add(KnownScanners.of(KnownRegex.GPT2));
    }
    isByteLevel = isLast;
    if (!isLast) {
      rewrite(new SpellingRewriter());
      hasSpaces = false;
    }
    return Optional.empty();
  }

  private Optional<String> addMetaspace(Metaspace settings) {
    byte[] marker = settings.replacement().getBytes(StandardCharsets.UTF_8);
    if (marker.length == 0 || marker.length != Utf8.lengthOf(marker[0])) {
      return Optional.of("Metaspace replaces by more than one character");
    }
    boolean contradicts =
        Boolean.FALSE.equals(settings.addPrefixSpace())
            && settings.prependScheme() != PrependScheme.NEVER;
    if (contradicts) {
      return Optional.of("Metaspace has an add_prefix_space that contradicts its prepend_scheme");
    }
    ReplaceStep replacement = new ReplaceStep(Signs.SPACE, settings.replacement());
    rewrite(new MarkingRewriter(settings.replacement(), settings.prependScheme(), replacement));
    if (settings.split()) {
      cutters.add(new MarkerScanner(marker, true));
    }
    hasSpaces = settings.replacement().equals(SPACE);
    return Optional.empty();
  }

  private Optional<String> addSplit(PreTokenizer.Split split) {
    Reading<CompiledRegex> regex;
    if (split.pattern() instanceof StringPattern.Regex pattern) {
      regex = CompiledRegex.of(pattern.expression());
    } else {
      String literal = ((StringPattern.Literal) split.pattern()).text();
      if (literal.equals(SPACE) && !hasSpaces && !split.invert()) {
        return Optional.empty();
      }
      regex = CompiledRegex.of(NamedSets.literal(literal));
    }
    Optional<String> problem = Reading.firstReason(regex);
    if (problem.isPresent()) {
      return Optional.of("Split has a regex that " + problem.get() + ": " + shown(split.pattern()));
    }
    cutters.add(new RegexCutter(regex.value(), split.behavior(), split.invert()));
    return Optional.empty();
  }

  private static String shown(StringPattern pattern) {
    return pattern instanceof StringPattern.Regex regex
        ? regex.expression()
        : ((StringPattern.Literal) pattern).text();
  }
}
