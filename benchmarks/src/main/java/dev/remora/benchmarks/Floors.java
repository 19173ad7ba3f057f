package dev.remora.benchmarks;

import dev.remora.benchmarks.Report.TaskRow;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** What this project wants of its speed beside that of others, and what a report says of it. */
enum Floors {
  DJL_ENGINE(
      "djl engine / DJL `encode`",
      1.15,
      1.4,
      Contender.REMORA_DJL,
      Contender.DJL_ENCODE,
      "",
      Corpus.ENGLISH),
  ENGLISH_AND_CODE(
      "bpe engine / DJL ids only, English and Java",
      15,
      25,
      Contender.REMORA_BPE,
      Contender.DJL_IDS_ONLY,
      "",
      Corpus.ENGLISH,
      Corpus.JAVA,
      Corpus.FRESH_ENGLISH,
      Corpus.FRESH_JAVA),
  CHINESE_AND_RUSSIAN(
      "bpe engine / DJL ids only, Chinese and Russian",
      6,
      12,
      Contender.REMORA_BPE,
      Contender.DJL_IDS_ONLY,
      "",
      Corpus.CHINESE,
      Corpus.RUSSIAN,
      Corpus.FRESH_CHINESE,
      Corpus.FRESH_RUSSIAN),
  O200K(
      "bpe engine / JTokkit, o200k_base",
      5,
      8,
      Contender.REMORA_BPE,
      Contender.JTOKKIT,
      "o200k_base",
      Corpus.values()),
  CL100K(
      "bpe engine / JTokkit, cl100k_base",
      1.5,
      2.5,
      Contender.REMORA_BPE,
      Contender.JTOKKIT,
      "cl100k_base",
      Corpus.values());

  private final String what;
  private final double floor;
  private final double goal;
  private final Contender faster;
  private final Contender slower;
  private final String model; // empty for all

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Corpus> corpora;

  Floors(
      String what,
      double floor,
      double goal,
      Contender faster,
      Contender slower,
      String model,
      Corpus... corpora) {
    this.what = what;
    this.floor = floor;
    this.goal = goal;
    this.faster = faster;
    this.slower = slower;
    this.model = model;
    this.corpora = List.of(corpora);
  }

  /**
   * The table: warm is the least over texts that are encoded again and again, fresh over others.
   */
  static String table(Report report) {
    StringBuilder table =
        new StringBuilder(
            "\n| encode, least ratio | floor | goal | warm | fresh |\n|---|---:|---:|---:|---:|\n");
    for (Floors floor : values()) {
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %.2fx | %.2fx | %s | %s |%n",
              floor.what,
              floor.floor,
              floor.goal,
              floor.measured(report, false),
              floor.measured(report, true)));
    }
    return table.toString();
  }

  private String measured(Report report, boolean fresh) {
    OptionalDouble least =
        report.tasks().stream()
            .filter(row -> row.contender() == faster && row.task() == Task.ENCODE)
            .filter(row -> model.isEmpty() || model.equals(row.model()))
            .filter(row -> corpora.contains(row.corpus()) && row.corpus().isFresh() == fresh)
            .flatMapToDouble(
                row ->
                    report.tasks().stream()
                        .filter(other -> isSame(row, other) && other.contender() == slower)
                        .mapToDouble(other -> other.median() / row.median()))
            .min();
    return least.isPresent() ? String.format(Locale.ROOT, "%.1fx", least.getAsDouble()) : "–";
  }

  private static boolean isSame(TaskRow row, TaskRow other) {
    return Arrays.asList(row.model(), row.task(), row.corpus())
        .equals(Arrays.asList(other.model(), other.task(), other.corpus()));
  }
}
