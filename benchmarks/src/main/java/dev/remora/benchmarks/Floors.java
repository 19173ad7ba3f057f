package dev.remora.benchmarks;

import dev.remora.benchmarks.Report.TaskRow;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** What this project wants of its speed beside that of others, and what a report says of it. */
enum Floors {
  DJL_ENGINE(
      "djl engine / DJL `encode`",
      Task.ENCODE,
      1.15,
      1.4,
      Contender.REMORA_DJL,
      Contender.DJL_ENCODE,
      Models.ALL,
      Corpus.ENGLISH),
  ENGLISH_AND_CODE(
      "java engine / DJL ids only, English and Java",
      Task.ENCODE,
      30,
      60,
      Contender.REMORA_JAVA,
      Contender.DJL_IDS_ONLY,
      Models.SCANNED,
      Corpus.ENGLISH,
      Corpus.JAVA,
      Corpus.FRESH_ENGLISH,
      Corpus.FRESH_JAVA),
  CHINESE_AND_RUSSIAN(
      "java engine / DJL ids only, Chinese and Russian",
      Task.ENCODE,
      16,
      35,
      Contender.REMORA_JAVA,
      Contender.DJL_IDS_ONLY,
      Models.SCANNED,
      Corpus.CHINESE,
      Corpus.RUSSIAN,
      Corpus.FRESH_CHINESE,
      Corpus.FRESH_RUSSIAN),
  OTHER_KINDS(
      "java engine / DJL ids only, WordPiece, Unigram, compiled regexes",
      Task.ENCODE,
      15,
      30,
      Contender.REMORA_JAVA,
      Contender.DJL_IDS_ONLY,
      Models.OTHERS,
      Corpus.ENGLISH,
      Corpus.JAVA,
      Corpus.CHINESE,
      Corpus.RUSSIAN,
      Corpus.FRESH_ENGLISH,
      Corpus.FRESH_JAVA,
      Corpus.FRESH_CHINESE,
      Corpus.FRESH_RUSSIAN),
  O200K(
      "java engine / JTokkit, o200k_base, English and Java",
      Task.ENCODE,
      8,
      15,
      Contender.REMORA_JAVA,
      Contender.JTOKKIT,
      Models.O200K,
      Corpus.ENGLISH,
      Corpus.JAVA,
      Corpus.FRESH_ENGLISH,
      Corpus.FRESH_JAVA),
  CL100K(
      "java engine / JTokkit, cl100k_base",
      Task.ENCODE,
      2,
      3,
      Contender.REMORA_JAVA,
      Contender.JTOKKIT,
      Models.CL100K,
      Corpus.values()),
  DECODE(
      "java engine / DJL, decode",
      Task.DECODE,
      10,
      15,
      Contender.REMORA_JAVA,
      Contender.DJL_IDS_ONLY,
      Models.ALL,
      Corpus.values());

  private final String what;
  private final Task task;
  private final double floor;
  private final double goal;
  private final Contender faster;
  private final Contender slower;
  private final Models models;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Corpus> corpora;

  Floors(
      String what,
      Task task,
      double floor,
      double goal,
      Contender faster,
      Contender slower,
      Models models,
      Corpus... corpora) {
    this.what = what;
    this.task = task;
    this.floor = floor;
    this.goal = goal;
    this.faster = faster;
    this.slower = slower;
    this.models = models;
    this.corpora = List.of(corpora);
  }

  /** The models that a floor is meant for. */
  private enum Models {
    ALL,
    O200K,
    CL100K,
    /** Byte-level BPE behind a scanner that was written for its regex. */
    SCANNED,
    OTHERS;

    private static final Set<String> WITH_SCANNER = Set.of("o200k_base", "cl100k_base", "llama-3");

    boolean has(String model) {
      return switch (this) {
        case ALL -> true;
        case O200K -> model.equals("o200k_base");
        case CL100K -> model.equals("cl100k_base");
        case SCANNED -> WITH_SCANNER.contains(model);
        case OTHERS -> !WITH_SCANNER.contains(model);
      };
    }
  }

  /**
   * Two tables: ratios, of which the least counts (warm over texts that are encoded again and
   * again, fresh over others), and what should be small, of which the most counts.
   */
  static String table(Report report) {
    StringBuilder table =
        new StringBuilder(
            "\n| least ratio | floor | goal | warm | fresh |\n|---|---:|---:|---:|---:|\n");
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
    return table
        .append("\n| most, java engine | bound | goal | measured |\n|---|---:|---:|---:|\n")
        .append(most("prompt of 60 characters, µs", "3", "1", "%.2f", shortPrompts(report)))
        .append(most("heap bytes a token, prompts of 10 kB", "12", "8", "%.0f", allocated(report)))
        .append(
            most("stream decode, ns a token", "20", "8", "%.1f", nanosAToken(report, Task.STREAM)))
        .append(
            most(
                "stream decode, heap bytes a token",
                "24",
                "8",
                "%.1f",
                bytesAToken(report, Task.STREAM)))
        .append(
            most(
                "stream decode with stops, ns a token",
                "60",
                "30",
                "%.1f",
                nanosAToken(report, Task.STREAM_WITH_STOPS)))
        .append(
            most(
                "stream decode with stops, heap bytes a token",
                "48",
                "24",
                "%.1f",
                bytesAToken(report, Task.STREAM_WITH_STOPS)))
        .append(most("first load of a JVM / DJL's", "0.50x", "0.30x", "%.2fx", firstLoads(report)))
        .append(most("remote load over local, ms", "100", "50", "%.0f", remoteLoads(report)))
        .toString();
  }

  private static String most(
      String what, String bound, String goal, String format, DoubleStream measured) {
    return String.format(
        Locale.ROOT, "| %s | %s | %s | %s |%n", what, bound, goal, text(format, measured.max()));
  }

  private static String text(String format, OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, format, value.getAsDouble()) : "–";
  }

  private static DoubleStream shortPrompts(Report report) {
    return encodes(report)
        .filter(row -> row.corpus() == Corpus.TINY_PROMPT)
        .mapToDouble(row -> row.median() / 1e3);
  }

  private static DoubleStream allocated(Report report) {
    return encodes(report)
        .filter(row -> row.corpus() != Corpus.TINY_PROMPT)
        .mapToDouble(row -> (double) row.allocated() / row.ids());
  }

  private static Stream<TaskRow> encodes(Report report) {
    return rows(report, Task.ENCODE);
  }

  private static Stream<TaskRow> rows(Report report, Task task) {
    return report.tasks().stream()
        .filter(row -> row.contender() == Contender.REMORA_JAVA && row.task() == task);
  }

  private static DoubleStream nanosAToken(Report report, Task task) {
    return rows(report, task).mapToDouble(row -> row.median() / row.ids());
  }

  private static DoubleStream bytesAToken(Report report, Task task) {
    return rows(report, task).mapToDouble(row -> (double) row.allocated() / row.ids());
  }

  private static DoubleStream firstLoads(Report report) {
    return report.freshLoads().stream()
        .mapToDouble(row -> Report.median(row.build()) / Report.median(row.djl()));
  }

  private static DoubleStream remoteLoads(Report report) {
    return report.loads().stream()
        .filter(row -> row.path() == LoadPath.REMORA_JAVA_REMOTE)
        .mapToDouble(
            remote ->
                report.loads().stream()
                    .filter(row -> row.path() == LoadPath.REMORA_JAVA_LOCAL)
                    .filter(local -> local.model().equals(remote.model()))
                    .mapToDouble(local -> (remote.median() - local.median()) / 1e6)
                    .sum());
  }

  private String measured(Report report, boolean fresh) {
    OptionalDouble least =
        report.tasks().stream()
            .filter(row -> row.contender() == faster && row.task() == task)
            .filter(row -> models.has(row.model()))
            .filter(row -> corpora.contains(row.corpus()) && row.corpus().isFresh() == fresh)
            .flatMapToDouble(
                row ->
                    report.tasks().stream()
                        .filter(other -> isSame(row, other) && other.contender() == slower)
                        .mapToDouble(other -> other.median() / row.median()))
            .min();
    return text("%.1fx", least);
  }

  private static boolean isSame(TaskRow row, TaskRow other) {
    return Arrays.asList(row.model(), row.task(), row.corpus())
        .equals(Arrays.asList(other.model(), other.task(), other.corpus()));
  }
}
