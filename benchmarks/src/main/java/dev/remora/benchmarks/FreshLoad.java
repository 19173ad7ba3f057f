package dev.remora.benchmarks;

import dev.remora.bundle.TokenizerBundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Scanner;

/**
 * The first load of a JVM, which interprets at first and loads classes: each in a process of its
 * own, from the bytes of a tokenizer.json, DJL and Remora's own engine in turn. What they do before
 * the first load, reading the file, is not counted.
 */
final class FreshLoad {
  private static final int ROUNDS = 5;

  private FreshLoad() {}

  /**
   * First loads of one model.
   *
   * @param djl nanoseconds of wall time of DJL's load, one number a round
   * @param hash those of the SHA-256 that Remora takes of the bytes; a remote load takes it while
   *     the bytes arrive
   * @param build those of the rest, the same as DJL does
   */
  record Row(String model, List<Double> djl, List<Double> hash, List<Double> build) {}

  /** Measures; empty where the own engine does not serve the model. */
  static Optional<Row> of(Model model) throws IOException {
    if (!model.isServedBy("java")) {
      return Optional.empty();
    }
    Row row = new Row(model.name(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    Path file = Files.createTempFile("remora-", ".json");
    try {
      Files.write(file, model.json());
      for (int round = 0; round < ROUNDS; round++) {
        row.djl().add(run(file, "djl").get(0));
        List<Double> own = run(file, "java");
        row.hash().add(own.get(0));
        row.build().add(own.get(1));
      }
    } finally {
      Files.delete(file);
    }
    return Optional.of(row);
  }

  private static List<Double> run(Path file, String who) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String classPath = System.getProperty("java.class.path");
    Process process =
        new ProcessBuilder(
                java.toString(), "-cp", classPath, FreshLoad.class.getName(), who, file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (!output.matches("\\d+( \\d+)?")) {
      throw new IOException("the process that loads for " + who + " says: " + output);
    }
    try (Scanner numbers = new Scanner(output)) {
      return numbers.tokens().map(Double::valueOf).toList();
    }
  }

  /** What the processes run: one load, by {@code djl} or {@code java}, of a file. */
  public static void main(String[] arguments) {
    System.setProperty("OPT_OUT_TRACKING", "true"); // DJL alone would call home
    System.setProperty("RUST_FLAVOR", "cpu");
    Model model = Model.of(Path.of(arguments[1]));
    long start = System.nanoTime();
    if (arguments[0].equals("djl")) {
      Subject subject = Contender.DJL_ENCODE.open(model).orElseThrow();
      System.out.println(System.nanoTime() - start);
      subject.close();
      return;
    }
    TokenizerBundle bundle = model.bundle();
    long hashed = System.nanoTime();
    Model.open(bundle, arguments[0]).close();
    System.out.println((hashed - start) + " " + (System.nanoTime() - hashed));
  }
}
