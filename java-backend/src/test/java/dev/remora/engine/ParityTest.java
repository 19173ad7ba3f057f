package dev.remora.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.djl.DjlEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The engine does what DJL does, whatever the text. */
final class ParityTest {
  private static final int TEXTS = Integer.getInteger("remora.parity.texts", 50_000);
  private static final boolean WHOLE = TEXTS > 50_000;

  private static void compare(TestVocabulary vocabulary, Consumer<EngineComparison> comparisons) {
    List<String> failures = new ArrayList<>();
    try (EngineComparison comparison =
        new EngineComparison(vocabulary.definition(), new DjlEngine(), failures::add)) {
      comparisons.accept(comparison);
      assertEquals(List.of(), failures.subList(0, Math.min(5, failures.size())));
      assertTrue(comparison.passed() > 0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void randomTexts_ofEveryKind_areEqual(TestVocabulary vocabulary) {
    compare(vocabulary, comparison -> comparison.randomTexts(20261123, TEXTS));
  }

  @ParameterizedTest
  @EnumSource(names = {"O200K", "KIMI", "DEEPSEEK", "LLAMA3", "GPT2", "LLAMA2"})
  void everyCodePoint_inEightContexts_isEqual(TestVocabulary vocabulary) {
    compare(vocabulary, comparison -> comparison.everyCodePoint(WHOLE ? 1 : 64));
  }

  @ParameterizedTest
  @EnumSource
  void addedTokens_inEveryPosition_areEqual(TestVocabulary vocabulary) {
    compare(vocabulary, EngineComparison::addedTokens);
  }

  @ParameterizedTest
  @EnumSource
  void brokenCharacters_ofAnyBytes_decodeEqually(TestVocabulary vocabulary) {
    compare(vocabulary, EngineComparison::brokenCharacters);
  }

  @ParameterizedTest
  @EnumSource(names = {"CL100K", "QWEN2", "GPT2", "LLAMA2"})
  void largeTexts_ofOneKind_areEqual(TestVocabulary vocabulary) {
    compare(vocabulary, comparison -> comparison.largeTexts(WHOLE ? 1_000_000 : 100_000));
  }
}
