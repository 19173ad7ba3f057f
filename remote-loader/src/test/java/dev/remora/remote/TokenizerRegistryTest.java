package dev.remora.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.DecodeOptions;
import dev.remora.EncodeOptions;
import dev.remora.LoadException;
import dev.remora.LoadStatus;
import dev.remora.Rule;
import dev.remora.Tokenizer;
import dev.remora.remote.registry.Waiting;
import dev.remora.server.Fault;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One name, one load, one shared tokenizer: over real sockets. */
@Timeout(60)
class TokenizerRegistryTest {
  private final TokenizerRegistry registry =
      TokenizerRegistry.builder().backoff(Duration.ofMillis(300)).build();

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void hundredThreadsAskingForOneName_makeOneCall() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(100);
    try (TestWorker worker = TestWorker.serving(1)) {
      CountDownLatch ready = new CountDownLatch(100);
      List<Future<Integer>> counts = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        counts.add(
            threads.submit(
                () -> {
                  ready.countDown();
                  ready.await();
                  try (Tokenizer tokenizer = registry.acquire("tiny", worker.loader())) {
                    return tokenizer.count("hello world");
                  }
                }));
      }
      for (Future<Integer> count : counts) {
        assertEquals(4, count.get());
      }
      assertEquals(1, worker.server().calls());
      assertEquals(Set.of("tiny"), registry.names());
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void failureOfOneFlight_isEveryonesAndTheSame() throws Exception {
    try (ScriptedWorker worker =
        ScriptedWorker.scripted(
            (call, stream) -> {
              sleep(100);
              ScriptedWorker.send(stream, List.of(), Status.INTERNAL);
            })) {
      RemoteTokenizerLoader loader =
          RemoteTokenizerLoader.of(worker.channel(), LoadOptions.DEFAULT);
      List<CompletableFuture<Tokenizer>> waiting = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        waiting.add(registry.acquireAsync("bad", loader));
      }
      LoadException first =
          assertThrows(LoadException.class, () -> registry.acquire("bad", loader));
      for (CompletableFuture<Tokenizer> one : waiting) {
        assertSame(first, one.handle((tokenizer, failure) -> failure).get());
      }
      assertEquals(1, worker.calls.get());
      assertEquals(Set.of(), registry.names());
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void failedLoad_isTriedAgainOnlyAfterItsBackoffWhichDoubles() {
    try (TestWorker worker =
        TestWorker.serving(1, server -> server.fault(Fault.parse("flaky:2,status:INTERNAL")))) {
      LoadException first =
          assertThrows(LoadException.class, () -> registry.acquire("m", worker.loader()));
      assertSame(
          first, assertThrows(LoadException.class, () -> registry.acquire("m", worker.loader())));
      assertEquals(1, worker.server().calls());
      sleep(320);
      assertThrows(LoadException.class, () -> registry.acquire("m", worker.loader()));
      assertEquals(2, worker.server().calls());
      sleep(320);
      assertThrows(LoadException.class, () -> registry.acquire("m", worker.loader()));
      assertEquals(2, worker.server().calls());
      sleep(300);
      registry.acquire("m", worker.loader()).close();
      assertEquals(3, worker.server().calls());
    }
  }

  @Test
  void otherSourceWhileLoaded_isAConflict() {
    try (TestWorker worker = TestWorker.serving(1);
        TestWorker other = TestWorker.serving(2)) {
      registry.acquire("m", worker.loader()).close();
      LoadException conflict =
          assertThrows(LoadException.class, () -> registry.acquire("m", other.loader()));
      assertEquals(LoadStatus.ALREADY_EXISTS, conflict.status());
      assertEquals(Optional.of(Rule.R1), conflict.rule());
      assertTrue(registry.remove("m"));
      registry.acquire("m", other.loader()).close();
      assertEquals(1, other.server().calls());
    }
  }

  @Test
  void otherSourceAfterAFailure_takesItsPlaceAtOnce() {
    try (TestWorker bad = TestWorker.serving(1, server -> server.fault(Fault.noMessages()));
        TestWorker good = TestWorker.serving(1)) {
      assertThrows(RuntimeException.class, () -> registry.acquire("m", bad.loader()));
      registry.acquire("m", good.loader()).close();
    }
  }

  @Test
  void namesOfEqualFiles_shareOneTokenizer() {
    try (TestWorker one = TestWorker.serving(1);
        TestWorker two =
            TestWorker.serving(
                1, server -> server.modified(Instant.parse("2026-01-01T00:00:00Z")));
        TestWorker three = TestWorker.serving(3)) {
      Tokenizer a = registry.acquire("a", one.loader());
      Tokenizer b = registry.acquire("b", two.loader());
      Tokenizer c = registry.acquire("c", three.loader());
      assertSame(
          a.bundle().specialTokens(), b.bundle().specialTokens()); // bundle() is each name's own
      assertNotSame(a.bundle().specialTokens(), c.bundle().specialTokens());
      assertNotEquals(a.bundle().digest(), c.bundle().digest());
      registry.remove("a");
      a.close();
      assertEquals(4, b.count("hello world"));
    }
  }

  @Test
  void lease_outlivesItsNameAndTheRegistry_andEndsWithItsClose() {
    try (TestWorker worker = TestWorker.serving(1)) {
      Tokenizer lease = registry.acquire("m", worker.loader());
      Tokenizer other = registry.acquire("m", worker.loader());
      registry.close();
      assertEquals(4, lease.count("hello world"));
      lease.close();
      lease.close();
      assertThrows(IllegalStateException.class, () -> lease.count("hello"));
      assertEquals(4, other.count("hello world"), "a second close of a lease takes no other's");
      assertThrows(IllegalStateException.class, () -> registry.acquire("m", worker.loader()));
    }
  }

  @Test
  void statistics_countLeasesTokenizersAndRefreshes() {
    try (TestWorker worker = TestWorker.serving(1);
        TestWorker equal = TestWorker.serving(1)) {
      LoadOptions once = LoadOptions.builder().maxAttempts(1).build();
      Tokenizer first = registry.acquire("a", RemoteTokenizerLoader.of(worker.channel(), once));
      Tokenizer second = registry.acquire("b", equal.loader());
      assertEquals(new TokenizerRegistry.Statistics(2, 1, 2, 0, 0), registry.statistics());
      assertFalse(registry.refresh("a"));
      worker.server().close();
      assertThrows(LoadException.class, () -> registry.refresh("a"));
      first.close();
      first.close();
      registry.remove("a");
      assertEquals(new TokenizerRegistry.Statistics(1, 1, 1, 1, 1), registry.statistics());
      registry.remove("b");
      assertEquals(new TokenizerRegistry.Statistics(0, 1, 1, 1, 1), registry.statistics());
      second.close();
      assertEquals(new TokenizerRegistry.Statistics(0, 0, 0, 1, 1), registry.statistics());
    }
  }

  @Test
  void toString_namesTheWorkersAndTheNames() {
    try (TestWorker worker = TestWorker.serving(1)) {
      String loader = worker.loader().toString();
      String start = "RemoteTokenizerLoader[workers [" + worker.channel().authority() + "], Load";
      assertTrue(loader.startsWith(start), loader);
      assertEquals("TokenizerRegistry[names=[]]", registry.toString());
      registry.acquire("m", worker.loader()).close();
      assertEquals("TokenizerRegistry[names=[m]]", registry.toString());
      registry.close();
      assertEquals("TokenizerRegistry[names=[], closed]", registry.toString());
    }
  }

  /** Every question that a tokenizer answers. */
  private static List<Function<Tokenizer, Object>> questions() {
    EncodeOptions plain = EncodeOptions.NO_SPECIAL_TOKENS;
    return List.of(
        tokenizer -> Arrays.toString(tokenizer.encode("hello world").ids()),
        tokenizer -> tokenizer.encode("hello world", plain).tokens(),
        tokenizer -> tokenizer.encodeAll(List.of("a", "b")).size(),
        tokenizer -> tokenizer.encodeAll(List.of("a", "b"), plain, Runnable::run).size(),
        tokenizer -> tokenizer.count("hello world"),
        tokenizer -> tokenizer.countUpTo("hello world", plain, 9),
        tokenizer -> tokenizer.decode(new int[] {264, 259}, DecodeOptions.SKIP_SPECIAL_TOKENS),
        tokenizer -> tokenizer.decodeStream().push(259),
        tokenizer -> tokenizer.idOf("<s>"),
        tokenizer -> tokenizer.tokenOf(264),
        Tokenizer::vocabularySize,
        Tokenizer::idBound,
        tokenizer -> tokenizer.specialTokens().all(),
        tokenizer -> tokenizer.bundle().digest(),
        Tokenizer::engine);
  }

  @Test
  void lease_answersAsTheTokenizer_untilItIsClosed() {
    try (TestWorker worker = TestWorker.serving(1);
        Tokenizer direct = worker.loader().load()) {
      Tokenizer lease = registry.acquire("m", worker.loader());
      for (Function<Tokenizer, Object> question : questions()) {
        assertEquals(question.apply(direct), question.apply(lease));
      }
      lease.close();
      for (Function<Tokenizer, Object> question : questions()) {
        assertThrows(IllegalStateException.class, () -> question.apply(lease));
      }
    }
  }

  @Test
  void removeWhileLoading_cancelsTheCallAndItsWaiters() throws InterruptedException {
    try (TestWorker worker = TestWorker.serving(1, server -> server.fault(Fault.neverAnswers()))) {
      CompletableFuture<Tokenizer> waiting = registry.acquireAsync("m", worker.loader());
      while (worker.server().calls() == 0) {
        sleep(5);
      }
      assertTrue(registry.remove("m"));
      assertFalse(registry.remove("m"));
      LoadException failure = assertThrows(LoadException.class, () -> Waiting.on(waiting));
      assertEquals(LoadStatus.CANCELLED, failure.status());
      assertTrue(worker.server().awaitIdle(Duration.ofSeconds(5)));
      assertEquals(1, worker.server().cancelledCalls());
    }
  }

  @Test
  void callbackThatBlocks_delaysNoOtherCaller() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (TestWorker worker =
        TestWorker.serving(1, server -> server.fault(Fault.parse("trickle:100ms")))) {
      CompletableFuture<Void> before = blocking(worker, release);
      CompletableFuture<Tokenizer> between = registry.acquireAsync("m", worker.loader());
      CompletableFuture<Void> after = blocking(worker, release);
      between.get(20, TimeUnit.SECONDS).close();
      assertFalse(before.isDone() || after.isDone());
    } finally {
      release.countDown();
    }
  }

  private CompletableFuture<Void> blocking(TestWorker worker, CountDownLatch release) {
    return registry
        .acquireAsync("m", worker.loader())
        .thenAccept(
            tokenizer -> {
              await(release);
              tokenizer.close();
            });
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(50, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void namesThatFail_areForgottenTheOldestFirst() {
    RemoteTokenizerLoader nowhere = RemoteTokenizerLoader.of(List.of(), LoadOptions.DEFAULT);
    try (TokenizerRegistry patient =
        TokenizerRegistry.builder()
            .backoff(Duration.ofMinutes(1))
            .maxBackoff(Duration.ofMinutes(1))
            .build()) {
      List<LoadException> failures = new ArrayList<>();
      for (int name = 0; name < 1_001; name++) {
        failures.add(failure(patient, "m" + name, nowhere));
      }
      assertSame(failures.get(1_000), failure(patient, "m1000", nowhere));
      assertSame(failures.get(1), failure(patient, "m1", nowhere));
      assertNotSame(failures.get(0), failure(patient, "m0", nowhere));
      assertNotSame(failures.get(1), failure(patient, "m1", nowhere), "m0 took its place");
    }
  }

  private static LoadException failure(
      TokenizerRegistry registry, String name, RemoteTokenizerLoader loader) {
    return assertThrows(LoadException.class, () -> registry.acquire(name, loader));
  }

  @Test
  void callerWhoseContextEnds_stopsWaiting_andTheLoadGoesOn() {
    ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    try (TestWorker worker =
            TestWorker.serving(1, server -> server.fault(Fault.parse("trickle:400ms")));
        Context.CancellableContext context =
            Context.current().withDeadline(Deadline.after(200, TimeUnit.MILLISECONDS), scheduler)) {
      LoadException failure =
          assertThrows(
              LoadException.class,
              () -> context.call(() -> registry.acquire("m", worker.loader())));
      assertEquals(LoadStatus.DEADLINE_EXCEEDED, failure.status());
      registry.acquire("m", worker.loader()).close();
      assertEquals(1, worker.server().calls());
    } finally {
      scheduler.shutdownNow();
    }
  }

  @Test
  void callerThatIsInterrupted_stopsWaitingAndStaysInterrupted() {
    try (TestWorker worker = TestWorker.serving(1, server -> server.fault(Fault.neverAnswers()))) {
      Thread.currentThread().interrupt();
      LoadException failure =
          assertThrows(LoadException.class, () -> registry.acquire("m", worker.loader()));
      assertEquals(LoadStatus.CANCELLED, failure.status());
      assertTrue(Thread.interrupted());
    }
  }
}
