package dev.remora.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.conformance.EngineComparison;
import dev.remora.conformance.contract.ContractBundle;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.text.ByteAlphabet;
import dev.remora.djl.DjlEngine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The own engine does what DJL does, whatever the text. */
final class ParityTest {
  private static final int TEXTS = Integer.getInteger("remora.parity.texts", 10_000);
  private static final boolean WHOLE = TEXTS > 50_000;

  private static void compare(TestVocabulary vocabulary, Consumer<EngineComparison> comparisons) {
    compare(vocabulary.definition(), comparisons);
  }

  private static void compare(
      TokenizerDefinition definition, Consumer<EngineComparison> comparisons) {
    List<String> failures = new ArrayList<>();
    try (EngineComparison comparison =
        new EngineComparison(definition, new JavaEngine(), new DjlEngine(), failures::add)) {
      comparisons.accept(comparison);
      assertEquals(List.of(), failures.subList(0, Math.min(5, failures.size())));
      assertTrue(comparison.passed() > 0);
    }
  }

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @EnumSource
  void randomTexts_ofEveryKind_areEqual(TestVocabulary vocabulary) {
    compare(vocabulary, comparison -> comparison.randomTexts(20261123, TEXTS));
  }

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @EnumSource(names = {"O200K", "KIMI", "DEEPSEEK", "LLAMA3", "GPT2", "LLAMA2"})
  void everyCodePoint_inEightContexts_isEqual(TestVocabulary vocabulary) {
    compare(vocabulary, comparison -> comparison.everyCodePoint(WHOLE ? 1 : 64));
  }

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @EnumSource
  void addedTokens_inEveryPosition_areEqual(TestVocabulary vocabulary) {
    compare(vocabulary, EngineComparison::addedTokens);
  }

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @EnumSource
  void brokenCharacters_ofAnyBytes_decodeEqually(TestVocabulary vocabulary) {
    compare(vocabulary, EngineComparison::brokenCharacters);
  }

  /** An added token may be between tokens of the model. */
  @Test
  void ids_ofAddedTokensBetweenThoseOfTheModel_decodeEqually() {
    TokenizerDefinition definition =
        TestVocabulary.changed(
            ContractBundle.BYTE_LEVEL, json -> json.replace("\"ā\":1,", "\"ā\":5000,"));
    int added = definition.addedTokens().get(0).id();
    assertTrue(added < 5000, "the added token is after the model's");
    compare(
        definition,
        comparison -> {
          comparison.ids(new int[] {added, 5000, 40, added, 5000}, false);
          comparison.ids(new int[] {added, 5000, 40, added, 5000}, true);
        });
  }

  /** A word may be a token that no merges make; the same characters within a word may not. */
  @Test
  void text_ofTokenThatNoMergesMakeWithinWord_isEqual() {
    String token = "\u7684\u7684";
    byte[] utf8 = token.getBytes(StandardCharsets.UTF_8);
    byte[] spelled = new byte[2 * utf8.length];
    int end = ByteAlphabet.spell(utf8, 0, utf8.length, spelled, 0);
    String entry = new String(spelled, 0, end, StandardCharsets.UTF_8);
    TokenizerDefinition definition =
        TestVocabulary.changed(
            ContractBundle.BYTE_LEVEL,
            json ->
                json.replace("\"ignore_merges\":false", "\"ignore_merges\":true")
                    .replace("\"vocab\":{", "\"vocab\":{\"" + entry + "\":427,")
                    .replace("<|begin|>\",\"ids\":[427]", "<|begin|>\",\"ids\":[430]")
                    .replace("{\"id\":427,", "{\"id\":430,"));
    compare(
        definition,
        comparison -> {
          for (int time = 0; time < 2; time++) {
            comparison.text(token, false, true);
            comparison.text("\u4E2D\u56FD" + token + "\u4E2D\u56FD\u4E2D\u56FD", false, true);
          }
        });
  }

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @EnumSource(names = {"CL100K", "QWEN2", "GPT2", "LLAMA2"})
  void largeTexts_ofOneKind_areEqual(TestVocabulary vocabulary) {
    compare(vocabulary, comparison -> comparison.largeTexts(WHOLE ? 1_000_000 : 100_000));
  }
}
