package dev.remora.forms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.remora.LoadException;
import dev.remora.LoadStatus;
import dev.remora.Rule;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.guard.BuildGuard;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Every loop whose length a bundle chooses can be ended. */
class BuildGuardTest {
  private static final int COUNT = 200_000;

  /** Reading asks about once for 4,096 elements; so one of the last of those times ends it. */
  private static void assertEndsWithin(int elements, TokenizerBundle bundle) {
    AtomicInteger left = new AtomicInteger(elements / 4096);
    BuildGuard guard =
        () -> {
          if (left.decrementAndGet() < 0) {
            throw new LoadException(Rule.C4, LoadStatus.CANCELLED, "ended", null);
          }
        };
    LoadException end = assertThrows(LoadException.class, () -> BundleForms.define(bundle, guard));
    assertEquals(LoadStatus.CANCELLED, end.status());
  }

  private static String many(String separator, IntFunction<String> element) {
    StringBuilder text = new StringBuilder(element.apply(0));
    for (int i = 1; i < COUNT; i++) {
      text.append(separator).append(element.apply(i));
    }
    return text.toString();
  }

  private static TokenizerBundle tiny(String part, String replacement) {
    String tiny = new String(TinyTokenizers.byteLevel(), StandardCharsets.UTF_8);
    return TinyTokenizers.bundle(tiny.replace(part, replacement).getBytes(StandardCharsets.UTF_8));
  }

  private static TokenizerBundle files(String... namesAndTexts) {
    TokenizerBundle.Builder bundle = TokenizerBundle.builder(Fingerprint.local());
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      bundle.add(namesAndTexts[i], namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
    }
    return bundle.build();
  }

  @Test
  void vocabulary_canBeEnded() {
    String words = many(",", i -> "\"w%d\":%d".formatted(i, 300 + i));
    assertEndsWithin(COUNT, tiny("\"vocab\":{", "\"vocab\":{" + words + ","));
  }

  @Test
  void merges_canBeEnded() {
    String merges = many(",", i -> "\"h e\"");
    assertEndsWithin(COUNT, tiny("\"merges\":[", "\"merges\":[" + merges + ","));
  }

  @Test
  void pieces_canBeEnded() {
    String unigram = new String(TinyTokenizers.unigram(), StandardCharsets.UTF_8);
    String pieces = many(",", i -> "[\"p%d\",-1.5]".formatted(i));
    byte[] json = unigram.replace("[\"s\",-5.0]", pieces).getBytes(StandardCharsets.UTF_8);
    assertEndsWithin(COUNT, TinyTokenizers.bundle(json));
  }

  @Test
  void vocabularyAndMerges_canBeEnded() {
    assertEndsWithin(
        2 * COUNT,
        files(
            "tokenizer_config.json",
            "{\"tokenizer_class\":\"GPT2Tokenizer\"}",
            "vocab.json",
            "{" + many(",", i -> "\"w%d\":%d".formatted(i, i)) + "}",
            "merges.txt",
            many("\n", i -> "h e")));
  }

  @Test
  void rankFile_canBeEnded() {
    assertEndsWithin(
        2 * COUNT, // lines, and places to cut a token
        files(
            "qwen.tiktoken",
            many(
                "\n",
                i ->
                    Base64.getEncoder().encodeToString(("w" + i).getBytes(StandardCharsets.UTF_8))
                        + " "
                        + i)));
  }
}
