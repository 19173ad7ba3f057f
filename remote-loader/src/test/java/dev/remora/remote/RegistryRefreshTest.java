package dev.remora.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.BundleException;
import dev.remora.LoadException;
import dev.remora.LoadStatus;
import dev.remora.Rule;
import dev.remora.Tokenizer;
import dev.remora.bundle.BundleDialect;
import dev.remora.bundle.ContentDigest;
import dev.remora.remote.registry.Waiting;
import dev.remora.server.Fault;
import io.grpc.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What refresh fetches, swaps, keeps and leaves alone: over real sockets. */
@Timeout(60)
class RegistryRefreshTest {
  private final AtomicReference<Channel> worker = new AtomicReference<>();
  private final List<String> swaps = new ArrayList<>();
  private final RemoteTokenizerLoader loader =
      RemoteTokenizerLoader.of(
          () -> List.of(worker.get()),
          LoadOptions.builder()
              .listener(
                  new LoadListener() {
                    @Override
                    public void swapped(String name, ContentDigest from, ContentDigest to) {
                      swaps.add(name + " " + from + " " + to);
                    }
                  })
              .build());
  private final TokenizerRegistry registry = TokenizerRegistry.create();

  @AfterEach
  void close() {
    registry.close();
  }

  private Tokenizer acquire(TestWorker from) {
    worker.set(from.channel());
    return registry.acquire("m", loader);
  }

  private boolean refresh(TestWorker from) {
    worker.set(from.channel());
    return registry.refresh("m");
  }

  @Test
  void otherFiles_areSwappedIn_andLeasesEndOnTheOldTokenizer() {
    try (TestWorker first = TestWorker.serving(1);
        TestWorker second = TestWorker.serving(2)) {
      Tokenizer old = acquire(first);
      assertTrue(refresh(second));
      try (Tokenizer current = acquire(second)) {
        assertFalse(current.bundle().digest().equals(old.bundle().digest()));
        assertEquals(4, old.count("hello world"));
        assertEquals(
            List.of("m " + old.bundle().digest() + " " + current.bundle().digest()), swaps);
        old.close();
        assertEquals(4, current.count("hello world"));
      }
    }
  }

  @Test
  void announcedFingerprintThatIsHeld_endsTheCallAfterItsFirstMessage() throws Exception {
    try (TestWorker first = TestWorker.serving(1, server -> server.chunkSize(100));
        TestWorker slow =
            TestWorker.serving(
                1, server -> server.chunkSize(100).fault(Fault.parse("trickle:100ms")))) {
      acquire(first).close();
      assertFalse(refresh(slow));
      assertTrue(slow.server().awaitIdle(Duration.ofSeconds(5)));
      assertEquals(1, slow.server().cancelledCalls());
      assertTrue(slow.server().messagesSent() < 5, "sent " + slow.server().messagesSent());
    }
  }

  @Test
  void equalFilesInAnotherArchiveOrDialect_areNoSwap() {
    try (TestWorker first = TestWorker.serving(1);
        TestWorker later =
            TestWorker.serving(
                1, server -> server.modified(Instant.parse("2026-01-01T00:00:00Z")));
        TestWorker bare = TestWorker.serving(1, server -> server.dialect(BundleDialect.BARE))) {
      acquire(first).close();
      assertFalse(refresh(later));
      assertFalse(refresh(bare));
      assertEquals(1, later.server().completedCalls());
      assertEquals(List.of(), swaps);
      assertEquals(4, acquire(first).count("hello world"));
    }
  }

  @Test
  void refreshThatFails_leavesTheOldTokenizerServing() {
    try (TestWorker first = TestWorker.serving(1);
        TestWorker bad = TestWorker.serving(2, server -> server.fault(Fault.noMessages()))) {
      acquire(first).close();
      assertThrows(BundleException.class, () -> refresh(bad));
      assertEquals(4, acquire(first).count("hello world"));
      assertEquals(1, first.server().calls());
    }
  }

  @Test
  void newTokenizerThatFailsItsSelfCheck_leavesTheOldOneServing() {
    List<Tokenizer> checked = new ArrayList<>();
    try (TokenizerRegistry strict =
            TokenizerRegistry.builder()
                .selfCheck(
                    tokenizer -> {
                      checked.add(tokenizer);
                      if (checked.size() == 2) {
                        throw new BundleException(Rule.R2, null, "not this one");
                      }
                    })
                .build();
        TestWorker first = TestWorker.serving(1);
        TestWorker second = TestWorker.serving(2)) {
      worker.set(first.channel());
      strict.acquire("m", loader).close();
      worker.set(second.channel());
      assertThrows(BundleException.class, () -> strict.refresh("m"));
      assertEquals(2, checked.size());
      assertThrows(IllegalStateException.class, () -> checked.get(1).count("it is closed"));
      assertEquals(4, strict.acquire("m", loader).count("hello world"));
      assertTrue(strict.refresh("m"), "the third passes");
    }
  }

  @Test
  void tokenizer_closesWithItsLastLease() {
    List<Tokenizer> built = new ArrayList<>();
    try (TokenizerRegistry watching = TokenizerRegistry.builder().selfCheck(built::add).build();
        TestWorker first = TestWorker.serving(1);
        TestWorker second = TestWorker.serving(2)) {
      worker.set(first.channel());
      Tokenizer lease = watching.acquire("m", loader);
      Tokenizer old = built.get(0);
      worker.set(second.channel());
      assertTrue(watching.refresh("m"));
      assertEquals(4, old.count("hello world"));
      lease.close();
      assertThrows(IllegalStateException.class, () -> old.count("hello"));
    }
  }

  @Test
  void concurrentRefreshes_areOne() {
    try (TestWorker first = TestWorker.serving(1);
        TestWorker second =
            TestWorker.serving(2, server -> server.fault(Fault.parse("trickle:200ms")))) {
      acquire(first).close();
      worker.set(second.channel());
      CompletableFuture<Boolean> one = registry.refreshAsync("m");
      CompletableFuture<Boolean> two = registry.refreshAsync("m");
      assertTrue(one.join());
      assertTrue(two.join());
      assertEquals(1, second.server().calls());
      assertEquals(1, swaps.size());
    }
  }

  @Test
  void removeWhileRefreshing_endsTheRefreshAsCancelled() {
    try (TestWorker first = TestWorker.serving(1);
        TestWorker silent = TestWorker.serving(2, server -> server.fault(Fault.neverAnswers()))) {
      acquire(first).close();
      worker.set(silent.channel());
      CompletableFuture<Boolean> refresh = registry.refreshAsync("m");
      registry.remove("m");
      LoadException failure = assertThrows(LoadException.class, () -> Waiting.on(refresh));
      assertEquals(LoadStatus.CANCELLED, failure.status());
      assertEquals(Optional.of(Rule.R1), failure.rule());
    }
  }

  @Test
  void nameWithoutTokenizer_cannotBeRefreshed() {
    LoadException failure = assertThrows(LoadException.class, () -> registry.refresh("none"));
    assertEquals(LoadStatus.NOT_FOUND, failure.status());
  }
}
