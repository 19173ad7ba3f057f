package dev.remora.benchmarks;

import dev.remora.Tokenizer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * {@code java -jar benchmarks.jar quick [MODEL…]} takes about two and a half minutes for the
 * default models, o200k_base and cl100k_base, and prints a table of ratios; with {@code
 * -Dresults=FOLDER} it writes the raw numbers and a chart there. {@code java -jar benchmarks.jar
 * natural [MODEL…]} takes what people wrote instead, each text once, out of artifacts that {@code
 * mvn -Pcorpora package} copies to {@code benchmarks/target/corpora}; {@code -Dcorpora=FOLDER}
 * names another folder. {@code java -jar benchmarks.jar growth [MODEL…]} tells for texts aimed at
 * each stage how much more a character costs in a long one; {@code -Dengine=djl} takes the other
 * engine. {@code java -jar benchmarks.jar huge DIRECTORY…} tells the same of texts of 16 MB for the
 * tokenizers in directories. {@code java -jar benchmarks.jar loads [MODEL…]} compares the ways to
 * load, round by round. {@code java -jar benchmarks.jar replies [MODEL…]} tells what parsing a
 * reply costs beside decoding it, {@code prefixes [MODEL…]} what the next turn of a conversation
 * costs from the cache and fresh, and the look-up of a long prompt. {@code java -jar benchmarks.jar
 * jmh [OPTIONS]} runs JMH. All but JMH are to be run with {@code -Xms2g -Xmx2g
 * -XX:+AlwaysPreTouch}.
 */
public final class Main {
  private static final int LOADS = 30; // rounds

  private static final String TOUCHED = "-XX:+AlwaysPreTouch";
  private static final String HEAP = "-Xms2g -Xmx2g " + TOUCHED;

  private Main() {}

  /** The entry point. */
  public static void main(String[] arguments) throws Exception {
    System.setProperty("OPT_OUT_TRACKING", "true"); // DJL alone would call home
    System.setProperty("RUST_FLAVOR", "cpu");
    warnOfUntouchedHeap();
    String verb = arguments.length == 0 ? "quick" : arguments[0];
    String[] rest =
        arguments.length == 0 ? arguments : Arrays.copyOfRange(arguments, 1, arguments.length);
    switch (verb) {
      case "quick" -> quick(List.of(rest));
      case "growth" -> growth(List.of(rest));
      case "huge" -> huge(List.of(rest));
      case "natural" -> natural(List.of(rest));
      case "loads" -> loads(List.of(rest));
      case "replies" -> replies(List.of(rest));
      case "prefixes" -> prefixes(List.of(rest));
      case "jmh" -> org.openjdk.jmh.Main.main(rest);
      default -> {
        System.err.println(
            "usage: quick [MODEL…] | natural [MODEL…] | growth [MODEL…] | huge DIRECTORY…"
                + " | loads [MODEL…] | replies [MODEL…] | prefixes [MODEL…] | jmh [OPTIONS]");
        System.exit(2);
      }
    }
  }

  /**
   * Where the heap grows while works are timed, whoever allocates pays for the pages that the
   * system gives on first touch: on some machines ten times the work itself.
   */
  private static void warnOfUntouchedHeap() {
    if (!isHeapTouched()) {
      System.err.println("without " + HEAP + " the rows that allocate most are told too slow");
    }
  }

  private static boolean isHeapTouched() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().contains(TOUCHED);
  }

  private static List<String> orDefault(List<String> named) {
    return named.isEmpty() ? List.of("o200k_base", "cl100k_base") : named;
  }

  private static void natural(List<String> named) {
    Path folder = Path.of(System.getProperty("corpora", "benchmarks/target/corpora"));
    List<Natural.Row> rows = new ArrayList<>();
    for (String name : orDefault(named)) {
      rows.addAll(Natural.of(Model.of(name), folder));
    }
    System.out.print(Natural.table(rows));
  }

  private static void loads(List<String> named) throws IOException {
    for (String name : orDefault(named)) {
      System.out.println(LoadRun.table(LoadRun.of(Model.of(name), LOADS)));
    }
  }

  /** Exits with 1 where a unit costs too much more in a long text. */
  private static void growth(List<String> named) throws Exception {
    boolean holds = true;
    for (String name : orDefault(named)) {
      try (Tokenizer tokenizer = Model.of(name).open(System.getProperty("engine", "java"))) {
        List<Growth.Row> rows = Growth.of(tokenizer);
        System.out.println(Growth.table(name, rows));
        holds &= rows.stream().allMatch(row -> row.growth() <= Growth.BOUND);
      }
    }
    System.exit(holds ? 0 : 1);
  }

  /** Exits with 1 where a byte costs too much more in a huge text. */
  private static void huge(List<String> directories) {
    boolean holds = true;
    System.out.println("| tokenizer | text | 160 kB, ns a byte | 16 MB | growth |");
    System.out.println("|---|---|---:|---:|---:|");
    for (String parent : directories) {
      for (Path directory : HugeTexts.directories(Path.of(parent))) {
        List<HugeTexts.Row> rows = HugeTexts.of(directory, System.getProperty("engine", "java"));
        System.out.print(HugeTexts.table(directory.getFileName().toString(), rows));
        holds &= rows.stream().allMatch(row -> row.growth() <= HugeTexts.BOUND);
      }
    }
    System.exit(holds ? 0 : 1);
  }

  private static void replies(List<String> named) {
    for (String name : named.isEmpty() ? List.of("o200k_base") : named) {
      try (Tokenizer tokenizer = Model.of(name).open("java")) {
        System.out.println(Replies.table(name, Replies.of(tokenizer)));
      }
    }
  }

  private static void prefixes(List<String> named) throws InterruptedException {
    for (String name : named.isEmpty() ? List.of("o200k_base") : named) {
      try (Tokenizer tokenizer = Model.of(name).open("java")) {
        System.out.println(Prefixes.turns(name, tokenizer));
      }
    }
    System.out.println(Prefixes.index());
  }

  private static void quick(List<String> named) throws Exception {
    List<String> models = orDefault(named);
    String heapOption = isHeapTouched() ? HEAP + " " : "";
    String folderOption = System.getProperty("tokenizers") == null ? "" : "-Dtokenizers=FOLDER ";
    String command =
        String.format(
            Locale.ROOT,
            "java %s%s-jar benchmarks/target/benchmarks.jar quick %s",
            heapOption,
            folderOption,
            String.join(" ", models));
    Report report = new QuickRun().run(models, command);
    System.out.print(RatioTable.of(report));
    String folder = System.getProperty("results");
    if (folder != null) {
      report.write(Path.of(folder));
    }
  }
}
