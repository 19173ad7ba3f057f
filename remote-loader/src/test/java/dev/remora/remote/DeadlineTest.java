package dev.remora.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.remora.LoadException;
import dev.remora.LoadStatus;
import dev.remora.Rule;
import dev.remora.Tokenizer;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.remote.archive.EntrySink;
import dev.remora.remote.stream.LoadDeadline;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.util.internal.PlatformDependent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** Rule C4 over real sockets: every load ends, on time, on both sides. */
@Timeout(30)
class DeadlineTest {
  private static final byte[] ZIP = Archives.zip(Map.of("config.json", Archives.utf8("{}")));
  private static final LoadOptions OPTIONS =
      LoadOptions.builder()
          .services(List.of(ScriptedWorker.SERVICE))
          .timeout(Duration.ofSeconds(2))
          .build();

  private static ScriptedWorker silent() {
    return ScriptedWorker.scripted((call, stream) -> {});
  }

  private static ScriptedWorker stalled() {
    return ScriptedWorker.stallingAfter(
        List.of(Messages.metadata("zip", Messages.sha256(ZIP)), Messages.chunk(0, ZIP, false)));
  }

  private static void assertEndsAfter(long millis, Executable load) {
    long start = System.nanoTime();
    LoadException failure = assertThrows(LoadException.class, load);
    long elapsed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    assertEquals(LoadStatus.DEADLINE_EXCEEDED, failure.status());
    assertEquals(Optional.of(Rule.C4), failure.rule());
    assertTrue(Math.abs(elapsed - millis) <= millis / 10, elapsed + " ms");
  }

  @Test
  void workerThatNeverAnswers_endsAtTheDeadline() throws InterruptedException {
    try (ScriptedWorker worker = silent()) {
      RemoteTokenizerLoader loader = RemoteTokenizerLoader.of(worker.channel(), OPTIONS);
      warmUp(worker);
      assertEndsAfter(2000, loader::loadBundle);
      assertTrue(worker.cancelled.await(5, TimeUnit.SECONDS));
    }
  }

  @Test
  void workerThatStalls_endsAtTheDeadline() {
    try (ScriptedWorker worker = stalled()) {
      warmUp(worker);
      assertEndsAfter(2000, () -> RemoteTokenizerLoader.of(worker.channel(), OPTIONS).loadBundle());
    }
  }

  /** The first call pays for loading classes, which is not what is measured. */
  private static void warmUp(ScriptedWorker worker) {
    LoadOptions brief = OPTIONS.toBuilder().timeout(Duration.ofMillis(300)).build();
    assertThrows(
        LoadException.class, () -> RemoteTokenizerLoader.of(worker.channel(), brief).loadBundle());
  }

  @Test
  void unpacking_endsAtTheDeadline() {
    LoadDeadline passed = LoadDeadline.after(Duration.ofNanos(1));
    EntrySink sink =
        new EntrySink(
            TokenizerBundle.builder(Fingerprint.local()), LoadOptions.DEFAULT.limits(), passed);
    LoadException failure =
        assertThrows(
            LoadException.class,
            () -> sink.file("tokenizer.json", new ByteArrayInputStream(new byte[100])));
    assertEquals(LoadStatus.DEADLINE_EXCEEDED, failure.status());
  }

  @Test
  void deadlineOfTheContext_winsWhereShorter() {
    ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    try (ScriptedWorker worker = silent();
        Context.CancellableContext context =
            Context.current().withDeadline(Deadline.after(500, TimeUnit.MILLISECONDS), scheduler)) {
      warmUp(worker);
      LoadOptions longer = OPTIONS.toBuilder().timeout(Duration.ofMinutes(1)).build();
      LoadException failure =
          assertThrows(
              LoadException.class,
              () ->
                  context.call(
                      () -> RemoteTokenizerLoader.of(worker.channel(), longer).loadBundle()));
      assertEquals(LoadStatus.DEADLINE_EXCEEDED, failure.status());
      assertEquals(Optional.of(Rule.C4), failure.rule());
    } finally {
      scheduler.shutdownNow();
    }
  }

  @Test
  void silentWorker_costsOneAttemptNotTheDeadline() {
    LoadOptions options =
        OPTIONS.toBuilder()
            .timeout(Duration.ofSeconds(20))
            .idleTimeout(Duration.ofMillis(300))
            .build();
    try (ScriptedWorker silent = silent();
        ScriptedWorker good = ScriptedWorker.sending(Messages.described("zip", ZIP))) {
      List<Channel> channels = List.of(silent.channel(), good.channel());
      assertEquals(1, RemoteTokenizerLoader.of(channels, options).loadBundle().files().size());
      assertEquals(1, silent.calls.get());
    }
  }

  /** A message that takes twice the idle timeout, its bytes coming all the time. */
  @Test
  void messageOnASlowLink_isNotIdle() throws IOException {
    byte[] large = new byte[300_000];
    new Random(1).nextBytes(large); // does not shrink
    byte[] zip = Archives.zip(Map.of("tokenizer.json", large));
    LoadOptions patient =
        OPTIONS.toBuilder()
            .timeout(Duration.ofSeconds(25))
            .idleTimeout(Duration.ofMillis(1500))
            .maxAttempts(1)
            .build();
    try (ScriptedWorker worker = ScriptedWorker.sending(Messages.described("zip", zip));
        SlowLink link = SlowLink.to(worker.port(), 10_000, Duration.ofMillis(100))) {
      ManagedChannel channel =
          NettyChannelBuilder.forAddress("localhost", link.port()).usePlaintext().build();
      long start = System.nanoTime();
      TokenizerBundle bundle = RemoteTokenizerLoader.of(channel, patient).loadBundle();
      channel.shutdownNow();
      assertEquals(1, bundle.files().size());
      assertTrue(Duration.ofNanos(System.nanoTime() - start).compareTo(patient.idleTimeout()) > 0);
    }
  }

  @Test
  void futureCancelled_endsTheRpcOnTheWorker() throws InterruptedException {
    try (ScriptedWorker worker = stalled()) {
      LoadOptions longer = OPTIONS.toBuilder().timeout(Duration.ofMinutes(1)).build();
      CompletableFuture<Tokenizer> future =
          RemoteTokenizerLoader.of(worker.channel(), longer).loadAsync();
      while (worker.calls.get() == 0) {
        Thread.sleep(5);
      }
      future.cancel(true);
      assertTrue(worker.cancelled.await(5, TimeUnit.SECONDS));
    }
  }

  @Test
  void threadInterrupted_endsTheLoadAndStaysInterrupted() throws InterruptedException {
    try (ScriptedWorker worker = stalled()) {
      LoadOptions longer = OPTIONS.toBuilder().timeout(Duration.ofMinutes(1)).build();
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      AtomicReference<Boolean> flag = new AtomicReference<>();
      Thread thread =
          new Thread(
              () -> {
                try {
                  RemoteTokenizerLoader.of(worker.channel(), longer).loadBundle();
                } catch (LoadException e) {
                  thrown.set(e);
                  flag.set(Thread.currentThread().isInterrupted());
                }
              });
      thread.start();
      while (worker.calls.get() == 0) {
        Thread.sleep(5);
      }
      thread.interrupt();
      thread.join(5000);
      LoadException failure = assertInstanceOf(LoadException.class, thrown.get());
      assertEquals(LoadStatus.CANCELLED, failure.status());
      assertEquals(true, flag.get());
      assertTrue(worker.cancelled.await(5, TimeUnit.SECONDS));
    }
  }

  @Test
  void loadsThatEnd_leaveNoThreadBehind() throws InterruptedException {
    try (ScriptedWorker worker = stalled()) {
      warmUp(worker);
      for (int i = 0; i < 20; i++) {
        CompletableFuture<Tokenizer> future =
            RemoteTokenizerLoader.of(worker.channel(), OPTIONS).loadAsync();
        future.cancel(true);
      }
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
      while (loaderThreads() > 0 && System.nanoTime() < end) {
        Thread.sleep(10);
      }
      assertEquals(0, loaderThreads());
    }
  }

  @Test
  void loadsThatFail_giveTheirDirectBuffersBack() {
    LoadOptions brief = OPTIONS.toBuilder().timeout(Duration.ofMillis(30)).build();
    byte[] large = new byte[3 << 20];
    try (ScriptedWorker worker =
        ScriptedWorker.stallingAfter(
            List.of(Messages.metadata("zip", "00"), Messages.chunk(0, large, false)))) {
      RemoteTokenizerLoader loader = RemoteTokenizerLoader.of(worker.channel(), brief);
      for (int i = 0; i < 20; i++) {
        assertThrows(LoadException.class, loader::loadBundle);
      }
      long before = PlatformDependent.usedDirectMemory();
      assumeTrue(before >= 0, "the Netty of older gRPC does not count it");
      assertTrue(before > 0, "it is counted");
      for (int i = 0; i < 60; i++) {
        assertThrows(LoadException.class, loader::loadBundle);
      }
      long grown = PlatformDependent.usedDirectMemory() - before;
      assertTrue(grown <= 8 << 20, "of 180 MiB stayed " + grown);
    }
  }

  private static long loaderThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("remora-load"))
        .count();
  }
}
