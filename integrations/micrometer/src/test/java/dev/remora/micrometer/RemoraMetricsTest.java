package dev.remora.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.DecodeOptions;
import dev.remora.DecodeStream;
import dev.remora.EncodeOptions;
import dev.remora.FingerprintException;
import dev.remora.Prompt;
import dev.remora.Tokenizer;
import dev.remora.conformance.PageExamples;
import dev.remora.forms.TinyTokenizers;
import dev.remora.remote.LoadListener;
import dev.remora.remote.LoadOptions;
import dev.remora.remote.RemoteTokenizerLoader;
import dev.remora.remote.TokenizerRegistry;
import dev.remora.remote.Tokenizers;
import dev.remora.routing.CachingTokenizer;
import dev.remora.routing.KvEventListener;
import dev.remora.routing.PrefixIndex;
import dev.remora.server.TokenizerFiles;
import dev.remora.server.TokenizerServer;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The meters of a real worker's loads, in Micrometer's own registry. */
@Timeout(60)
class RemoraMetricsTest {
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private TokenizerServer server;
  private ManagedChannel channel;

  @TempDir Path folder;

  @BeforeEach
  void start() throws Exception {
    server =
        TokenizerServer.builder(
                TokenizerFiles.of(Map.of("tokenizer.json", TinyTokenizers.byteLevel())))
            .start();
    channel = Grpc.newChannelBuilder(server.target(), InsecureChannelCredentials.create()).build();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.close();
  }

  private long value(String name, String... tags) {
    return (long) meters.get(name).tags(tags).meter().measure().iterator().next().getValue();
  }

  private static LoadOptions options(LoadListener listener) {
    return LoadOptions.builder().listener(listener).build();
  }

  @Test
  void loads_areTimedWithTheirStepsAndTheKindOfTheirFailure() {
    LoadListener listener = RemoraMetrics.loads(meters);
    Tokenizers.fromBackend(channel, options(listener)).close();
    LoadOptions pinned = options(listener).toBuilder().expectedFingerprint("00".repeat(32)).build();
    assertThrows(FingerprintException.class, () -> Tokenizers.fromBackend(channel, pinned));

    assertEquals(1, value("remora.load", "kind", "none", "rule", "none", "error", "none"));
    assertEquals(
        1,
        value("remora.load", "kind", "fingerprint", "rule", "C2", "error", "FingerprintException"));
    for (String step : List.of("hash", "fetch", "unpack", "build")) {
      assertEquals(1, value("remora.load.step", "step", step), step);
    }
    assertEquals(1, value("remora.load.size", "format", "zip"));
    assertEquals(0, meters.get("remora.load.active").longTaskTimer().activeTasks());
    assertTrue(value("remora.load.attempts.failed", "outcome", "fingerprint") > 0);
  }

  @Test
  void load_isAnObservationAroundThoseOfItsCalls() {
    ObservationRegistry observations = ObservationRegistry.create();
    List<String> ended = new CopyOnWriteArrayList<>();
    ObservationHandler<Observation.Context> handler =
        new ObservationHandler<>() {
          @Override
          public void onStop(Observation.Context context) {
            String parent =
                context.getParentObservation() == null
                    ? "nothing"
                    : context.getParentObservation().getContextView().getName();
            ended.add(context.getName() + " in " + parent);
          }

          @Override
          public boolean supportsContext(Observation.Context context) {
            return true;
          }
        };
    observations.observationConfig().observationHandler(handler);
    Channel observed = ClientInterceptors.intercept(channel, new ObservedCalls(observations));
    Tokenizers.fromBackend(observed, options(RemoraMetrics.loads(meters, observations))).close();
    assertTrue(ended.contains("call in remora.load"), ended.toString());
    assertEquals("remora.load in nothing", ended.get(ended.size() - 1));
    assertNull(observations.getCurrentObservation());
  }

  private record ObservedCalls(ObservationRegistry observations) implements ClientInterceptor {
    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
        MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
      Observation.start("call", observations).stop();
      return next.newCall(method, options);
    }
  }

  @Test
  void observationsOfNobody_costNothing() {
    LoadListener listener = RemoraMetrics.loads(meters, ObservationRegistry.NOOP);
    Tokenizers.fromBackend(channel, options(listener)).close();
    assertEquals(1, value("remora.load.step", "step", "build"));
  }

  @Test
  void registry_hasGaugesOfItsLeases() {
    TokenizerRegistry registry = TokenizerRegistry.create();
    RemoraMetrics.registry(registry, Tag.of("of", "test")).bindTo(meters);
    Tokenizer lease = registry.acquire("m", RemoteTokenizerLoader.of(channel, LoadOptions.DEFAULT));
    registry.refresh("m");
    assertEquals(1, value("remora.registry.names", "of", "test"));
    assertEquals(1, value("remora.registry.tokenizers"));
    assertEquals(1, value("remora.registry.leases"));
    assertEquals(1, value("remora.registry.refreshes", "result", "success"));
    assertEquals(0, value("remora.registry.refreshes", "result", "failure"));
    lease.close();
    assertEquals(0, value("remora.registry.leases"));
    registry.close();
  }

  @Test
  void tokens_areCountedHoweverTheyAreAskedFor() {
    try (Tokenizer tokenizer =
        RemoraMetrics.tokens(Tokenizers.fromBackend(channel), meters, Tag.of("model", "m"))) {
      int[] ids = tokenizer.encode("hello world").ids(); // <s>, hello, Ġwor, ld
      tokenizer.count("hello world", EncodeOptions.NO_SPECIAL_TOKENS);
      tokenizer.encodeAll(List.of("hello", "hello"));
      tokenizer.encodeAll(List.of("hello"), EncodeOptions.DEFAULT, Runnable::run);
      tokenizer.countUpTo("hello world", EncodeOptions.DEFAULT, 2);
      Prompt prompt = Prompt.builder().template("hello").build();
      tokenizer.encode(prompt);
      tokenizer.count(prompt);
      tokenizer.decode(ids);
      DecodeStream stream = tokenizer.decodeStream(DecodeOptions.DEFAULT);
      stream.push(ids[0]);
      stream.push(new int[] {ids[1], ids[2]});
      stream.push(ids[3], new StringBuilder());
      stream.push(ids, new StringBuilder());
      stream.push(ids, (index, id, text) -> {});
      assertEquals(4, ids.length);
    }
    assertEquals(8, value("remora.texts.encoded", "model", "m"));
    assertEquals(4 + 3 + 2 + 2 + 2 + 2 + 1 + 1, value("remora.tokens.encoded", "model", "m"));
    assertEquals(4 + 1 + 2 + 1 + 4 + 4, value("remora.tokens.decoded", "model", "m"));
  }

  @Test
  void prefixCacheAndIndex_haveMeters() {
    CachingTokenizer cache = CachingTokenizer.of(Tokenizers.fromBackend(channel), 1 << 20);
    RemoraMetrics.cache(cache).bindTo(meters);
    String turn = "hello world ".repeat(40) + "</s>";
    cache.encode(turn, EncodeOptions.NO_SPECIAL_TOKENS);
    cache.encode(turn + "hello", EncodeOptions.NO_SPECIAL_TOKENS);
    assertEquals(1, value("remora.prefix.cache.texts", "result", "hit"));
    assertEquals(1, value("remora.prefix.cache.texts", "result", "miss"));
    assertEquals(
        cache.statistics().idsReused(), value("remora.prefix.cache.tokens", "result", "hit"));
    assertEquals(
        cache.statistics().idsEncoded(), value("remora.prefix.cache.tokens", "result", "miss"));
    assertEquals(1, value("remora.prefix.cache.parts"));
    assertEquals(cache.statistics().bytes(), value("remora.prefix.cache.size"));
    assertEquals(1 << 20, value("remora.prefix.cache.size.max"));
    cache.close();

    PrefixIndex index = PrefixIndex.withCapacity(100);
    RemoraMetrics.index(index).bindTo(meters);
    index.addByContent("w");
    assertEquals(1, value("remora.prefix.index.workers"));
    assertEquals(100, value("remora.prefix.index.blocks.max"));
    assertEquals(0, value("remora.prefix.index.blocks"));
  }

  @Test
  void kvEvents_areCounted() {
    KvEventListener events = RemoraMetrics.kvEvents(meters);
    events.applied("w", 3);
    events.gap("w", 1, 3);
    events.forgotten("w", KvEventListener.Reason.RESTART);
    assertEquals(3, value("remora.kv.events"));
    assertEquals(1, value("remora.kv.gaps"));
    assertEquals(1, value("remora.kv.forgotten", "reason", "restart"));
  }

  @Test
  void exampleOfTheReadme_countsItsLoadAndItsTokens() throws Exception {
    String source =
        """
        import dev.remora.*;
        import dev.remora.micrometer.*;
        import dev.remora.remote.*;
        import io.micrometer.core.instrument.*;
        public class Example {
          public static void run(io.grpc.Channel channel, MeterRegistry meters) throws Exception {
            %s
          }
        }
        """;
    List<String> examples = PageExamples.of(Path.of("../../README.md"), "java micrometer");
    PageExamples.compile(folder, "Example", source.formatted(examples.get(0)))
        .getMethod("run", Channel.class, MeterRegistry.class)
        .invoke(null, channel, meters);
    assertEquals(1, value("remora.load"));
    assertEquals(3, value("remora.tokens.encoded", "model", "llama-3"));
    assertEquals(0, value("remora.registry.leases"));
    assertEquals(1, examples.size());
  }
}
