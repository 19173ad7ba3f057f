package dev.remora.engine.normalize;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.remora.conformance.EngineComparison;
import dev.remora.conformance.contract.ContractBundle;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.djl.DjlEngine;
import dev.remora.engine.JavaEngine;
import dev.remora.engine.TestDefinitions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each normalizer makes of a text, and of its offsets, what the reference makes. */
final class NormalizerParityTest {
  private static final int TEXTS = Integer.getInteger("remora.parity.texts", 50_000) / 50;
  private static final boolean WHOLE = TEXTS > 1_000;

  static List<String> normalizers() {
    List<String> all = new ArrayList<>();
    for (String type :
        List.of("NFC", "NFD", "NFKC", "NFKD", "Lowercase", "StripAccents", "Nmt", "ByteLevel")) {
      all.add("{\"type\":\"%s\"}".formatted(type));
    }
    all.add("{\"type\":\"Strip\",\"strip_left\":true,\"strip_right\":true}");
    all.add("{\"type\":\"Strip\",\"strip_left\":false,\"strip_right\":true}");
    for (String flags :
        List.of(
            "true true null true",
            "true true null false",
            "false true true false",
            "true false false true",
            "false false true true")) {
      String[] flag = flags.split(" ");
      all.add(
          """
          {"type":"BertNormalizer","clean_text":%s,"handle_chinese_chars":%s,"strip_accents":%s,
          "lowercase":%s}
          """
              .formatted((Object[]) flag));
    }
    all.add(precompiled());
    all.add("{\"type\":\"Prepend\",\"prepend\":\"\u2581x\"}");
    all.add(replace("a", ""));
    all.add(replace("ab", "\u00E9\u4E2D"));
    all.add(replace("\u4E2D", "c"));
    all.add(replace("''", "\""));
    all.add(replaceRegex("\\s+", " "));
    all.add(replaceRegex(" {2,}", "\u2581"));
    all.add(replaceRegex("x+y?|.(?=\\p{L}$)", "\u00E9-"));
    all.add(replaceRegex("(?<=a).|b$|^.", ""));
    all.add(
        sequence(
            "{\"type\":\"NFC\"}", replaceRegex("\\s+", " "), replaceRegex("^ |\\d(?=\\d)", "")));
    all.add(
        sequence(
            replace("``", "\""),
            "{\"type\":\"NFKD\"}",
            "{\"type\":\"StripAccents\"}",
            "{\"type\":\"Lowercase\"}",
            precompiled()));
    all.add(
        sequence(
            "{\"type\":\"NFKC\"}",
            "{\"type\":\"Strip\"}",
            "{\"type\":\"ByteLevel\"}",
            "{\"type\":\"Prepend\",\"prepend\":\"ab\"}"));
    all.add(sequence("{\"type\":\"Nmt\"}", precompiled(), "{\"type\":\"NFD\"}"));
    return all;
  }

  /** All of them where a million texts are compared; each takes seconds. */
  static List<String> someNormalizers() {
    return WHOLE ? normalizers() : List.of("{\"type\":\"NFKC\"}", precompiled());
  }

  private static String replace(String what, String content) {
    return "{\"type\":\"Replace\",\"pattern\":{\"String\":\"%s\"},\"content\":\"%s\"}"
        .formatted(what, content.replace("\"", "\\\""));
  }

  private static String replaceRegex(String regex, String content) {
    return "{\"type\":\"Replace\",\"pattern\":{\"Regex\":\"%s\"},\"content\":\"%s\"}"
        .formatted(regex.replace("\\", "\\\\"), content);
  }

  private static String sequence(String... parts) {
    return "{\"type\":\"Sequence\",\"normalizers\":[%s]}".formatted(String.join(",", parts));
  }

  /** Entries that lengthen, shorten and drop, in clusters of every kind. */
  static String precompiled() {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("\t", " ");
    entries.put("\r", " ");
    entries.put("a", "b");
    entries.put("e\u0301", "\u00E9");
    entries.put("\u00A0", " ");
    entries.put("\u00A9", "(c)");
    entries.put("\u00BD", "1\u20442");
    entries.put("\u0301", "");
    entries.put("\u0600", "x");
    entries.put("\u0915", "k");
    entries.put("\u0E33", "\u0E4D\u0E32");
    entries.put("\u1100", "g");
    entries.put("\u1161", "a");
    entries.put("\u200B", "");
    entries.put("\u200D", "-");
    entries.put("\u2600", "*");
    entries.put("\u30AB", "ka");
    entries.put("\u4E2D\u56FD", "China");
    entries.put("\uAC00", "ga");
    entries.put("\uFB01", "fi");
    entries.put("\uFF21", "A");
    entries.put("\uD83D\uDE00", ":)");
    return "{\"type\":\"Precompiled\",\"precompiled_charsmap\":\"%s\"}"
        .formatted(TestCharsmap.of(entries));
  }

  private static void compare(String normalizer, Consumer<EngineComparison> comparisons) {
    String json = new String(ContractBundle.BYTE_LEVEL.json(), StandardCharsets.UTF_8);
    TokenizerDefinition definition =
        TestDefinitions.of(TestDefinitions.replaceMember(json, "normalizer", normalizer));
    List<String> failures = new ArrayList<>();
    try (EngineComparison comparison =
        new EngineComparison(definition, new JavaEngine(), new DjlEngine(), failures::add)) {
      comparisons.accept(comparison);
      assertEquals(List.of(), failures.subList(0, Math.min(5, failures.size())));
    }
  }

  @ParameterizedTest
  @MethodSource("normalizers")
  void texts_ofEveryKind_areEqual(String normalizer) {
    compare(normalizer, comparison -> comparison.randomTexts(20261127, TEXTS));
    compare(normalizer, EngineComparison::addedTokens);
  }

  @ParameterizedTest
  @MethodSource("someNormalizers")
  void everyCodePoint_inEightContexts_isEqual(String normalizer) {
    compare(normalizer, comparison -> comparison.everyCodePoint(WHOLE ? 1 : 977));
  }
}
