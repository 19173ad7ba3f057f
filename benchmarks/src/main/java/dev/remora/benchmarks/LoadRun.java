package dev.remora.benchmarks;

import dev.remora.benchmarks.Report.LoadRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Loads by every way in turn, round by round, so that what else the machine does falls on all. */
final class LoadRun {
  private static final int ROUNDS_TO_WARM_UP = 2;

  private LoadRun() {}

  /** Measures a model's loads in this JVM. */
  static List<LoadRow> of(Model model, int rounds) throws IOException {
    Map<LoadPath, LoadSubject> subjects = new EnumMap<>(LoadPath.class);
    Map<LoadPath, List<Double>> nanos = new EnumMap<>(LoadPath.class);
    try {
      for (LoadPath path : LoadPath.values()) {
        path.open(model).ifPresent(subject -> subjects.put(path, subject));
      }
      for (int round = -ROUNDS_TO_WARM_UP; round < rounds; round++) {
        for (Map.Entry<LoadPath, LoadSubject> entry : subjects.entrySet()) {
          long start = System.nanoTime();
          entry.getValue().load();
          double elapsed = System.nanoTime() - start;
          if (round >= 0) {
            nanos.computeIfAbsent(entry.getKey(), path -> new ArrayList<>()).add(elapsed);
          }
        }
      }
    } finally {
      subjects.values().forEach(LoadSubject::close);
    }
    List<LoadRow> rows = new ArrayList<>();
    nanos.forEach((path, times) -> rows.add(new LoadRow(model.name(), path, times)));
    return rows;
  }

  /** A table of the medians and the least, in ms. */
  static String table(List<LoadRow> rows) {
    StringBuilder table =
        new StringBuilder("| model | load, warm | median, ms | least, ms |\n|---|---|---:|---:|\n");
    for (LoadRow row : rows) {
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %.1f | %.1f |%n",
              row.model(),
              row.path(),
              row.median() / 1e6,
              row.least() / 1e6));
    }
    return table.toString();
  }
}
