package dev.remora.remote;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.BundleException;
import dev.remora.DecodeOptions;
import dev.remora.EngineException;
import dev.remora.LimitException;
import dev.remora.Rule;
import dev.remora.Tokenizer;
import dev.remora.bundle.BundleDialect;
import dev.remora.bundle.BundleFormat;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.forms.TinyTokenizers;
import dev.remora.proto.WorkerService;
import dev.remora.server.TokenizerFiles;
import dev.remora.server.TokenizerServer;
import dev.remora.server.TokenizerServerBuilder;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole way, from a worker's socket to ids. */
class FromBackendTest {
  private static final byte[] CONFIG = Archives.utf8("{\"bos_token\": \"<s>\"}");
  private static final TokenizerFiles FILES =
      TokenizerFiles.of(
          Map.of(
              "tokenizer.json",
              TinyTokenizers.byteLevel(),
              "tokenizer_config.json",
              CONFIG,
              "notes.bin",
              new byte[100_000]));

  /** What is done with a channel to a server. */
  private interface Use<T> {
    T apply(ManagedChannel channel) throws Exception;
  }

  private static <T> T with(TokenizerServerBuilder builder, Use<T> use) throws Exception {
    try (TokenizerServer server = builder.start()) {
      ManagedChannel channel =
          Grpc.newChannelBuilder(server.target(), InsecureChannelCredentials.create()).build();
      try {
        return use.apply(channel);
      } finally {
        assertFalse(channel.isShutdown(), "the channel is the caller's");
        channel.shutdownNow();
      }
    }
  }

  static Stream<TokenizerServerBuilder> dialectsAndFormats() {
    List<TokenizerServerBuilder> all = new ArrayList<>();
    for (BundleDialect dialect : BundleDialect.values()) {
      for (BundleFormat format : BundleFormat.values()) {
        if (dialect == BundleDialect.DESCRIBED || format != BundleFormat.FILES) {
          for (int chunkSize : new int[] {1000, 1 << 20}) {
            all.add(
                TokenizerServer.builder(FILES)
                    .dialect(dialect)
                    .format(format)
                    .chunkSize(chunkSize)
                    .modelIdentifier("tiny"));
          }
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("dialectsAndFormats")
  void tokenizer_inEveryDialectAndFormat_givesTheSameIds(TokenizerServerBuilder server)
      throws Exception {
    with(
        server,
        channel -> {
          try (Tokenizer tokenizer = Tokenizers.fromBackend(channel)) {
            int[] ids = tokenizer.encode("hello world").ids();
            assertArrayEquals(new int[] {264, 259, 262, 263}, ids);
            assertEquals("<s>hello world", tokenizer.decode(ids));
            assertEquals("hello world", tokenizer.decode(ids, DecodeOptions.SKIP_SPECIAL_TOKENS));
            assertEquals(3, tokenizer.bundle().files().size());
            assertEquals(Fingerprint.Check.MATCHED, tokenizer.bundle().fingerprint().check());
            assertArrayEquals(
                CONFIG, tokenizer.bundle().content("tokenizer_config.json").orElseThrow());
            assertEquals(Optional.empty(), tokenizer.bundle().content("tokenizer.json"));
          }
          return channel;
        });
  }

  @ParameterizedTest
  @EnumSource
  void service_ofEveryEngine_isFound(WorkerService service) throws Exception {
    with(
        TokenizerServer.builder(FILES).service(service),
        channel -> {
          try (Tokenizer tokenizer = Tokenizers.fromBackend(channel)) {
            assertEquals(1, tokenizer.count(""));
          }
          return channel;
        });
  }

  @Test
  void sameFilesWithOtherTimes_haveOtherFingerprintsAndOneDigest() throws Exception {
    var first = with(TokenizerServer.builder(FILES), FromBackendTest::bundle);
    var second =
        with(
            TokenizerServer.builder(FILES).modified(Instant.parse("2026-01-01T00:00:00Z")),
            FromBackendTest::bundle);
    assertFalse(first.fingerprint().sha256().equals(second.fingerprint().sha256()));
    assertEquals(first.digest(), second.digest());
  }

  private static TokenizerBundle bundle(ManagedChannel channel) {
    return RemoteTokenizerLoader.of(channel, LoadOptions.DEFAULT).loadBundle();
  }

  @Test
  void loadAsync_completesWithTheTokenizer() throws Exception {
    with(
        TokenizerServer.builder(FILES),
        channel -> {
          RemoteTokenizerLoader loader = RemoteTokenizerLoader.of(channel, LoadOptions.DEFAULT);
          try (Tokenizer tokenizer = loader.loadAsync().get(20, TimeUnit.SECONDS)) {
            assertEquals("java", tokenizer.engine().name());
          }
          return channel;
        });
  }

  @Test
  void bundleWithoutTokenizer_saysWhatItHolds() throws Exception {
    BundleException refusal =
        with(
            TokenizerServer.builder(TokenizerFiles.of(Map.of("config.json", CONFIG))),
            channel -> assertThrows(BundleException.class, () -> Tokenizers.fromBackend(channel)));
    assertEquals(Optional.of(Rule.C8), refusal.rule());
    assertTrue(String.valueOf(refusal.getMessage()).contains("config.json"));
    assertEquals(1, refusal.attempts().size());
  }

  @Test
  void engineThatIsNotThere_stopsTheLoad() throws Exception {
    LoadOptions options = LoadOptions.builder().engine("nonsense").build();
    with(
        TokenizerServer.builder(FILES),
        channel ->
            assertThrows(EngineException.class, () -> Tokenizers.fromBackend(channel, options)));
  }

  @Test
  void folder_isReadWithoutWeights(@TempDir Path folder) throws IOException {
    Files.write(folder.resolve("tokenizer.json"), TinyTokenizers.byteLevel());
    Files.write(folder.resolve("model.safetensors"), new byte[1000]);
    Files.createDirectory(folder.resolve("additional_chat_templates"));
    Files.write(folder.resolve("additional_chat_templates/tool_use.jinja"), new byte[3]);
    try (Tokenizer tokenizer = Tokenizers.fromDirectory(folder)) {
      assertEquals(2, tokenizer.count("hello"));
      assertEquals(2, tokenizer.bundle().files().size());
      assertEquals(Fingerprint.Check.LOCAL, tokenizer.bundle().fingerprint().check());
    }
  }

  @Test
  void folder_thatIsNone_isRefused(@TempDir Path folder) {
    Path missing = folder.resolve("missing");
    assertThrows(BundleException.class, () -> Tokenizers.fromDirectory(missing));
    assertThrows(BundleException.class, () -> Tokenizers.fromDirectory(folder));
  }

  @Test
  void folder_overTheLimit_isRefused(@TempDir Path folder) throws IOException {
    Files.write(folder.resolve("tokenizer.json"), TinyTokenizers.byteLevel());
    LoadOptions small = LoadOptions.builder().maxUnpackedBytes(100).build();
    assertThrows(LimitException.class, () -> Tokenizers.fromDirectory(folder, small));
  }
}
