package dev.remora.benchmarks;

import dev.remora.benchmarks.Report.BatchRow;
import dev.remora.benchmarks.Report.TaskRow;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A report as tables of Markdown. */
final class RatioTable {
  private static final String FRESH_LOADS =
      """

      The first load of a JVM, from the bytes of the file, in ms.

      | model | DJL | java | its SHA-256 | java / DJL |
      |---|---:|---:|---:|---:|
      """;

  private RatioTable() {}

  static String of(Report report) {
    StringBuilder table =
        new StringBuilder(
            "MB of UTF-8 a second of processor time, one thread; ratios; heap bytes a token. Texts"
                + " named FRESH are seen for the first time, all others again and again.\n\n");
    StringBuilder names = new StringBuilder();
    for (Contender contender : Contender.values()) {
      names.append(names.isEmpty() ? "" : " | ").append(contender);
    }
    table.append(
        String.format(
            Locale.ROOT,
            """
            | model | task | text | %s | DJL ids / DJL | Remora djl / DJL | java / DJL ids \
            | java / JTokkit | B a token, djl | B a token, java |
            |---|---|---|%s---:|---:|---:|---:|---:|---:|
            """,
            names,
            "---:|".repeat(Contender.values().length)));
    byText(report).values().forEach(rows -> table.append(line(rows)));
    table.append('\n').append(LoadRun.table(report.loads()));
    table.append(FRESH_LOADS);
    for (FreshLoad.Row row : report.freshLoads()) {
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %.0f | %.0f | %.0f | %.2fx |%n",
              row.model(),
              Report.median(row.djl()) / 1e6,
              Report.median(row.build()) / 1e6,
              Report.median(row.hash()) / 1e6,
              Report.median(row.build()) / Report.median(row.djl())));
    }
    table.append("\nencodeAll of 100 fresh English prompts, java engine, MB/s of wall time.\n\n");
    table.append(
        "| model | calling thread | with an executor | its threads |\n|---|---:|---:|---:|\n");
    for (BatchRow row : report.batches()) {
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %.2f | %.2f | %d |%n",
              row.model(),
              row.megabytesPerSecondAlone(),
              row.megabytesPerSecondTogether(),
              row.threads()));
    }
    return table
        .append(Floors.table(report))
        .append(
            String.format(
                Locale.ROOT,
                "\n%s; %s; %s%n%s%n",
                report.machine(),
                report.java(),
                report.date(),
                report.command()))
        .toString();
  }

  private static Map<String, Map<Contender, TaskRow>> byText(Report report) {
    Map<String, Map<Contender, TaskRow>> rows = new LinkedHashMap<>();
    for (TaskRow row : report.tasks()) {
      rows.computeIfAbsent(
              String.format(Locale.ROOT, "| %s | %s | %s |", row.model(), row.task(), row.corpus()),
              text -> new EnumMap<>(Contender.class))
          .put(row.contender(), row);
    }
    return rows;
  }

  private static String line(Map<Contender, TaskRow> rows) {
    TaskRow first = rows.values().iterator().next();
    StringBuilder line =
        new StringBuilder(
            String.format(
                Locale.ROOT, "| %s | %s | %s |", first.model(), first.task(), first.corpus()));
    for (Contender contender : Contender.values()) {
      TaskRow row = rows.get(contender);
      line.append(
          row == null ? " |" : String.format(Locale.ROOT, " %.2f |", row.megabytesPerSecond()));
    }
    line.append(ratio(rows.get(Contender.DJL_IDS_ONLY), rows.get(Contender.DJL_ENCODE)));
    line.append(ratio(rows.get(Contender.REMORA_DJL), rows.get(Contender.DJL_ENCODE)));
    line.append(ratio(rows.get(Contender.REMORA_JAVA), rows.get(Contender.DJL_IDS_ONLY)));
    line.append(ratio(rows.get(Contender.REMORA_JAVA), rows.get(Contender.JTOKKIT)));
    line.append(allocation(rows.get(Contender.REMORA_DJL)));
    line.append(allocation(rows.get(Contender.REMORA_JAVA)));
    return line.append('\n').toString();
  }

  private static String allocation(@Nullable TaskRow row) {
    return row == null
        ? " |"
        : String.format(Locale.ROOT, " %.0f |", (double) row.allocated() / row.ids());
  }

  private static String ratio(@Nullable TaskRow faster, @Nullable TaskRow slower) {
    return faster == null || slower == null
        ? " |"
        : String.format(Locale.ROOT, " %.2fx |", slower.median() / faster.median());
  }
}
