package dev.remora.benchmarks;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Encoding of natural texts that are met for the first time: each contender is opened anew for each
 * round and encodes every text once, so that its caches hold what the texts before left there. The
 * contenders take turns, in an order that is shuffled. Processor time of this thread.
 */
final class Natural {
  private static final int ROUNDS = 5;

  /** For which a tokenizer makes, once in its life, what it has put off. */
  private static final List<String> FIRST_TEXTS = List.of("a \u00e9 \u0436\u0436 \u4e2d\u6587");

  private static final List<Contender> CONTENDERS =
      List.of(Contender.DJL_IDS_ONLY, Contender.JTOKKIT, Contender.REMORA_JAVA);

  private Natural() {}

  /**
   * What was measured of a corpus.
   *
   * @param bytes of its texts in UTF-8
   * @param nanos of one pass by each contender, a number a round
   */
  record Row(String model, NaturalCorpus corpus, long bytes, Map<Contender, List<Double>> nanos) {
    private double median(Contender contender) {
      return Report.median(nanos.getOrDefault(contender, List.of()));
    }

    private String ratioTo(Contender contender) {
      return nanos.containsKey(contender)
          ? String.format(Locale.ROOT, "%.1fx", median(contender) / median(Contender.REMORA_JAVA))
          : "–";
    }

    private String speed(Contender contender) {
      return nanos.containsKey(contender)
          ? String.format(Locale.ROOT, "%.1f", 1e3 * bytes / median(contender))
          : "–";
    }

    private String cells() {
      return String.format(
          Locale.ROOT,
          "| %s | %s | %.1f | %s | %s | %s | %s | %s |%n",
          model,
          corpus.name().toLowerCase(Locale.ROOT),
          bytes / 1e6,
          speed(Contender.DJL_IDS_ONLY),
          speed(Contender.JTOKKIT),
          speed(Contender.REMORA_JAVA),
          ratioTo(Contender.DJL_IDS_ONLY),
          ratioTo(Contender.JTOKKIT));
    }
  }

  /** A table of the rows. */
  static String table(List<Row> rows) {
    StringBuilder table =
        new StringBuilder(
            """
            | natural texts, each once | | MB | DJL ids only, MB/s | JTokkit, MB/s | Remora java,\
             MB/s | / DJL | / JTokkit |
            | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |
            """);
    rows.forEach(row -> table.append(row.cells()));
    return table.toString();
  }

  /**
   * Measures a model on every corpus.
   *
   * @param folder where the artifacts are
   * @throws IllegalStateException if a contender gives other ids than DJL
   */
  static List<Row> of(Model model, Path folder) {
    List<Row> rows = new ArrayList<>();
    for (NaturalCorpus corpus : NaturalCorpus.values()) {
      rows.add(of(model, corpus, corpus.texts(folder)));
      System.err.printf(Locale.ROOT, "%s %s%n", model.name(), corpus);
    }
    return rows;
  }

  private static Row of(Model model, NaturalCorpus corpus, List<String> texts) {
    Map<Contender, List<Double>> nanos = new EnumMap<>(Contender.class);
    List<Contender> order = new ArrayList<>(CONTENDERS);
    checkIds(model, corpus, texts); // which compiles what is timed, too
    Random random = new Random(1);
    Interleaved clock = new Interleaved();
    for (int round = 0; round < ROUNDS; round++) {
      Collections.shuffle(order, random);
      for (Contender contender : order) {
        use(
            contender,
            model,
            subject -> {
              clock.nanos(() -> ids(subject, FIRST_TEXTS));
              nanos
                  .computeIfAbsent(contender, any -> new ArrayList<>())
                  .add(clock.nanos(() -> ids(subject, texts)));
            });
      }
    }
    long bytes =
        texts.stream().mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length).sum();
    return new Row(model.name(), corpus, bytes, nanos);
  }

  private static void checkIds(Model model, NaturalCorpus corpus, List<String> texts) {
    Set<Integer> hashes = new HashSet<>();
    for (Contender contender : CONTENDERS) {
      use(contender, model, subject -> hashes.add(hash(subject, texts)));
    }
    if (hashes.size() != 1) {
      throw new IllegalStateException(
          String.format(Locale.ROOT, "%s of %s: ids differ", corpus, model.name()));
    }
  }

  /** Opens a contender, where it has the model, and closes it after use. */
  private static void use(Contender contender, Model model, Consumer<Subject> use) {
    contender
        .open(model)
        .ifPresent(
            subject -> {
              try (subject) {
                use.accept(subject);
              }
            });
  }

  private static int hash(Subject subject, List<String> texts) {
    int hash = 1;
    for (String text : texts) {
      hash = 31 * hash + Arrays.hashCode(subject.encode().apply(text));
    }
    return hash;
  }

  private static int ids(Subject subject, List<String> texts) {
    int ids = 0;
    for (String text : texts) {
      ids += subject.encode().apply(text).length;
    }
    return ids;
  }
}
