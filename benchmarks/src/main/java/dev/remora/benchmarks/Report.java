package dev.remora.benchmarks;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * One quick run.
 *
 * @param machine processor, number of processors, system
 * @param java the JVM's version
 * @param date when it began, in UTC
 * @param command how to repeat it
 * @param tasks one row for each model, task, text and contender
 * @param loads one row for each model and way to load
 * @param freshLoads one row for each model
 * @param batches one row for each model
 */
record Report(
    String machine,
    String java,
    String date,
    String command,
    List<TaskRow> tasks,
    List<LoadRow> loads,
    List<FreshLoad.Row> freshLoads,
    List<BatchRow> batches) {

  /**
   * One task on one text.
   *
   * @param bytes of the text in UTF-8
   * @param ids that it encodes to
   * @param allocated bytes of Java heap for one call
   * @param nanos of processor time for one call, one number a round
   */
  record TaskRow(
      String model,
      Task task,
      Corpus corpus,
      Contender contender,
      int bytes,
      int ids,
      long allocated,
      List<Double> nanos) {
    double median() {
      return Report.median(nanos);
    }

    double megabytesPerSecond() {
      return bytes * 1e3 / median();
    }
  }

  /**
   * Loads in a JVM that has loaded before.
   *
   * @param nanos of one load, one number a round
   */
  record LoadRow(String model, LoadPath path, List<Double> nanos) {
    double median() {
      return Report.median(nanos);
    }

    double least() {
      return Collections.min(nanos);
    }
  }

  /**
   * Many prompts at once over Remora's own engine.
   *
   * @param threads of the executor
   * @param bytes of all prompts
   * @param alone nanoseconds of wall time on the calling thread, one number a round
   * @param together the same with the executor
   */
  record BatchRow(String model, int threads, int bytes, List<Double> alone, List<Double> together) {
    double megabytesPerSecondAlone() {
      return bytes * 1e3 / Report.median(alone);
    }

    double megabytesPerSecondTogether() {
      return bytes * 1e3 / Report.median(together);
    }
  }

  static Report of(
      String command,
      List<TaskRow> tasks,
      List<LoadRow> loads,
      List<FreshLoad.Row> freshLoads,
      List<BatchRow> batches) {
    return new Report(
        thisMachine(),
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        command,
        tasks,
        loads,
        freshLoads,
        batches);
  }

  private static String thisMachine() {
    return String.format(
        Locale.ROOT,
        "%s, %d processors, %s %s",
        processor(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name"),
        System.getProperty("os.arch"));
  }

  private static String processor() {
    Path info = Path.of("/proc/cpuinfo"); // Linux only; elsewhere the architecture must do
    try {
      return Files.readAllLines(info).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("processor");
    } catch (IOException e) {
      return "processor";
    }
  }

  static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[middle]
        : Arrays.stream(sorted, middle - 1, middle + 1).average().orElseThrow();
  }

  /** Writes the raw numbers and the chart into a directory, named by the date. */
  void write(Path folder) throws IOException {
    Gson gson = new GsonBuilder().setPrettyPrinting().create();
    String name = "quick-" + date.substring(0, 10);
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(name + ".json"), gson.toJson(this) + "\n");
    Files.writeString(folder.resolve(name + ".svg"), Chart.svg(this));
  }
}
