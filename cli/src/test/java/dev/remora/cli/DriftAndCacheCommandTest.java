package dev.remora.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.cli.source.Channels;
import dev.remora.forms.TinyTokenizers;
import dev.remora.remote.LoadOptions;
import dev.remora.remote.TokenizerCache;
import dev.remora.remote.TokenizerSource;
import dev.remora.remote.Tokenizers;
import dev.remora.server.TokenizerFiles;
import dev.remora.server.TokenizerServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code remora drift} and {@code remora cache}, against workers on real sockets. */
class DriftAndCacheCommandTest {
  private static final String JSON = new String(TinyTokenizers.byteLevel(), StandardCharsets.UTF_8);

  @TempDir Path folder;
  private TokenizerServer plain;
  private TokenizerServer drifted;

  @BeforeEach
  void start() throws IOException {
    plain = serve(JSON, "{\"model_max_length\": 1}");
    drifted =
        serve(
            JSON.replace("\"h e\",\"l l\"", "\"l l\",\"h e\""),
            "{\"model_max_length\": 2, \"eos_token\": \"</s>\"}");
  }

  @AfterEach
  void close() {
    plain.close();
    drifted.close();
  }

  private static TokenizerServer serve(String json, String config) throws IOException {
    return TokenizerServer.builder(
            TokenizerFiles.of(
                Map.of("tokenizer.json", utf8(json), "tokenizer_config.json", utf8(config))))
        .modelIdentifier("tiny")
        .start();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Path directory() throws IOException {
    Path directory = Files.createDirectory(folder.resolve("model"));
    Files.write(directory.resolve("tokenizer.json"), utf8(JSON));
    Files.write(directory.resolve("tokenizer_config.json"), utf8("{\"model_max_length\": 1}"));
    return directory;
  }

  @Test
  void drift_ofEqualBundles_endsWith0() throws IOException {
    String directory = directory().toString();
    Run run = Run.of("drift", "--worker", plain.target(), "--dir", directory);
    assertEquals(0, run.exitCode(), run.err());
    String[] lines = run.out().split("\n", -1);
    assertEquals(3, lines.length);
    assertTrue(lines[0].startsWith(plain.target() + " has content "), lines[0]);
    String content = lines[0].substring(plain.target().length());
    assertEquals(directory + content, lines[1]);
  }

  @Test
  void drift_namesFileAndMember_aLineAFile() throws IOException {
    String directory = directory().toString();
    Run run =
        Run.of(
            "drift", "--worker", plain.target(), "--worker", drifted.target(), "--dir", directory);
    assertEquals(1, run.exitCode());
    assertEquals("", run.err());
    String[] lines = run.out().split("\n", -1);
    assertEquals(5, lines.length, run.out());
    assertEquals(drifted.target() + " tokenizer.json: merge 0 is l l, not h e", lines[1]);
    assertEquals(
        drifted.target()
            + " tokenizer_config.json: model_max_length is 2, not 1; eos_token is \"</s>\", not"
            + " absent",
        lines[2]);
    assertTrue(lines[3].startsWith(directory + " has content "), lines[3]);
  }

  @Test
  void drift_json_isAnObjectForEachSource() {
    Run run = Run.of("drift", "--json", "--worker", plain.target(), "--worker", drifted.target());
    assertEquals(1, run.exitCode());
    String[] lines = run.out().split("\n", -1);
    assertTrue(
        lines[0].startsWith("{\"source\":\"" + plain.target() + "\",\"content digest\":\""),
        lines[0]);
    assertTrue(lines[0].endsWith("\"equal\":true,\"differences\":[],\"more\":0}"), lines[0]);
    assertTrue(
        lines[1].contains(
            "\"equal\":false,\"differences\":[{\"file\":\"tokenizer.json\",\"part\":\"MERGE\","
                + "\"member\":\"merge 0\",\"expected\":\"h e\",\"actual\":\"l l\"},"),
        lines[1]);
    assertTrue(lines[1].contains("\"member\":\"eos_token\",\"actual\":"), lines[1]);
  }

  @Test
  void drift_ofOneSource_isWrongUsage_andAWorkerThatIsNotThereAFailure() {
    assertEquals(2, Run.of("drift").exitCode());
    assertEquals(2, Run.of("drift", "--worker", plain.target()).exitCode());
    plain.close();
    Run gone =
        Run.of(
            "drift",
            "--json",
            "--timeout",
            "5s",
            "--worker",
            drifted.target(),
            "--dir",
            folder.resolve("none").toString());
    assertEquals(1, gone.exitCode());
    assertTrue(gone.out().contains("{\"error\":{\"kind\":\"bundle\""), gone.out());
  }

  @Test
  void cache_listsVerifiesAndPrunes() throws IOException {
    Path cache = folder.resolve("cache");
    try (Channels channels = new Channels()) {
      for (TokenizerServer worker : new TokenizerServer[] {plain, drifted}) {
        Tokenizers.load(
                TokenizerSource.workers(channels.to(worker.target()))
                    .keptIn(TokenizerCache.at(cache), "m"),
                LoadOptions.DEFAULT)
            .close();
      }
    }
    String directory = cache.toString();
    Run list = Run.of("cache", "ls", directory);
    assertEquals(0, list.exitCode(), list.err());
    assertEquals(3, list.out().lines().count());
    assertTrue(list.out().lines().limit(2).allMatch(line -> line.endsWith(" tiny")), list.out());
    assertTrue(list.out().endsWith("bundles: 2\n"), list.out());
    assertEquals("damaged bundles removed: 0\n", Run.of("cache", "verify", directory).out());
    try (Stream<Path> bundles = Files.list(cache.resolve("bundles"))) {
      Files.writeString(bundles.findFirst().orElseThrow().resolve("manifest"), "damaged");
    }
    Run verify = Run.of("cache", "verify", directory);
    assertEquals(1, verify.exitCode());
    assertTrue(verify.out().endsWith("damaged bundles removed: 1\n"), verify.out());
    assertEquals("bundles removed: 0\n", Run.of("cache", "prune", directory).out());
    Run prune = Run.of("cache", "prune", "--json", "--max-bytes", "1", directory);
    assertEquals(0, prune.exitCode());
    assertTrue(prune.out().startsWith("{\"content digest\":\""), prune.out());
    assertEquals("bundles: 0\n", Run.of("cache", "ls", directory).out());
  }

  @Test
  void cache_thatIsNotThere_isAFailure() {
    Run run = Run.of("cache", "ls", folder.resolve("none").toString());
    assertEquals(1, run.exitCode());
    assertTrue(run.err().endsWith("none: there is no such directory\n"), run.err());
    assertEquals(2, Run.of("cache", "prune", "--max-bytes", "0", folder.toString()).exitCode());
    assertEquals(2, Run.of("cache", "ls").exitCode());
    assertEquals(2, Run.of("cache").exitCode());
  }
}
