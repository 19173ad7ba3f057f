package dev.remora.engine.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.core.definition.ByteLevelSettings;
import dev.remora.core.definition.Metaspace;
import dev.remora.core.definition.PreTokenizer;
import dev.remora.core.definition.PrependScheme;
import dev.remora.core.definition.SplitBehavior;
import dev.remora.core.definition.StringPattern;
import dev.remora.core.regex.KnownRegex;
import dev.remora.engine.reading.Reading;
import dev.remora.engine.text.Utf8Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which pre-tokenizers are known, and why others are not. */
final class KnownSplittersTest {
  private static final PreTokenizer SPELLING =
      new PreTokenizer.ByteLevel(new ByteLevelSettings(false, true, false));

  private static PreTokenizer split(String regex, SplitBehavior behavior, boolean invert) {
    return new PreTokenizer.Split(new StringPattern.Regex(regex), behavior, invert);
  }

  private static List<PreTokenizer> isolating(List<String> regexes, PreTokenizer last) {
    List<PreTokenizer> parts = new ArrayList<>();
    regexes.forEach(regex -> parts.add(split(regex, SplitBehavior.ISOLATED, false)));
    parts.add(last);
    return parts;
  }

  private static Optional<String> reason(PreTokenizer... parts) {
    return reason(List.of(parts), true);
  }

  private static Optional<String> reason(List<PreTokenizer> parts, boolean hasSpaces) {
    return Reading.firstReason(KnownSplitters.read(parts, hasSpaces));
  }

  private static PreTokenizer metaspace(String replacement, @Nullable Boolean addPrefixSpace) {
    return new PreTokenizer.MetaspaceSplit(
        new Metaspace(replacement, PrependScheme.ALWAYS, true, addPrefixSpace));
  }

  @ParameterizedTest
  @EnumSource
  void read_knownRegex_isKnown(KnownRegex regex) {
    assertEquals(Optional.empty(), reason(isolating(regex.expressions(), SPELLING), true));
  }

  private static TextSplitter splitter(PreTokenizer... parts) {
    return KnownSplitters.read(List.of(parts), true).value();
  }

  /** A known regex has its scanner wherever it stands, and alone needs nothing else. */
  @Test
  void read_knownRegexAmongOthers_hasItsScanner() {
    List<PreTokenizer> parts = new ArrayList<>(List.of(new PreTokenizer.Digits(true)));
    parts.addAll(isolating(KnownRegex.DEEPSEEK.expressions(), SPELLING));
    List<Cutter> cutters = KnownSplitters.read(parts, true).value().cutters();
    assertEquals(2, cutters.size());
    assertInstanceOf(DeepSeekScanner.class, cutters.get(1));
  }

  @Test
  void read_invertedSplitByKnownRegex_hasItsScannerToo() {
    PreTokenizer inverted = split(KnownRegex.QWEN.expression(), SplitBehavior.REMOVED, true);
    assertInstanceOf(Cl100kScanner.class, splitter(inverted, SPELLING).cutters().get(0));
    PreTokenizer merged =
        split(KnownRegex.QWEN.expression(), SplitBehavior.MERGED_WITH_NEXT, false);
    assertInstanceOf(RegexCutter.class, splitter(merged, SPELLING).cutters().get(0));
  }

  @Test
  void read_byteLevelBeforeOthers_spellsForThem() {
    PreTokenizer digits = new PreTokenizer.Digits(true);
    assertTrue(splitter(digits, SPELLING).isByteLevel());
    TextSplitter spelled = splitter(SPELLING, digits);
    assertFalse(spelled.isByteLevel());
    assertInstanceOf(SpellingRewriter.class, spelled.stages().get(0).rewriter());
  }

  @Test
  void read_regexThatIsNotKnown_isNamed() {
    assertEquals(
        Optional.of(
            "the pre-tokenizer Split has a regex that has an escape that is not known at 4: (a)\\1"),
        reason(split("(a)\\1", SplitBehavior.ISOLATED, false)));
    assertEquals(
        Optional.of(
            "the pre-tokenizer Split has a regex that has a property that is not known: x: \\p{X}"),
        reason(split("\\p{X}", SplitBehavior.ISOLATED, false)));
  }

  @Test
  void read_fixedLengthOfNothing_isNotKnown() {
    assertEquals(
        Optional.of("the pre-tokenizer FixedLength cuts pieces of no length"),
        reason(new PreTokenizer.FixedLength(0)));
  }

  @Test
  void read_splitAtSpaces_isKnownWhereNoneAreLeft() {
    PreTokenizer atSpaces =
        new PreTokenizer.Split(
            new StringPattern.Literal(" "), SplitBehavior.MERGED_WITH_PREVIOUS, false);
    assertEquals(Optional.empty(), reason(List.of(atSpaces), false));
    assertTrue(KnownSplitters.read(List.of(atSpaces), false).value().cutsNothing());
    assertFalse(KnownSplitters.read(List.of(atSpaces), true).value().cutsNothing());
  }

  @Test
  void read_metaspace_isKnownInBothForms() {
    assertEquals(Optional.empty(), reason(metaspace("▁", null)));
    assertEquals(Optional.empty(), reason(metaspace("▁", true)));
    assertEquals(
        Optional.of(
            "the pre-tokenizer Metaspace has an add_prefix_space that contradicts its"
                + " prepend_scheme"),
        reason(metaspace("▁", false)));
    assertEquals(
        Optional.of("the pre-tokenizer Metaspace replaces by more than one character"),
        reason(metaspace("▁▁", null)));
  }

  private static List<String> pieces(String text, PreTokenizer... parts) {
    SplitCall call = splitter(parts).newCall();
    Utf8Text source = new Utf8Text();
    source.set(text, true);
    call.begin(source, 0, source.length);
    PieceCursor cursor = call.cursor();
    if (call.scanner() != null) {
      cursor = call.scanner().newCursor();
      cursor.begin(call.text().bytes, call.from(), call.to());
    }
    List<String> pieces = new ArrayList<>();
    while (cursor.next()) {
      int length = cursor.end() - cursor.start();
      pieces.add(new String(call.text().bytes, cursor.start(), length, StandardCharsets.UTF_8));
    }
    return pieces;
  }

  /** Those of docs/java-engine.md. */
  @Test
  void workedExamples_areWhatTheDocumentationSays() {
    assertEquals(
        List.of("\u3069\u3053\u3067\u751F\u308C", "\u3002", "Yes"),
        pieces("\u3069\u3053\u3067\u751F\u308C\u3002Yes", new PreTokenizer.UnicodeScripts()));
    assertEquals(List.of("abc", "def", "gh"), pieces("abcdefgh", new PreTokenizer.FixedLength(3)));
    assertEquals(
        List.of("\u2581Hey", "\u2581friend"), pieces("Hey friend", metaspace("\u2581", null)));
    Metaspace never = new Metaspace("\u2581", PrependScheme.NEVER, true, null);
    assertEquals(
        List.of("Hey", "\u2581friend"),
        pieces("Hey friend", new PreTokenizer.MetaspaceSplit(never)));
    assertEquals(List.of("Don", "'", "t", "go", "."), pieces("Don't go.", new PreTokenizer.Bert()));
    assertEquals(
        List.of("a1", "b2"),
        pieces("a1b2", split("\\d", SplitBehavior.MERGED_WITH_PREVIOUS, false)));
  }
}
