package dev.remora.flink;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.remora.Tokenizer;
import dev.remora.conformance.PageExamples;
import dev.remora.forms.TinyTokenizers;
import dev.remora.remote.LoadOptions;
import dev.remora.remote.TokenizerHandle;
import dev.remora.remote.Tokenizers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Flink itself, in a cluster of this JVM with a parallelism of two. */
@Timeout(180)
class TokenMapsTest {
  @TempDir Path folder;

  private final StreamExecutionEnvironment flink =
      StreamExecutionEnvironment.createLocalEnvironment(2);
  private final List<String> texts = new ArrayList<>();
  private Path model;
  private long expected;

  @BeforeEach
  void prepare() throws Exception {
    model = Files.createDirectory(folder.resolve("model"));
    Files.write(model.resolve("tokenizer.json"), TinyTokenizers.byteLevel());
    for (int i = 0; i < 2_000; i++) {
      texts.add("hello world 🦈".repeat(i % 7) + i);
    }
    try (Tokenizer tokenizer = Tokenizers.fromDirectory(model)) {
      expected = texts.stream().mapToLong(tokenizer::count).sum();
    }
  }

  private TokenizerHandle handle() {
    return TokenizerHandle.of(Tokenizers.readDirectory(model, LoadOptions.DEFAULT));
  }

  @Test
  void maps_haveTheTokensOfTheTokenizer() throws Exception {
    DataStream<String> stream = flink.fromData(texts).rebalance();
    List<Integer> counts = stream.map(TokenMaps.count(handle())).executeAndCollect(10_000);
    assertEquals(expected, counts.stream().mapToLong(Integer::longValue).sum());
    List<int[]> ids = flink.fromData("hello").map(TokenMaps.encode(handle())).executeAndCollect(10);
    assertArrayEquals(new int[] {264, 259}, ids.get(0));
  }

  @Test
  void exampleOfTheReadme_countsAStream() throws Exception {
    String source =
        """
        import dev.remora.flink.*;
        import dev.remora.remote.*;
        import java.nio.file.*;
        import org.apache.flink.streaming.api.datastream.*;
        public class Example {
          public static DataStream<Integer> run(DataStream<String> texts) throws Exception {
            %s
            return counts;
          }
        }
        """;
    List<String> examples = PageExamples.of(Path.of("../../README.md"), "java flink");
    assertEquals(1, examples.size());
    String example = examples.get(0).replace("models/llama-3", model.toString());
    DataStream<?> counts =
        (DataStream<?>)
            PageExamples.compile(folder, "Example", source.formatted(example))
                .getMethod("run", DataStream.class)
                .invoke(null, flink.fromData(texts).rebalance());
    long counted = 0;
    for (Object count : counts.executeAndCollect(10_000)) {
      counted += (Integer) count;
    }
    assertEquals(expected, counted);
  }
}
