package dev.remora.benchmarks;

import dev.remora.benchmarks.Report.EncodeRow;
import dev.remora.benchmarks.Report.LoadRow;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A report as tables of Markdown. */
final class RatioTable {
  private static final String HEAD =
      """
      | model | text | %s | DJL ids / DJL encode | Remora djl / DJL encode | bpe / DJL ids \
      | bpe / JTokkit |
      |---|---|%s---:|---:|---:|---:|
      """;

  private RatioTable() {}

  static String of(Report report) {
    StringBuilder table =
        new StringBuilder(
            "Encode to ids: MB of UTF-8 a second of processor time, one thread; ratios.\n\n");
    StringBuilder names = new StringBuilder();
    for (Contender contender : Contender.values()) {
      names.append(names.isEmpty() ? "" : " | ").append(contender);
    }
    table.append(HEAD.formatted(names, "---:|".repeat(Contender.values().length)));
    byText(report).values().forEach(rows -> table.append(line(rows)));
    table.append("\nLoad, warm, in ms.\n\n| model | load | median |\n|---|---|---:|\n");
    for (LoadRow row : report.loads()) {
      table.append(
          String.format(
              Locale.ROOT, "| %s | %s | %.0f |%n", row.model(), row.path(), row.median() / 1e6));
    }
    return table
        .append(
            "\n%s; %s; %s%n%s%n"
                .formatted(report.machine(), report.java(), report.date(), report.command()))
        .toString();
  }

  private static Map<String, Map<Contender, EncodeRow>> byText(Report report) {
    Map<String, Map<Contender, EncodeRow>> rows = new LinkedHashMap<>();
    for (EncodeRow row : report.encodes()) {
      rows.computeIfAbsent(
              "| " + row.model() + " | " + row.corpus() + " |",
              text -> new EnumMap<>(Contender.class))
          .put(row.contender(), row);
    }
    return rows;
  }

  private static String line(Map<Contender, EncodeRow> rows) {
    EncodeRow first = rows.values().iterator().next();
    StringBuilder line = new StringBuilder("| " + first.model() + " | " + first.corpus() + " |");
    for (Contender contender : Contender.values()) {
      EncodeRow row = rows.get(contender);
      line.append(
          row == null ? " |" : String.format(Locale.ROOT, " %.2f |", row.megabytesPerSecond()));
    }
    line.append(ratio(rows.get(Contender.DJL_IDS_ONLY), rows.get(Contender.DJL_ENCODE)));
    line.append(ratio(rows.get(Contender.REMORA_DJL), rows.get(Contender.DJL_ENCODE)));
    line.append(ratio(rows.get(Contender.REMORA_BPE), rows.get(Contender.DJL_IDS_ONLY)));
    line.append(ratio(rows.get(Contender.REMORA_BPE), rows.get(Contender.JTOKKIT)));
    return line.append('\n').toString();
  }

  private static String ratio(@Nullable EncodeRow faster, @Nullable EncodeRow slower) {
    return faster == null || slower == null
        ? " |"
        : String.format(Locale.ROOT, " %.2fx |", slower.median() / faster.median());
  }
}
