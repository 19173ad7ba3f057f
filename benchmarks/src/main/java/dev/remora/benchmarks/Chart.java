package dev.remora.benchmarks;

import dev.remora.benchmarks.Report.TaskRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A report's throughputs as bars, on a logarithmic scale from 0.1 to 1,000 MB/s. */
final class Chart {
  private static final int LEFT = 190;
  private static final int WIDTH = 600;
  private static final int BAR = 11;
  private static final Map<Contender, String> COLOURS =
      Map.of(
          Contender.DJL_ENCODE, "#b8b8b8",
          Contender.DJL_IDS_ONLY, "#7d7d7d",
          Contender.JTOKKIT, "#d9a441",
          Contender.REMORA_DJL, "#5aa9c7",
          Contender.REMORA_JAVA, "#0b6e8f");

  private Chart() {}

  static String svg(Report report) {
    StringBuilder body = new StringBuilder();
    int y = 60;
    for (Map.Entry<String, List<TaskRow>> group : groups(report).entrySet()) {
      body.append(text(LEFT - 8, y + BAR, "end", group.getKey()));
      for (TaskRow row : group.getValue()) {
        body.append(bar(row, y));
        y += BAR + 1;
      }
      y += 10;
    }
    return String.format(
        Locale.ROOT,
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" \
        font-size="11">
        <rect width="100%%" height="100%%" fill="white"/>
        %s%s%s</svg>
        """,
        LEFT + WIDTH + 80,
        y + 30,
        legend(),
        body,
        text(10, y + 15, "start", foot(report)));
  }

  private static Map<String, List<TaskRow>> groups(Report report) {
    Map<String, List<TaskRow>> groups = new LinkedHashMap<>();
    for (TaskRow row : report.tasks()) {
      if (row.task() != Task.ENCODE) {
        continue;
      }
      groups.computeIfAbsent(row.model() + " " + row.corpus(), name -> new ArrayList<>()).add(row);
    }
    return groups;
  }

  private static String bar(TaskRow row, int y) {
    double speed = row.megabytesPerSecond();
    double decades = Math.log10(Math.max(speed, 0.1)) + 1; // 0.1 MB/s is at the left
    int width = (int) Math.max(1, Math.min(4, decades) / 4 * WIDTH);
    String rect =
        String.format(
            Locale.ROOT,
            "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>%n",
            LEFT,
            y,
            width,
            BAR,
            COLOURS.get(row.contender()));
    return rect
        + text(LEFT + width + 4, y + BAR - 2, "start", String.format(Locale.ROOT, "%.1f", speed));
  }

  private static String legend() {
    StringBuilder legend =
        new StringBuilder(text(10, 20, "start", "Encode to ids, MB/s of UTF-8, one thread (log)"));
    int x = LEFT;
    for (Contender contender : Contender.values()) {
      legend.append(
          String.format(
              Locale.ROOT,
              "<rect x=\"%d\" y=\"32\" width=\"10\" height=\"10\" fill=\"%s\"/>%n",
              x,
              COLOURS.get(contender)));
      legend.append(text(x + 14, 41, "start", contender.toString()));
      x += 120;
    }
    return legend.toString();
  }

  private static String foot(Report report) {
    return report.machine() + "; " + report.java() + "; " + report.date();
  }

  private static String text(int x, int y, String anchor, String text) {
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
    return String.format(
        Locale.ROOT,
        "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n",
        x,
        y,
        anchor,
        escaped);
  }
}
