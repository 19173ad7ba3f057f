package dev.remora.benchmarks;

import dev.remora.Tokenizer;
import dev.remora.remote.LoadOptions;
import dev.remora.remote.Tokenizers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * What a byte costs in a text of 16 MB and in one of 160 kB: texts that a sender could choose to
 * keep a router busy. The least processor time counts, as what else the machine does only adds to
 * it.
 */
final class HugeTexts {
  /** How much more a byte may cost in the huge text. */
  static final double BOUND = 2;

  private static final int SMALL = 160_000;
  private static final int HUGE = 16_000_000;
  private static final int SMALL_CALLS = 12;
  private static final int HUGE_CALLS = 2;

  private final Tokenizer tokenizer;
  private final Interleaved clock = new Interleaved();

  private HugeTexts(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /**
   * One text.
   *
   * @param small nanoseconds of processor time for a byte of the small text
   * @param huge the same of the huge one
   */
  record Row(String text, double small, double huge) {
    double growth() {
      return huge / small;
    }
  }

  /** The tokenizers' directories in a directory, in the order of their names. */
  static List<Path> directories(Path parent) {
    try (Stream<Path> children = Files.list(parent)) {
      return children.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Texts of so many bytes, by what they are. */
  static Map<String, IntFunction<String>> texts() {
    Map<String, IntFunction<String>> texts = new LinkedHashMap<>();
    texts.put("one letter", "a"::repeat);
    texts.put("spaces", " "::repeat);
    texts.put("CJK", bytes -> random(0x4E00, 0x5000, bytes / 3));
    texts.put("base64", HugeTexts::base64);
    texts.put("a a a", bytes -> "a ".repeat(bytes / 2));
    texts.put("newlines", "\n"::repeat);
    return texts;
  }

  private static String random(int first, int count, int length) {
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder text = new StringBuilder(length);
    for (int left = length; left > 0; left--) {
      text.append((char) (first + random.nextInt(count)));
    }
    return text.toString();
  }

  private static String base64(int bytes) {
    String signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    SplittableRandom random = new SplittableRandom(2);
    StringBuilder text = new StringBuilder(bytes);
    for (int left = bytes; left > 0; left--) {
      text.append(signs.charAt(random.nextInt(signs.length())));
    }
    return text.toString();
  }

  /** Measures the tokenizer of a directory over an engine. */
  static List<Row> of(Path directory, String engine) {
    LoadOptions options = LoadOptions.builder().engine(engine).build();
    try (Tokenizer tokenizer = Tokenizers.fromDirectory(directory, options)) {
      return new HugeTexts(tokenizer).rows(directory);
    }
  }

  private List<Row> rows(Path directory) {
    List<Row> rows = new ArrayList<>();
    texts()
        .forEach(
            (name, text) -> {
              double small = nanosAByte(text.apply(SMALL), SMALL_CALLS);
              rows.add(new Row(name, small, nanosAByte(text.apply(HUGE), HUGE_CALLS)));
            });
    System.err.printf(Locale.ROOT, "%s (%,d)%n", directory.getFileName(), clock.results());
    return rows;
  }

  private double nanosAByte(String text, int calls) {
    double least = Double.MAX_VALUE;
    for (int call = 0; call < calls; call++) {
      least = Math.min(least, clock.nanos(() -> tokenizer.encode(text).size()));
    }
    return least / text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** A table of rows. */
  static String table(String name, List<Row> rows) {
    StringBuilder table = new StringBuilder();
    for (Row row : rows) {
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %.1f | %.1f | %.2fx%s |%n",
              name,
              row.text(),
              row.small(),
              row.huge(),
              row.growth(),
              row.growth() > BOUND ? " (above 2x)" : ""));
    }
    return table.toString();
  }
}
