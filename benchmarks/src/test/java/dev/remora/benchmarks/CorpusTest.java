package dev.remora.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The texts are of the size they say, and the same each time. */
final class CorpusTest {
  @ParameterizedTest
  @EnumSource
  void text_anyCorpus_isOfItsSizeAndRepeats(Corpus corpus) {
    String text = corpus.text();
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    int most = corpus == Corpus.TINY_PROMPT ? 60 : 10_000;
    assertTrue(bytes <= most && bytes > most * 9 / 10, corpus + ": " + bytes);
    assertEquals(text, corpus.text());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "FRESH_.*")
  void texts_freshCorpus_areAllDifferentAndOfTheirSize(Corpus corpus) {
    List<String> texts = corpus.texts();
    assertEquals(1_000, new HashSet<>(texts).size());
    for (String text : texts) {
      int bytes = text.getBytes(StandardCharsets.UTF_8).length;
      assertTrue(bytes <= 10_000 && bytes > 9_000, corpus + ": " + bytes);
    }
    assertEquals(corpus.text(), texts.get(0));
  }
}
