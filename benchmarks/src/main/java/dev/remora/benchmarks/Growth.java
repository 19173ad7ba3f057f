package dev.remora.benchmarks;

import dev.remora.DecodeOptions;
import dev.remora.DecodeStream;
import dev.remora.EncodeOptions;
import dev.remora.StopMatcher;
import dev.remora.StopSequences;
import dev.remora.Tokenizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;

/**
 * What a UTF-16 unit costs in a text of 64 k and in one of 512 k, for each call and texts that aim
 * at one stage each: more than half as much again would be more than linear. Both sizes are timed
 * in turn, and the least processor time counts, as what else the machine does only adds to it.
 */
final class Growth {
  /** How much more a unit may cost in the large text. */
  static final double BOUND = 1.5;

  private static final int SMALL = 1 << 16;
  private static final int LARGE = 1 << 19;

  private final Tokenizer tokenizer;
  private final StopSequences stops;
  private final Interleaved clock = new Interleaved();

  private Growth(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
    StopSequences.Builder builder = StopSequences.builder();
    builder.hiddenString("a".repeat(1_000) + "!").hiddenString("ab".repeat(500) + "?");
    for (int index = 0; index < 1_000; index++) {
      builder.hiddenString("\u0007" + index);
    }
    this.stops = builder.build();
  }

  /**
   * One call on one text.
   *
   * @param small nanoseconds of processor time for a unit in the small text
   * @param large the same in the large one
   */
  record Row(String text, String call, double small, double large) {
    double growth() {
      return large / small;
    }
  }

  /** Measures the calls of a model's tokenizer. */
  static List<Row> of(Tokenizer tokenizer) {
    Growth growth = new Growth(tokenizer);
    List<Row> rows = new ArrayList<>();
    String special = tokenizer.specialTokens().all().keySet().stream().findFirst().orElse("<s>");
    for (Map.Entry<String, IntFunction<String>> text : texts(special).entrySet()) {
      List<Row> more = growth.rows(text.getKey(), text.getValue());
      double most = more.stream().mapToDouble(Row::growth).max().orElseThrow();
      System.err.printf(
          Locale.ROOT, "%s: at most %.2fx (%,d)%n", text.getKey(), most, growth.clock.results());
      rows.addAll(more);
    }
    return rows;
  }

  /** Texts of so many units, by what they aim at. */
  static Map<String, IntFunction<String>> texts(String special) {
    String beginning = special.substring(0, special.length() - 1);
    String marked = "e\u0301";
    Map<String, IntFunction<String>> texts = new LinkedHashMap<>();
    texts.put("words", Growth::words);
    texts.put("special tokens", length -> repeated(special + "a", length));
    texts.put(
        "special tokens to be normalized between", length -> repeated(special + marked, length));
    texts.put(
        "a long text, then special tokens",
        length -> repeated(marked, length / 2) + repeated(special + marked, length / 2));
    texts.put("beginnings of a special token", length -> repeated(beginning, length));
    texts.put("white space around special tokens", length -> repeated(special + "  \n ", length));
    texts.put("marks on one letter", length -> "a" + repeated("\u0301\u0316\u0327", length));
    texts.put("Hangul in parts", length -> repeated("\u1100\u1161\u11A8", length));
    texts.put("one letter", length -> repeated("a", length));
    texts.put("one word", length -> random('a', 26, length));
    texts.put("one word of Chinese", length -> random(0x4E00, 0x2000, length));
    texts.put("capitals among Chinese", length -> repeated("A\u4E2D", length));
    texts.put("spaces", length -> repeated(" ", length));
    texts.put("line ends among spaces", length -> repeated(" \n  ", length));
    texts.put("digits", length -> random('0', 10, length));
    texts.put("signs", length -> random('!', 15, length));
    texts.put("emoji", length -> repeated("\uD83D\uDE00", length));
    texts.put("unpaired surrogates", length -> repeated("\uD83D", length));
    texts.put("characters without a token", length -> random(0x10000, 0x5000, length));
    return texts;
  }

  private static String repeated(String unit, int length) {
    return unit.repeat(Math.max(1, length / unit.length()));
  }

  private static String random(int from, int count, int length) {
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.appendCodePoint(from + random.nextInt(count));
    }
    return text.toString();
  }

  /** Of four thousand words, so that a longer text has no more of them. */
  private static String words(int length) {
    SplittableRandom random = new SplittableRandom(2);
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append(random('a' + random.nextInt(4), 9, 2 + random.nextInt(9))).append(' ');
    }
    return text.toString();
  }

  private List<Row> rows(String name, IntFunction<String> text) {
    Map<String, IntSupplier> small = calls(text.apply(SMALL));
    Map<String, IntSupplier> large = calls(text.apply(LARGE));
    List<Row> rows = new ArrayList<>();
    small.forEach(
        (call, work) -> {
          List<List<Double>> nanos = clock.time(List.of(work, large.get(call)));
          rows.add(
              new Row(
                  name,
                  call,
                  Collections.min(nanos.get(0)) / text.apply(SMALL).length(),
                  Collections.min(nanos.get(1)) / text.apply(LARGE).length()));
        });
    return rows;
  }

  private Map<String, IntSupplier> calls(String text) {
    int[] ids = tokenizer.encode(text).ids();
    Map<String, IntSupplier> calls = new LinkedHashMap<>();
    calls.put("ids", () -> tokenizer.encode(text).size());
    calls.put("count", () -> tokenizer.count(text));
    calls.put(
        "countUpTo",
        () -> tokenizer.countUpTo(text, EncodeOptions.DEFAULT, ids.length).orElseThrow());
    calls.put("offsets", () -> tokenizer.encode(text).end(ids.length - 1));
    calls.put("decode", () -> tokenizer.decode(ids).length());
    calls.put("stream", () -> stream(ids));
    calls.put("stops", () -> stops(ids));
    return calls;
  }

  private int stream(int[] ids) {
    DecodeStream stream = tokenizer.decodeStream(DecodeOptions.DEFAULT);
    StringBuilder text = new StringBuilder();
    for (int id : ids) {
      stream.push(id, text);
    }
    stream.finish(text);
    return text.length();
  }

  private int stops(int[] ids) {
    StopMatcher matcher = StopMatcher.of(tokenizer.decodeStream(DecodeOptions.DEFAULT), stops);
    StringBuilder text = new StringBuilder();
    for (int id : ids) {
      matcher.push(id, text);
    }
    matcher.finish(text);
    return text.length();
  }

  /** A table of rows, the greatest growth last. */
  static String table(String model, List<Row> rows) {
    StringBuilder table =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "| %s | call | 64 k, ns a unit | 512 k | growth |\n|---|---|---:|---:|---:|\n",
                model));
    rows.stream()
        .sorted((one, other) -> Double.compare(one.growth(), other.growth()))
        .forEach(
            row ->
                table.append(
                    String.format(
                        Locale.ROOT,
                        "| %s | %s | %.1f | %.1f | %.2fx%s |\n",
                        row.text(),
                        row.call(),
                        row.small(),
                        row.large(),
                        row.growth(),
                        row.growth() > BOUND ? " (above " + BOUND + "x)" : "")));
    return table.toString();
  }
}
