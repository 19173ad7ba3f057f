package dev.remora.engine.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.conformance.EngineComparison;
import dev.remora.conformance.contract.ContractBundle;
import dev.remora.core.definition.SplitBehavior;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.djl.DjlEngine;
import dev.remora.engine.JavaEngine;
import dev.remora.engine.TestDefinitions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every pre-tokenizer, and sequences of them, cut texts where the reference cuts them. */
final class PreTokenizerParityTest {
  private static final int TEXTS = Integer.getInteger("remora.parity.texts", 10_000);
  private static final String SPELLING =
      ",{\"type\":\"ByteLevel\",\"add_prefix_space\":false,\"use_regex\":false}";

  /** The pieces, as ids of a byte-level vocabulary that merges what is side by side. */
  private static void compare(String preTokenizers, Consumer<EngineComparison> comparisons) {
    String json =
        TestDefinitions.replaceMember(
            new String(ContractBundle.BYTE_LEVEL.json(), StandardCharsets.UTF_8),
            "pre_tokenizer",
            "{\"type\":\"Sequence\",\"pretokenizers\":[" + preTokenizers + "]}");
    TokenizerDefinition definition = TestDefinitions.of(json);
    List<String> failures = new ArrayList<>();
    try (EngineComparison comparison =
        new EngineComparison(definition, new JavaEngine(), new DjlEngine(), failures::add)) {
      comparisons.accept(comparison);
      assertEquals(List.of(), failures.subList(0, Math.min(5, failures.size())));
      assertTrue(comparison.passed() > 0);
    }
  }

  private static void compare(String preTokenizers) {
    compare(
        preTokenizers + SPELLING,
        comparison -> {
          comparison.randomTexts(20261127, TEXTS / 10);
          comparison.addedTokens();
        });
  }

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @ValueSource(
      strings = {
        "'BertPreTokenizer'",
        "'Whitespace'",
        "'WhitespaceSplit'",
        "'UnicodeScripts'",
        "'FixedLength','length':3",
        "'CharDelimiterSplit','delimiter':'e'",
        "'Digits','individual_digits':true",
        "'Digits','individual_digits':false"
      })
  void ids_ofPreTokenizerWithoutARegex_areThoseOfTheReference(String type) {
    String preTokenizer = "{'type':%s}".formatted(type).replace('\'', '"');
    compare(preTokenizer);
    compare(
        preTokenizer + SPELLING, comparison -> comparison.everyCodePoint(TEXTS > 50_000 ? 1 : 256));
  }

  /** What becomes of a match, by every behavior, and of a match of nothing. */
  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @CsvSource({
    "Removed,\\\\s,false",
    "Removed,\\\\w+,true",
    "Isolated,e|\\\\d,false",
    "Isolated,e|\\\\d,true",
    "MergedWithPrevious,[\\\\se],false",
    "MergedWithPrevious,[\\\\se],true",
    "MergedWithNext,[\\\\se],false",
    "MergedWithNext,[\\\\se],true",
    "Contiguous,[\\\\se],false",
    "Contiguous,[\\\\se],true",
    "Isolated,,false",
    "MergedWithNext,e*,false",
    "MergedWithPrevious,e*,true",
    "Contiguous,(?=e),false",
    "Removed,(?<=\\\\d)(?=(\\\\d{3})+(?!\\\\d)),false"
  })
  void ids_ofSplit_areThoseOfTheReference(String behavior, @Nullable String regex, boolean invert) {
    compare(
        "{\"type\":\"Split\",\"pattern\":{\"Regex\":\"%s\"},\"behavior\":\"%s\",\"invert\":%b}"
            .formatted(regex == null ? "" : regex, behavior, invert));
  }

  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @EnumSource(SplitBehavior.class)
  void ids_ofPunctuation_areThoseOfTheReference(SplitBehavior behavior) {
    compare("{\"type\":\"Punctuation\",\"behavior\":\"%s\"}".formatted(behavior.jsonName()));
  }

  /**
   * Each sees the pieces of the one before; one that puts a sign before a piece does so for each.
   */
  @ParameterizedTest
  @Execution(ExecutionMode.CONCURRENT)
  @ValueSource(
      strings = {
        "{\"type\":\"Digits\",\"individual_digits\":true},{\"type\":\"ByteLevel\","
            + "\"add_prefix_space\":true,\"use_regex\":true}",
        "{\"type\":\"WhitespaceSplit\"},{\"type\":\"Metaspace\",\"replacement\":\"_\","
            + "\"prepend_scheme\":\"always\",\"split\":true}"
            + SPELLING,
        "{\"type\":\"WhitespaceSplit\"},{\"type\":\"Metaspace\",\"replacement\":\"\u2581\","
            + "\"prepend_scheme\":\"first\",\"split\":false}"
            + SPELLING,
        "{\"type\":\"Metaspace\",\"replacement\":\"e\",\"prepend_scheme\":\"first\"}" + SPELLING,
        "{\"type\":\"Metaspace\",\"replacement\":\"\u2581\",\"str_rep\":\"\u2581\","
            + "\"add_prefix_space\":true}"
            + SPELLING,
        "{\"type\":\"Metaspace\",\"replacement\":\" \",\"prepend_scheme\":\"never\"}" + SPELLING,
        "{\"type\":\"Split\",\"pattern\":{\"String\":\" \"},\"behavior\":\"MergedWithNext\","
            + "\"invert\":false},{\"type\":\"Punctuation\",\"behavior\":\"Contiguous\"},"
            + "{\"type\":\"Split\",\"pattern\":{\"Regex\":\"\\\\s+$\"},\"behavior\":\"Removed\","
            + "\"invert\":false}"
            + SPELLING
      })
  void ids_ofSequence_areThoseOfTheReference(String preTokenizers) {
    compare(
        preTokenizers,
        comparison -> {
          comparison.randomTexts(20261127, TEXTS / 10);
          comparison.addedTokens();
        });
  }

  @Test
  void ids_ofRealPatterns_areThoseOfTheReference() {
    for (String regex :
        List.of(
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?[\\p{L}\\p{M}]+|\\p{N}"
                + "| ?[^\\s\\p{L}\\p{M}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
            "'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}+|\\p{N}"
                + "| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*|\\s*[\\r\\n]|\\s+(?!\\S)|\\s+",
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?(?:\\p{L}\\p{M}*(?: \\p{L}\\p{M}*)*)+"
                + "|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]?|\\s*[\\r\\n]|\\s+(?!\\S)|\\s+",
            " ?[^(\\s|[.,!?\u2026\u3002\uFF0C\u3001\u0964\u06D4\u060C])]+")) {
      compare(
          "{\"type\":\"Split\",\"pattern\":{\"Regex\":\"%s\"},\"behavior\":\"Isolated\",\"invert\":false}"
              .formatted(regex.replace("\\", "\\\\")));
    }
  }
}
