package dev.remora.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.Tokenizer;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.conformance.PageExamples;
import dev.remora.forms.TinyTokenizers;
import dev.remora.remote.LoadOptions;
import dev.remora.remote.TokenizerHandle;
import dev.remora.remote.Tokenizers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Spark itself, with two threads, over a file of texts. */
@Timeout(180)
class TokenFunctionsTest {
  private static final AtomicInteger LOADS = new AtomicInteger();

  private static SparkSession spark;

  @TempDir static Path folder;

  private static Path model;
  private static Path texts;
  private static long expected;

  @BeforeAll
  static void start() throws Exception {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
            .getOrCreate();
    model = Files.createDirectory(folder.resolve("model"));
    Files.write(model.resolve("tokenizer.json"), TinyTokenizers.byteLevel());
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      lines.add("hello world 🦈".repeat(i % 7) + i);
    }
    texts = folder.resolve("texts.txt");
    Files.write(texts, lines);
    try (Tokenizer tokenizer = Tokenizers.fromDirectory(model)) {
      expected = lines.stream().mapToLong(tokenizer::count).sum();
    }
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static TokenizerBundle bundle() {
    return Tokenizers.readDirectory(model, LoadOptions.DEFAULT);
  }

  private static Dataset<Row> lines() {
    return spark.read().text(texts.toString()).repartition(8);
  }

  @Test
  void columns_haveTheTokensOfTheTokenizer() {
    TokenFunctions tokens = TokenFunctions.of(spark, TokenizerHandle.of(bundle()));
    Dataset<Row> lines = lines();
    assertEquals(expected, lines.agg(sum(tokens.count(col("value")))).first().getLong(0));
    assertEquals(expected, lines.agg(sum(size(tokens.encode(col("value"))))).first().getLong(0));
  }

  @Test
  void sql_hasBothByName_andLeavesSparksOwnAlone() {
    TokenFunctions unused = TokenFunctions.register(spark, TokenizerHandle.of(bundle()));
    lines().createOrReplaceTempView("texts");
    assertEquals(
        expected, spark.sql("SELECT sum(token_count(value)) FROM texts").first().getLong(0));
    Row row =
        spark.sql("SELECT token_ids('hello'), token_count(NULL), encode('a', 'UTF-8')").first();
    assertEquals(List.of(264, 259), row.getList(0));
    assertNull(row.get(1));
    assertTrue(row.get(2) instanceof byte[]);
  }

  @Test
  void source_isAskedOnceAJvm_andAFilterByItWorks() {
    TokenizerBundle known = bundle();
    TokenizerBundle.Builder other =
        TokenizerBundle.builder(known.fingerprint()).add("config.json", new byte[] {'{', '}'});
    known.content("tokenizer.json").ifPresent(json -> other.add("tokenizer.json", json));
    TokenizerHandle handle = TokenizerHandle.of(other.build().digest(), counted(other.build()));
    TokenFunctions tokens = TokenFunctions.of(spark, handle);
    for (int stage = 0; stage < 2; stage++) {
      assertTrue(lines().filter(tokens.count(col("value")).gt(10)).count() > 0);
    }
    assertEquals(1, LOADS.get());
  }

  private static TokenizerHandle.BundleSource counted(TokenizerBundle bundle) {
    byte[] json = bundle.content("tokenizer.json").orElseThrow();
    return () -> {
      LOADS.incrementAndGet();
      return TokenizerBundle.builder(dev.remora.bundle.Fingerprint.local())
          .add("config.json", new byte[] {'{', '}'})
          .add("tokenizer.json", json)
          .build();
    };
  }

  @Test
  void exampleOfTheReadme_countsAFile() throws Exception {
    String source =
        """
        import dev.remora.remote.*;
        import dev.remora.spark.*;
        import java.nio.file.*;
        import org.apache.spark.sql.*;
        public class Example {
          public static Dataset<Row> run(SparkSession spark) throws Exception {
            %s
            return counted;
          }
        }
        """;
    List<String> examples = PageExamples.of(Path.of("../../README.md"), "java spark");
    assertEquals(1, examples.size());
    String example =
        examples
            .get(0)
            .replace("models/llama-3", model.toString())
            .replace("texts/*.txt", texts.toString());
    Object counted =
        PageExamples.compile(folder, "Example", source.formatted(example))
            .getMethod("run", SparkSession.class)
            .invoke(null, spark);
    assertEquals(expected, ((Dataset<?>) counted).toDF().first().getLong(0));
  }
}
