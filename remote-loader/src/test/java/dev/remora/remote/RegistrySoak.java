package dev.remora.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.Tokenizer;
import dev.remora.bundle.ContentDigest;
import io.grpc.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Swaps while many threads encode: {@code mvn -pl remote-loader -am verify -Psoak}. */
@EnabledOnOs(OS.LINUX)
class RegistrySoak {
  private static final int THREADS = 16;
  private static final int SWAPS = 10;
  private static final Duration BETWEEN_SWAPS = Duration.ofSeconds(6);

  private final Map<ContentDigest, Integer> expected = new ConcurrentHashMap<>();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final AtomicBoolean stop = new AtomicBoolean();
  private final LongAdder encoded = new LongAdder();

  @ParameterizedTest
  @MethodSource("dev.remora.remote.SoakSupport#engines")
  void tenSwapsWhileSixteenThreadsEncode_everyResultRight(String engine) throws Exception {
    LoadOptions options = LoadOptions.builder().engine(engine).build();
    try (TestWorker even = SoakSupport.worker(0);
        TestWorker odd = SoakSupport.worker(1);
        TokenizerRegistry registry = TokenizerRegistry.create()) {
      learn(even, options);
      learn(odd, options);
      assertEquals(2, expected.values().stream().distinct().count(), "the ids differ");
      AtomicReference<Channel> current = new AtomicReference<>(even.channel());
      RemoteTokenizerLoader source =
          RemoteTokenizerLoader.of(() -> List.of(current.get()), options);
      List<Thread> threads = start(registry, source);
      SoakSupport.Memory before = SoakSupport.Memory.now();
      for (int swap = 1; swap <= SWAPS; swap++) {
        Thread.sleep(BETWEEN_SWAPS.toMillis());
        current.set((swap % 2 == 0 ? even : odd).channel());
        assertTrue(registry.refresh("m"));
        before = swap == 2 ? SoakSupport.Memory.now() : before;
      }
      stop.set(true);
      for (Thread thread : threads) {
        thread.join();
      }
      assertNull(failure.get(), () -> String.valueOf(failure.get()));
      assertNotEquals(0, encoded.sum());
      SoakSupport.Memory.now()
          .assertFlatSince(
              before,
              "%d swaps under %,d encodings by %d threads, %s"
                  .formatted(SWAPS, encoded.sum(), THREADS, engine));
    }
  }

  private void learn(TestWorker worker, LoadOptions options) {
    try (Tokenizer tokenizer = Tokenizers.fromBackend(worker.channel(), options)) {
      expected.put(tokenizer.bundle().digest(), hash(tokenizer));
    }
  }

  private static int hash(Tokenizer tokenizer) {
    return Arrays.hashCode(tokenizer.encode(SoakSupport.TEXT).ids());
  }

  private List<Thread> start(TokenizerRegistry registry, RemoteTokenizerLoader source) {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Thread thread = new Thread(() -> encodeUntilStopped(registry, source));
      thread.start();
      threads.add(thread);
    }
    return threads;
  }

  private void encodeUntilStopped(TokenizerRegistry registry, RemoteTokenizerLoader source) {
    try {
      while (!stop.get()) {
        try (Tokenizer tokenizer = registry.acquire("m", source)) {
          assertEquals(expected.get(tokenizer.bundle().digest()), hash(tokenizer));
          encoded.increment();
        }
      }
    } catch (Throwable e) {
      failure.compareAndSet(null, e);
    }
  }
}
