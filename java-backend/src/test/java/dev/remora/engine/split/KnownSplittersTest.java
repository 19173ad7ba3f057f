package dev.remora.engine.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.core.definition.ByteLevelSettings;
import dev.remora.core.definition.Metaspace;
import dev.remora.core.definition.PreTokenizer;
import dev.remora.core.definition.PrependScheme;
import dev.remora.core.definition.SplitBehavior;
import dev.remora.core.definition.StringPattern;
import dev.remora.core.regex.KnownRegex;
import dev.remora.engine.reading.Reading;
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

  @Test
  void read_twoOfDeepSeeksRegexes_areNotKnown() {
    List<String> two = KnownRegex.DEEPSEEK.expressions().subList(1, 3);
    String reason = reason(isolating(two, SPELLING), true).orElseThrow();
    assertTrue(reason.contains("has a regex that is not known: [一-龥"), reason);
  }

  @Test
  void read_invertedSplit_isKnownAlone() {
    PreTokenizer inverted = split(KnownRegex.QWEN.expression(), SplitBehavior.REMOVED, true);
    assertEquals(Optional.empty(), reason(inverted, SPELLING));
    assertEquals(
        Optional.of("the pre-tokenizer Split has the behavior Removed, inverted"),
        reason(inverted, inverted, SPELLING));
  }

  @Test
  void read_otherBehavior_isNotKnown() {
    PreTokenizer merged =
        split(KnownRegex.QWEN.expression(), SplitBehavior.MERGED_WITH_NEXT, false);
    assertEquals(
        Optional.of("the pre-tokenizer Split has the behavior MergedWithNext"),
        reason(merged, SPELLING));
  }

  @Test
  void read_byteLevelThatSplitsAfterSplit_isNotKnown() {
    PreTokenizer splitting = new PreTokenizer.ByteLevel(new ByteLevelSettings(false, true, true));
    assertEquals(
        Optional.of("the pre-tokenizer ByteLevel does more than spell bytes after a Split"),
        reason(isolating(KnownRegex.QWEN.expressions(), splitting), true));
  }

  @Test
  void read_splitAtSpaces_isKnownWhereNoneAreLeft() {
    PreTokenizer atSpaces =
        new PreTokenizer.Split(
            new StringPattern.Literal(" "), SplitBehavior.MERGED_WITH_PREVIOUS, false);
    assertEquals(Optional.empty(), reason(List.of(atSpaces), false));
    assertEquals(
        Optional.of("the pre-tokenizer is a sequence that is not known"),
        reason(List.of(atSpaces), true));
  }

  @Test
  void read_metaspace_isKnownInItsNewForm() {
    assertEquals(Optional.empty(), reason(metaspace("▁", null)));
    assertEquals(
        Optional.of("the pre-tokenizer Metaspace is of the form before prepend_scheme"),
        reason(metaspace("▁", true)));
    assertEquals(
        Optional.of("the pre-tokenizer Metaspace replaces by more than one character"),
        reason(metaspace("▁▁", null)));
  }
}
