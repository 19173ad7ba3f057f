package dev.remora.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.Encoding;
import dev.remora.LimitException;
import dev.remora.conformance.contract.ChangedDefinition;
import dev.remora.conformance.contract.ContractBundle;
import dev.remora.core.definition.ByteLevelSettings;
import dev.remora.core.definition.PreTokenizer;
import dev.remora.core.definition.SplitBehavior;
import dev.remora.core.definition.StringPattern;
import dev.remora.core.engine.EngineSession;
import dev.remora.core.guard.BuildGuard;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bounds of one call. */
final class TextLimitsTest {
  private static EngineSession regex;
  private static EngineSession noRegex;

  @BeforeAll
  static void open() {
    regex = DjlEngine.open(ContractBundle.BYTE_LEVEL.definition(), BuildGuard.NONE);
    noRegex = DjlEngine.open(ContractBundle.BYTE_FALLBACK.definition(), BuildGuard.NONE);
  }

  @AfterAll
  static void close() {
    regex.close();
    noRegex.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "\n", "A", "\u2003", "\u0085", "\u6f22", "!"})
  void encode_longStretch_isAllowedToTheBoundAndRefusedBeyond(String unit) {
    LimitException refused =
        assertThrows(
            LimitException.class,
            () -> regex.encode(unit.repeat(TextLimits.MAX_STRETCH + 1), false));
    assertEquals(TextLimits.MAX_STRETCH, refused.bound());
    assertEquals(TextLimits.MAX_STRETCH + 1, refused.observed());
  }

  @Test
  void checkText_stretchAtTheBound_passes() {
    String words = "a".repeat(TextLimits.MAX_STRETCH) + " ".repeat(TextLimits.MAX_STRETCH) + "a";
    TextLimits.of(ContractBundle.BYTE_LEVEL.definition()).checkText(words);
  }

  @Test
  void checkText_textAtTheBound_passes() {
    String text = " 7".repeat(TextLimits.MAX_TEXT / 2);
    TextLimits.of(ContractBundle.BYTE_LEVEL.definition()).checkText(text);
  }

  private static EngineSession splitting(String regex) {
    PreTokenizer split =
        new PreTokenizer.Split(new StringPattern.Regex(regex), SplitBehavior.ISOLATED, false);
    PreTokenizer spelling = new PreTokenizer.ByteLevel(new ByteLevelSettings(false, false, false));
    return DjlEngine.open(
        ChangedDefinition.of(
            ContractBundle.BYTE_LEVEL.definition(),
            Optional.empty(),
            Optional.of(new PreTokenizer.Sequence(List.of(split, spelling)))),
        BuildGuard.NONE);
  }

  @Test
  void encode_regexThatLooksAgain_isBoundedByTheSquare() {
    try (EngineSession session = splitting("\\s+$")) {
      String lines = ("x" + " ".repeat(2_000)).repeat(20);
      assertTrue(session.count(lines + "x", false) > 0);
      assertTrue(session.count("x".repeat(100_000), false) > 0);
      LimitException refused =
          assertThrows(LimitException.class, () -> session.encode(" ".repeat(30_000) + "x", false));
      assertEquals("steps of a regex", refused.limit());
      assertEquals(TextLimits.MAX_REGEX_STEPS, refused.bound());
      assertEquals((30_001L * 30_001 + 1) / 2, refused.observed());
    }
  }

  @Test
  void encode_regexThatLooksFar_isBoundedByItsSteps() {
    try (EngineSession session = splitting("a*b|a*c|a*d|a*e|a+")) {
      assertTrue(session.count("a".repeat(1_000_000), false) > 0);
      LimitException refused =
          assertThrows(LimitException.class, () -> session.encode("a".repeat(2_000_001), false));
      assertEquals(2_000_000, refused.bound());
    }
  }

  @Test
  void encode_oneMegabyteOfOneCharacter_isEncoded() {
    assertEquals(1_000_001, regex.count("7" + "~".repeat(1_000_000), false));
  }

  @Test
  void encode_textBeyondTheBound_isRefused() {
    String text = " 7".repeat(TextLimits.MAX_TEXT / 2) + "7";
    LimitException refused = assertThrows(LimitException.class, () -> noRegex.encode(text, false));
    assertEquals(TextLimits.MAX_TEXT, refused.bound());
    assertEquals(TextLimits.MAX_TEXT + 1L, refused.observed());
  }

  @Test
  void decode_moreIdsThanTheBound_isRefused() {
    int[] ids = new int[TextLimits.MAX_IDS + 1];
    LimitException refused =
        assertThrows(
            LimitException.class, () -> regex.wholeDecoder().orElseThrow().decode(ids, false));
    assertEquals(TextLimits.MAX_IDS, refused.bound());
  }

  @Test
  void decode_moreTextThanTheBound_isRefused() {
    int longest = regex.encode("<|begin|>", false)[0];
    int[] ids = new int[TextLimits.MAX_IDS];
    Arrays.fill(ids, longest);
    LimitException refused =
        assertThrows(
            LimitException.class, () -> regex.wholeDecoder().orElseThrow().decode(ids, false));
    assertEquals(TextLimits.MAX_DECODED_BYTES, refused.bound());
  }

  @Test
  void details_supplementaryCharacters_areLinear() {
    String text = "\uD83D\uDE00a ".repeat(100_000);
    int[] ids = regex.encode(text, false);
    Encoding encoding = new Encoding(ids, () -> regex.details(text, false));
    assertEquals(text.length(), encoding.end(ids.length - 1));
  }
}
