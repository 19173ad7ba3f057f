package dev.remora.benchmarks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.benchmarks.Report.LoadRow;
import dev.remora.benchmarks.Report.TaskRow;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a report says of the floors: the least ratio, the most of what should be small. */
final class FloorsTest {
  private static final String TABLE =
      Floors.table(
          Report.of(
              "",
              List.of(
                  row("o200k_base", Task.ENCODE, Corpus.ENGLISH, Contender.DJL_IDS_ONLY, 60_000),
                  row("o200k_base", Task.ENCODE, Corpus.ENGLISH, Contender.REMORA_JAVA, 2_000),
                  row("o200k_base", Task.ENCODE, Corpus.JAVA, Contender.DJL_IDS_ONLY, 50_000),
                  row("o200k_base", Task.ENCODE, Corpus.JAVA, Contender.REMORA_JAVA, 2_500),
                  row("o200k_base", Task.ENCODE, Corpus.FRESH_JAVA, Contender.DJL_IDS_ONLY, 34_000),
                  row("o200k_base", Task.ENCODE, Corpus.FRESH_JAVA, Contender.REMORA_JAVA, 2_000),
                  row("b", Task.ENCODE, Corpus.FRESH_CHINESE, Contender.DJL_IDS_ONLY, 62_000),
                  row("b", Task.ENCODE, Corpus.FRESH_CHINESE, Contender.REMORA_JAVA, 2_000),
                  row("b", Task.ENCODE, Corpus.TINY_PROMPT, Contender.REMORA_JAVA, 800),
                  row("o200k_base", Task.ENCODE, Corpus.TINY_PROMPT, Contender.REMORA_JAVA, 700),
                  row("o200k_base", Task.DECODE, Corpus.JAVA, Contender.DJL_IDS_ONLY, 7_000),
                  row("o200k_base", Task.DECODE, Corpus.JAVA, Contender.REMORA_JAVA, 500),
                  row("o200k_base", Task.STREAM, Corpus.ENGLISH, Contender.REMORA_JAVA, 200),
                  row("b", Task.STREAM, Corpus.CHINESE, Contender.REMORA_JAVA, 250),
                  row(
                      "o200k_base",
                      Task.STREAM_WITH_STOPS,
                      Corpus.ENGLISH,
                      Contender.REMORA_JAVA,
                      500)),
              List.of(
                  new LoadRow("a", LoadPath.REMORA_JAVA_LOCAL, List.of(70e6)),
                  new LoadRow("a", LoadPath.REMORA_JAVA_REMOTE, List.of(95e6)),
                  new LoadRow("b", LoadPath.REMORA_JAVA_LOCAL, List.of(200e6)),
                  new LoadRow("b", LoadPath.REMORA_JAVA_REMOTE, List.of(210e6))),
              List.of(
                  new FreshLoad.Row("a", List.of(100.0), List.of(5.0), List.of(30.0)),
                  new FreshLoad.Row("b", List.of(100.0), List.of(5.0), List.of(45.0))),
              List.of()));

  private static TaskRow row(
      String model, Task task, Corpus corpus, Contender contender, double nanos) {
    return new TaskRow(model, task, corpus, contender, 100, 25, 200, List.of(nanos));
  }

  @Test
  void table_ratios_areTheLeastOfTheirKind() {
    assertHas("| java engine / DJL ids only, English and Java | 30.00x | 60.00x | 20.0x | 17.0x |");
    assertHas("| java engine / DJL, decode | 10.00x | 15.00x | 14.0x | – |");
    assertHas("| java engine / JTokkit, o200k_base, English and Java | 8.00x | 15.00x | – | – |");
  }

  @Test
  void table_ratiosOfOtherKinds_areThoseOfModelsWithoutAScanner() {
    assertHas(
        "| java engine / DJL ids only, WordPiece, Unigram, compiled regexes | 15.00x | 30.00x | –"
            + " | 31.0x |");
  }

  @Test
  void table_timesAndSizes_areTheMostOfAllModels() {
    assertHas("| prompt of 60 characters, µs | 3 | 1 | 0.80 |");
    assertHas("| heap bytes a token, prompts of 10 kB | 12 | 8 | 8 |");
    assertHas("| stream decode, ns a token | 20 | 8 | 10.0 |");
    assertHas("| stream decode, heap bytes a token | 24 | 8 | 8.0 |");
    assertHas("| stream decode with stops, ns a token | 60 | 30 | 20.0 |");
    assertHas("| stream decode with stops, heap bytes a token | 48 | 24 | 8.0 |");
    assertHas("| first load of a JVM / DJL's | 0.50x | 0.30x | 0.45x |");
    assertHas("| remote load over local, ms | 100 | 50 | 25 |");
  }

  private static void assertHas(String line) {
    assertTrue(TABLE.lines().anyMatch(line::equals), TABLE);
  }
}
