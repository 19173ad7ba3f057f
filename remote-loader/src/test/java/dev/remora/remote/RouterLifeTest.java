package dev.remora.remote;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.Tokenizer;
import dev.remora.TokenizerException;
import dev.remora.bundle.ContentDigest;
import dev.remora.bundle.Proof;
import dev.remora.forms.TinyTokenizers;
import dev.remora.server.TokenizerFiles;
import dev.remora.server.TokenizerServer;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A router from its first start to its hundredth refresh. */
@Timeout(120)
class RouterLifeTest {
  private static final int[] IDS = {264, 259, 262, 263};

  @TempDir Path folder;

  private final List<String> events = new CopyOnWriteArrayList<>();
  private final LoadOptions options =
      LoadOptions.builder()
          .listener(
              new LoadListener() {
                @Override
                public void serving(TokenizerSource source, List<TokenizerException> passedOver) {
                  events.add("serving after " + passedOver.size());
                }

                @Override
                public void swapped(String name, ContentDigest from, ContentDigest to) {
                  events.add("swapped");
                }
              })
          .build();

  private TokenizerSource source(ManagedChannel channel) {
    return TokenizerSource.workers(channel).keptIn(TokenizerCache.at(folder), "m");
  }

  private static ManagedChannel channel(int port) {
    return NettyChannelBuilder.forAddress("localhost", port).usePlaintext().build();
  }

  private static int freePort() throws Exception {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static TokenizerRegistry registry() {
    return TokenizerRegistry.builder()
        .backoff(Duration.ofMillis(50))
        .maxBackoff(Duration.ofMillis(200))
        .build();
  }

  /** Encodes without a pause on 16 threads; each gives how often. */
  private static List<Future<Integer>> encode(
      ExecutorService threads,
      TokenizerRegistry registry,
      RemoteTokenizerLoader loader,
      AtomicBoolean done) {
    return IntStream.range(0, 16)
        .mapToObj(
            thread ->
                threads.submit(
                    () -> {
                      int made = 0;
                      while (!done.get()) {
                        try (Tokenizer tokenizer = registry.acquire("m", loader)) {
                          assertArrayEquals(IDS, tokenizer.encode("hello world").ids());
                          made++;
                        }
                      }
                      return made;
                    }))
        .toList();
  }

  private static void assertAllMade(List<Future<Integer>> calls) throws Exception {
    for (Future<Integer> call : calls) {
      assertTrue(call.get() > 0);
    }
  }

  /** The files of the cache are those of a worker that is gone; another version comes up. */
  @Test
  void warmCache_serves_untilAWorkerComesUp_andNoCallIsLost() throws Exception {
    try (TestWorker first = TestWorker.serving(1)) {
      Tokenizers.load(source(first.channel()), options).close();
    }
    events.clear();
    int port = freePort();
    ManagedChannel channel = channel(port);
    RemoteTokenizerLoader loader = RemoteTokenizerLoader.of(source(channel), options);
    ExecutorService threads = Executors.newFixedThreadPool(16);
    AtomicBoolean done = new AtomicBoolean();
    try (TokenizerRegistry registry = registry()) {
      try (Tokenizer tokenizer = registry.acquire("m", loader)) {
        assertEquals(Proof.CONTENT_DIGEST, tokenizer.bundle().proof());
      }
      assertEquals(List.of("serving after 1"), events);
      List<Future<Integer>> calls = encode(threads, registry, loader, done);
      Thread.sleep(300); // it is sought in vain meanwhile
      try (TokenizerServer late = TokenizerServer.builder(TestWorker.files(2)).port(port).start()) {
        while (!events.contains("swapped")) {
          Thread.sleep(10);
        }
        try (Tokenizer tokenizer = registry.acquire("m", loader)) {
          assertEquals(Proof.FINGERPRINT, tokenizer.bundle().proof());
        }
        done.set(true);
        assertAllMade(calls);
        assertTrue(late.calls() > 0);
      }
    } finally {
      done.set(true);
      threads.shutdownNow();
      channel.shutdownNow();
    }
  }

  /** A refused connection is small beside what building takes; no pause, no second reading. */
  @Test
  void warmCache_whileTheWorkerIsDown_takesTheTimeOfALocalLoad() throws Exception {
    StringBuilder more = new StringBuilder("\"ld\":263");
    for (int id = 266; id < 60_000; id++) {
      more.append(",\"x").append(id).append("\":").append(id);
    }
    String tiny = new String(TinyTokenizers.byteLevel(), StandardCharsets.UTF_8);
    byte[] json = Archives.utf8(tiny.replace("\"ld\":263", more));
    Path directory = Files.createDirectory(folder.resolve("model"));
    Files.write(directory.resolve("tokenizer.json"), json);
    int port = freePort();
    ManagedChannel channel = channel(port);
    TokenizerSource kept = source(channel);
    TokenizerFiles files = TokenizerFiles.of(Map.of("tokenizer.json", json));
    try (TokenizerServer worker = TokenizerServer.builder(files).port(port).start()) {
      Tokenizers.load(kept, options).close();
      assertEquals("serving after 0", events.get(0), worker.target());
    }
    long local = Long.MAX_VALUE;
    long cached = Long.MAX_VALUE;
    for (int round = 0; round < 10; round++) { // in turn, as other processes slow down both
      local = Math.min(local, nanosToLoad(TokenizerSource.directory(directory)));
      cached = Math.min(cached, nanosToLoad(kept));
    }
    channel.shutdownNow();
    assertEquals(10, events.stream().filter("serving after 1"::equals).count());
    long most = 2 * local + Duration.ofMillis(50).toNanos();
    assertTrue(cached < most, cached / 1_000 + " µs, local " + local / 1_000);
  }

  private long nanosToLoad(TokenizerSource source) {
    long start = System.nanoTime();
    Tokenizers.load(source, options).close();
    return System.nanoTime() - start;
  }

  /** Two workers change over one by one while a hundred refreshes go on. */
  @Test
  void hundredRefreshes_overWorkersThatChange_loseNoCall() throws Exception {
    try (TestWorker one = TestWorker.serving(1);
        TestWorker two = TestWorker.serving(1);
        TestWorker next = TestWorker.serving(2);
        ModelWorkers workers = ModelWorkers.of(DriftPolicy.MAJORITY, options);
        TokenizerRegistry registry = registry()) {
      workers.join("m", one.channel()).join();
      workers.join("m", two.channel()).join();
      TokenizerSource source = workers.source("m").keptIn(TokenizerCache.at(folder), "m");
      RemoteTokenizerLoader loader = RemoteTokenizerLoader.of(source, options);
      registry.acquire("m", loader).close();
      ExecutorService threads = Executors.newFixedThreadPool(16);
      AtomicBoolean done = new AtomicBoolean();
      try {
        List<Future<Integer>> calls = encode(threads, registry, loader, done);
        for (int refresh = 0; refresh < 50; refresh++) {
          assertFalse(registry.refresh("m"));
        }
        assertFalse(workers.join("m", next.channel()).join().isNone());
        assertTrue(workers.leave("m", one.channel()));
        assertTrue(workers.leave("m", two.channel()));
        assertTrue(registry.refresh("m"));
        for (int refresh = 51; refresh < 100; refresh++) {
          assertFalse(registry.refresh("m"));
        }
        done.set(true);
        assertAllMade(calls);
      } finally {
        done.set(true);
        threads.shutdownNow();
      }
      assertEquals(1, events.stream().filter("swapped"::equals).count());
      assertEquals(2, TokenizerCache.at(folder).entries().size(), "each content is kept once");
    }
  }
}
