package dev.remora.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.conformance.EngineComparison;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.text.ByteAlphabet;
import dev.remora.djl.DjlEngine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of megabytes give DJL's ids, whole. */
final class LargeTextTest {
  private static final int TEN_MEGABYTES = 10_000_000;

  private static final List<String> failures = new ArrayList<>();
  private static List<String> words;
  private static EngineComparison comparison;

  @BeforeAll
  static void open() {
    TokenizerDefinition definition = TestVocabulary.O200K.definition();
    words = new ArrayList<>();
    definition
        .vocabulary()
        .forEachModelToken(
            (utf8, from, to, id) -> {
              byte[] bytes = new byte[to - from];
              int end = ByteAlphabet.decode(utf8, from, to, bytes, 0);
              words.add(new String(bytes, 0, end, StandardCharsets.UTF_8));
            });
    Collections.shuffle(words, new Random(20261123));
    comparison = new EngineComparison(definition, new JavaEngine(), new DjlEngine(), failures::add);
  }

  @AfterAll
  static void close() {
    comparison.close();
  }

  private static void compare(String text) {
    failures.clear();
    long before = comparison.passed();
    comparison.text(text, true, false);
    assertEquals(List.of(), failures);
    assertTrue(comparison.passed() > before);
  }

  /** All that was learned from texts of the whole world, in an order that nobody wrote. */
  @Test
  void tenMegabytes_ofEveryToken_areEqual() {
    StringBuilder text = new StringBuilder();
    int bytes = 0;
    for (int index = 0; bytes < TEN_MEGABYTES; index++) {
      String word = words.get(index % words.size());
      text.append(word).append(index % 7 == 0 ? " " : "");
      bytes += word.getBytes(StandardCharsets.UTF_8).length;
    }
    compare(text.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", " ", "\n", "中", "é", "!", "7", "ab", "\uD83D\uDE00"})
  void million_ofOneCharacter_isEqual(String character) {
    compare(character.repeat(1_000_000));
  }
}
