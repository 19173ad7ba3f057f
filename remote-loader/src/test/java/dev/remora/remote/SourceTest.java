package dev.remora.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.BundleException;
import dev.remora.ErrorKind;
import dev.remora.FingerprintException;
import dev.remora.LoadException;
import dev.remora.LoadStatus;
import dev.remora.Rule;
import dev.remora.Tokenizer;
import dev.remora.TokenizerException;
import dev.remora.bundle.ContentDigest;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.forms.TinyTokenizers;
import dev.remora.server.Fault;
import dev.remora.server.TokenizerServer;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where a tokenizer comes from, and what is tried when that fails: over real sockets. */
@Timeout(120)
class SourceTest {
  @TempDir Path folder;

  private final List<String> events = new CopyOnWriteArrayList<>();
  private final LoadOptions options =
      LoadOptions.builder()
          .backoff(Duration.ofMillis(10))
          .listener(
              new LoadListener() {
                @Override
                public void movedOn(
                    TokenizerSource from, TokenizerException failure, TokenizerSource to) {
                  events.add("from " + kind(from) + " by " + failure.kind() + " to " + kind(to));
                }

                @Override
                public void serving(TokenizerSource source, List<TokenizerException> passedOver) {
                  events.add(kind(source) + " serves after " + passedOver.size());
                }

                @Override
                public void swapped(String name, ContentDigest from, ContentDigest to) {
                  events.add("swapped");
                }
              })
          .build();
  private final ConcurrentLinkedQueue<ManagedChannel> channels = new ConcurrentLinkedQueue<>();

  @AfterEach
  void close() {
    channels.forEach(ManagedChannel::shutdownNow);
  }

  private static String kind(TokenizerSource source) {
    return source.toString().split(" ", 2)[0];
  }

  private TokenizerSource directory() throws IOException {
    Files.write(folder.resolve("tokenizer.json"), TinyTokenizers.byteLevel());
    return TokenizerSource.directory(folder);
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private TokenizerSource workerAt(int port) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("localhost", port).usePlaintext().build();
    channels.add(channel);
    return TokenizerSource.workers(channel);
  }

  private static TokenizerBundle bundle() {
    return TokenizerBundle.builder(Fingerprint.local())
        .add("tokenizer.json", TinyTokenizers.byteLevel())
        .build();
  }

  @Test
  void workerThatIsNotThere_isPassedOverAfterOneRound() throws IOException {
    TokenizerSource source = workerAt(freePort()).orElse(directory());
    try (Tokenizer tokenizer = Tokenizers.load(source, options)) {
      assertEquals(4, tokenizer.count("hello world"));
      assertEquals(Fingerprint.Check.LOCAL, tokenizer.bundle().fingerprint().check());
    }
    assertEquals(List.of("from workers by load to directory", "directory serves after 1"), events);
  }

  /** However many workers are silent, the load's deadline is not theirs alone. */
  @Test
  void silentWorkers_leaveTheNextSourceHalfOfTheTime() throws IOException {
    LoadOptions brief = options.toBuilder().timeout(Duration.ofSeconds(4)).build();
    long start = System.nanoTime();
    try (TestWorker silent = TestWorker.serving(1, server -> server.fault(Fault.neverAnswers()))) {
      TokenizerSource workers =
          TokenizerSource.workers(List.of(silent.channel(), silent.channel()));
      Tokenizers.load(workers.orElse(directory()), brief).close();
    }
    assertTrue(System.nanoTime() - start >= TimeUnit.MILLISECONDS.toNanos(1_900));
    assertEquals(List.of("from workers by load to directory", "directory serves after 1"), events);
  }

  @Test
  void preferredSource_servesWhereItCan() throws IOException {
    try (TestWorker worker = TestWorker.serving(1)) {
      TokenizerSource source = TokenizerSource.workers(worker.channel()).orElse(directory());
      Tokenizers.load(source, options).close();
    }
    assertEquals(List.of("workers serves after 0"), events);
  }

  @Test
  void lastSource_isWaitedFor_andTheFailureHasEveryAttempt() throws IOException {
    LoadOptions brief = options.toBuilder().timeout(Duration.ofSeconds(1)).build();
    TokenizerSource source =
        TokenizerSource.directory(folder.resolve("none"))
            .orElse(workerAt(freePort()))
            .orElse(workerAt(freePort()));
    long start = System.nanoTime();
    LoadException failure = assertThrows(LoadException.class, () -> Tokenizers.load(source, brief));
    assertTrue(System.nanoTime() - start >= TimeUnit.MILLISECONDS.toNanos(900));
    assertEquals(LoadStatus.DEADLINE_EXCEEDED, failure.status());
    List<String> workers = failure.attempts().stream().map(a -> a.worker()).distinct().toList();
    assertEquals(2, workers.size());
    String first = workers.get(0);
    assertEquals(1, failure.attempts().stream().filter(a -> a.worker().equals(first)).count());
    assertEquals(
        List.of("from directory by bundle to workers", "from workers by load to workers"), events);
  }

  @Test
  void wrongFingerprint_endsTheLoad_unlessItIsNamed() throws IOException {
    byte[] zip = Archives.zip(Map.of("tokenizer.json", TinyTokenizers.byteLevel()));
    List<byte[]> wrong =
        List.of(Messages.metadata("zip", "00".repeat(32)), Messages.chunk(0, zip, true));
    LoadOptions scripted = options.toBuilder().services(List.of(ScriptedWorker.SERVICE)).build();
    try (ScriptedWorker worker = ScriptedWorker.sending(wrong)) {
      TokenizerSource workers = TokenizerSource.workers(worker.channel());
      TokenizerSource directory = directory();
      assertThrows(
          FingerprintException.class, () -> Tokenizers.load(workers.orElse(directory), scripted));
      assertEquals(List.of(), events);
      TokenizerSource lenient =
          TokenizerSource.firstOf(List.of(workers, directory), EnumSet.of(ErrorKind.FINGERPRINT));
      Tokenizers.load(lenient, scripted).close();
      assertEquals(
          List.of("from workers by fingerprint to directory", "directory serves after 1"), events);
    }
  }

  @Test
  void kindThatDoesNotMoveOn_endsTheLoad() throws IOException {
    TokenizerSource strict =
        TokenizerSource.firstOf(
            List.of(TokenizerSource.directory(folder.resolve("none")), directory()),
            EnumSet.of(ErrorKind.LOAD));
    assertThrows(BundleException.class, () -> Tokenizers.load(strict, options));
    assertThrows(
        IllegalArgumentException.class,
        () -> TokenizerSource.firstOf(List.of(), TokenizerSource.MOVES_ON));
  }

  /** Each link has the kinds of the innermost list in which another source follows it. */
  @Test
  void sourcesWithinSources_keepTheirOwnKinds() throws IOException {
    TokenizerSource none = TokenizerSource.directory(folder.resolve("none"));
    TokenizerSource inner =
        TokenizerSource.firstOf(List.of(none, none), EnumSet.of(ErrorKind.BUNDLE));
    TokenizerSource outer = TokenizerSource.firstOf(List.of(inner, directory()), Set.of());
    assertThrows(BundleException.class, () -> Tokenizers.load(outer, options));
    assertEquals(List.of("from directory by bundle to directory"), events);
    Tokenizers.load(inner.orElse(directory()), options).close();
  }

  @Test
  void endOfTheLoad_movesNowhere() throws IOException {
    LoadOptions brief = options.toBuilder().timeout(Duration.ofMillis(400)).build();
    try (TestWorker silent = TestWorker.serving(1, server -> server.fault(Fault.neverAnswers()))) {
      TokenizerSource workers = TokenizerSource.workers(silent.channel());
      LoadException late =
          assertThrows(LoadException.class, () -> Tokenizers.load(workers.orElse(workers), brief));
      assertEquals(Optional.of(Rule.C4), late.rule());
      assertEquals(List.of("from workers by load to workers"), events);
      events.clear();
      TokenizerSource source = workers.orElse(directory());
      Thread.currentThread().interrupt();
      LoadException cancelled =
          assertThrows(LoadException.class, () -> Tokenizers.load(source, options));
      assertTrue(Thread.interrupted());
      assertEquals(LoadStatus.CANCELLED, cancelled.status());
      assertEquals(List.of(), events);
    }
  }

  @Test
  void supplierThatThrows_isPassedOver() throws IOException {
    TokenizerSource source =
        TokenizerSource.workers(
                () -> {
                  throw new IllegalStateException("the discovery is down");
                })
            .orElse(TokenizerSource.bundle(bundle()));
    Tokenizers.load(source, options).close();
    assertEquals(List.of("from workers by load to bundle", "bundle serves after 1"), events);
  }

  @Test
  void listenerThatRefusesWhatServes_endsTheLoadAndClosesTheTokenizer() {
    CopyOnWriteArrayList<Tokenizer> built = new CopyOnWriteArrayList<>();
    LoadOptions refusing =
        options.toBuilder()
            .listener(
                new LoadListener() {
                  @Override
                  public void built(Tokenizer tokenizer, Duration elapsed) {
                    built.add(tokenizer);
                  }

                  @Override
                  public void serving(TokenizerSource source, List<TokenizerException> passedOver) {
                    throw new IllegalStateException("not this one");
                  }
                })
            .build();
    TokenizerSource source = TokenizerSource.bundle(bundle());
    LoadException failure =
        assertThrows(LoadException.class, () -> Tokenizers.load(source, refusing));
    assertInstanceOf(IllegalStateException.class, failure.getCause());
    assertThrows(IllegalStateException.class, () -> built.get(0).count("closed"));
  }

  @Test
  void equalSources_areEqual() {
    TokenizerSource one =
        TokenizerSource.directory(folder).orElse(TokenizerSource.bundle(bundle()));
    TokenizerSource two =
        TokenizerSource.directory(folder).orElse(TokenizerSource.bundle(bundle()));
    assertEquals(one, two);
    assertEquals(one.hashCode(), two.hashCode());
    assertEquals(RemoteTokenizerLoader.of(one, options), RemoteTokenizerLoader.of(two, options));
    assertFalse(one.equals(TokenizerSource.directory(folder)));
    assertSame(3, ((Sources.FirstOf) one.orElse(one)).sources().size());
    assertTrue(one.toString().contains(", else bundle "), one.toString());
  }

  /** A router that starts first: the folder serves, then the worker, and no call is lost. */
  @Test
  void registry_swapsToThePreferredSourceWhenItComesUp() throws Exception {
    int port = freePort();
    TokenizerSource source = workerAt(port).orElse(directory());
    RemoteTokenizerLoader loader = RemoteTokenizerLoader.of(source, options);
    ExecutorService threads = Executors.newFixedThreadPool(16);
    AtomicBoolean done = new AtomicBoolean();
    try (TokenizerRegistry registry =
        TokenizerRegistry.builder()
            .backoff(Duration.ofMillis(100))
            .maxBackoff(Duration.ofMillis(400))
            .build()) {
      registry.acquire("m", loader).close();
      List<Future<Integer>> calls =
          IntStream.range(0, 16)
              .mapToObj(
                  thread ->
                      threads.submit(
                          () -> {
                            int made = 0;
                            while (!done.get()) {
                              try (Tokenizer tokenizer = registry.acquire("m", loader)) {
                                assertEquals(4, tokenizer.encode("hello world").ids().length);
                                made++;
                              }
                            }
                            return made;
                          }))
              .toList();
      Thread.sleep(500); // some seeking fails meanwhile
      try (TokenizerServer late = TokenizerServer.builder(TestWorker.files(2)).port(port).start()) {
        while (!events.contains("swapped")) {
          Thread.sleep(10);
        }
        try (Tokenizer swapped = registry.acquire("m", loader)) {
          assertEquals(Fingerprint.Check.MATCHED, swapped.bundle().fingerprint().check());
        }
        done.set(true);
        for (Future<Integer> call : calls) {
          assertTrue(call.get() > 0);
        }
        int served = late.calls();
        Thread.sleep(600);
        assertEquals(served, late.calls(), "what serves is the preferred one: nothing is sought");
      }
    } finally {
      done.set(true);
      threads.shutdownNow();
    }
    assertEquals("workers serves after 0", events.get(events.size() - 2));
  }

  @Test
  void removedName_isNotSoughtAnyMore() throws Exception {
    int port = freePort();
    TokenizerSource source = workerAt(port).orElse(directory());
    try (TokenizerRegistry registry =
        TokenizerRegistry.builder().backoff(Duration.ofMillis(300)).build()) {
      registry.acquire("m", RemoteTokenizerLoader.of(source, options)).close();
      try (TokenizerServer late = TokenizerServer.builder(TestWorker.files(2)).port(port).start()) {
        registry.remove("m");
        channels.forEach(ManagedChannel::resetConnectBackoff);
        Thread.sleep(900);
        assertEquals(0, late.calls());
      }
    }
  }

  /** A status that other workers may not have ends one source, not the load. */
  @Test
  void refusedCredentials_moveOn() throws IOException {
    LoadOptions scripted = options.toBuilder().services(List.of(ScriptedWorker.SERVICE)).build();
    try (ScriptedWorker worker = ScriptedWorker.failing(Status.PERMISSION_DENIED)) {
      TokenizerSource source = TokenizerSource.workers(worker.channel()).orElse(directory());
      Tokenizers.load(source, scripted).close();
      assertEquals(1, worker.calls.get());
    }
  }
}
