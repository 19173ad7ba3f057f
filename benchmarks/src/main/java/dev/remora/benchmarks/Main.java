package dev.remora.benchmarks;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * {@code java -jar benchmarks.jar quick [MODEL…]} takes about two and a half minutes for the
 * default models, o200k_base and cl100k_base, and prints a table of ratios; with {@code
 * -Dresults=FOLDER} it writes the raw numbers and a chart there. {@code java -jar benchmarks.jar
 * jmh [OPTIONS]} runs JMH.
 */
public final class Main {
  private Main() {}

  /** The entry point. */
  public static void main(String[] arguments) throws Exception {
    System.setProperty("OPT_OUT_TRACKING", "true"); // DJL alone would call home
    System.setProperty("RUST_FLAVOR", "cpu");
    String verb = arguments.length == 0 ? "quick" : arguments[0];
    String[] rest =
        arguments.length == 0 ? arguments : Arrays.copyOfRange(arguments, 1, arguments.length);
    switch (verb) {
      case "quick" -> quick(List.of(rest));
      case "jmh" -> org.openjdk.jmh.Main.main(rest);
      default -> {
        System.err.println("usage: quick [MODEL…] | jmh [OPTIONS]");
        System.exit(2);
      }
    }
  }

  private static void quick(List<String> named) throws Exception {
    List<String> models = named.isEmpty() ? List.of("o200k_base", "cl100k_base") : named;
    String folderOption = System.getProperty("tokenizers") == null ? "" : "-Dtokenizers=FOLDER ";
    String command =
        "java %s-jar benchmarks/target/benchmarks.jar quick %s"
            .formatted(folderOption, String.join(" ", models));
    Report report = new QuickRun().run(models, command);
    System.out.print(RatioTable.of(report));
    String folder = System.getProperty("results");
    if (folder != null) {
      report.write(Path.of(folder));
    }
  }
}
