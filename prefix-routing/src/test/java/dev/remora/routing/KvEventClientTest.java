package dev.remora.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.proto.WorkerService;
import dev.remora.routing.KvEventListener.Reason;
import dev.remora.server.KvEventFeed;
import dev.remora.server.TokenizerServer;
import dev.remora.server.TokenizerServerBuilder;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client against a worker over a real socket, and all that may go wrong with its events. */
@SuppressWarnings("NullAway.Init") // each test serves
final class KvEventClientTest {
  private static final int[] ONE = {1, 2, 3, 4};
  private static final int[] TWO = {1, 2, 5, 6};
  private static final Duration SHORT = Duration.ofMillis(20);

  private final PrefixIndex index = PrefixIndex.withCapacity(1000);
  private final IndexedWorker worker = index.addByContent("w");
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private TokenizerServer server;
  private ManagedChannel channel;
  private KvEventClient client;

  private final KvEventListener listener =
      new KvEventListener() {
        @Override
        public void applied(String name, int events) {
          told.add("applied");
        }

        @Override
        public void repeated(String name, long number) {
          told.add("repeated " + number);
        }

        @Override
        public void gap(String name, long last, long received) {
          told.add("gap " + last + " " + received);
        }

        @Override
        public void forgotten(String name, Reason reason) {
          told.add("forgotten " + reason);
        }

        @Override
        public void disconnected(String name, String status, Duration pause) {
          told.add("disconnected " + status);
        }

        @Override
        public void unsupported(String name) {
          told.add("unsupported");
        }
      };

  private void serve(KvEventFeed feed, WorkerService... services) throws Exception {
    serve(TokenizerServer.builderOfArchive(new byte[1]).kvEvents(feed), services);
    await(() -> feed.subscribers() == 1);
  }

  private void serve(TokenizerServerBuilder builder, WorkerService... services) throws Exception {
    for (WorkerService service : services) {
      builder.service(service);
    }
    server = builder.start();
    channel = Grpc.newChannelBuilder(server.target(), InsecureChannelCredentials.create()).build();
    KvEventOptions options =
        KvEventOptions.builder().backoff(SHORT).maxBackoff(SHORT).listener(listener).build();
    client = KvEventClient.subscribe(channel, worker, options);
  }

  @AfterEach
  void close() {
    client.close();
    channel.shutdownNow();
    server.close();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "it does not happen");
      Thread.sleep(2);
    }
  }

  private void expect(String... events) throws InterruptedException {
    for (String event : events) {
      assertEquals(event, told.poll(60, TimeUnit.SECONDS));
    }
  }

  private void holds(int... prompt) {
    assertEquals(Map.of("w", prompt.length), index.match(prompt));
  }

  private void holdsNothingOf(int... prompt) {
    assertEquals(Map.of("w", 0), index.match(prompt));
  }

  @ParameterizedTest
  @EnumSource(names = {"SGLANG", "VLLM", "TOKENSPEED"})
  void events_fillTheIndex_ofEveryService(WorkerService service) throws Exception {
    KvEventFeed feed = KvEventFeed.ofBlockSize(2);
    serve(feed, service);
    feed.stored(ONE);
    feed.stored(TWO);
    expect("applied", "applied");
    holds(ONE);
    holds(TWO);
    feed.removed(TWO);
    expect("applied");
    holds(1, 2);
    assertEquals(Map.of("w", 2), index.match(TWO));
    feed.cleared();
    expect("applied");
    holdsNothingOf(ONE);
    feed.stored(ONE);
    expect("applied");
    client.close();
    expect("forgotten ENDED");
    holdsNothingOf(ONE);
  }

  @Test
  void computedNames_areThoseOfTheEvents() throws Exception {
    KvEventFeed feed = KvEventFeed.ofBlockSize(2);
    worker.remove();
    VllmBlockHashing hashing = VllmBlockHashing.builder().seed("0").blockSize(2).build();
    IndexedWorker computed = index.add("w", hashing);
    serve(feed);
    KvEventClient second =
        KvEventClient.subscribe(
            channel, computed, KvEventOptions.builder().listener(listener).build());
    try (second) {
      await(() -> feed.subscribers() == 2);
      PromptContext salted = PromptContext.builder().cacheSalt("s").build();
      feed.stored(ONE, hashing.hashes(ONE, salted));
      await(() -> index.match(ONE, salted).equals(Map.of("w", 4)));
      holdsNothingOf(ONE);
    }
  }

  @Test
  void repeatedBatch_isDropped() throws Exception {
    KvEventFeed feed = KvEventFeed.ofBlockSize(2);
    serve(feed);
    feed.stored(ONE);
    feed.repeat();
    feed.stored(TWO);
    expect("applied", "repeated 1", "applied");
    holds(ONE);
  }

  @Test
  void gap_ofAWorkerThatSendsAgain_isFilled() throws Exception {
    KvEventFeed feed = KvEventFeed.ofBlockSize(2).replaying();
    serve(feed);
    feed.stored(ONE);
    expect("applied");
    feed.gap();
    feed.stored(TWO);
    expect("gap 1 3", "repeated 1", "applied", "applied");
    holds(ONE);
    holds(TWO);
  }

  @Test
  void gap_ofAWorkerThatCannotSendAgain_clearsItAfterOneTry_andGoesOn() throws Exception {
    KvEventFeed feed = KvEventFeed.ofBlockSize(2);
    serve(feed);
    feed.stored(ONE);
    expect("applied");
    feed.gap();
    feed.stored(TWO);
    expect("gap 1 3");
    await(() -> feed.subscriptions() == 2 && feed.subscribers() == 1);
    holds(ONE); // nothing is forgotten before the worker was asked
    feed.stored(TWO);
    expect("gap 1 4", "forgotten GAP", "applied");
    holdsNothingOf(3, 4);
    assertEquals(Map.of("w", 2), index.match(ONE));
    holds(TWO);
    feed.stored(ONE);
    expect("applied");
    holds(ONE);
  }

  @Test
  void restart_isSeenByTheClock_andClears() throws Exception {
    KvEventFeed feed = KvEventFeed.ofBlockSize(2);
    serve(feed);
    feed.stored(ONE);
    feed.stored(9, 9);
    expect("applied", "applied");
    Thread.sleep(5); // the worker's clock has milliseconds
    feed.restart();
    feed.stored(TWO);
    expect("forgotten RESTART", "applied");
    assertEquals(Map.of("w", 2), index.match(ONE));
    holds(TWO);
    Thread.sleep(5);
    feed.restart();
    feed.end(Status.UNAVAILABLE);
    expect("disconnected UNAVAILABLE");
    await(() -> feed.subscribers() == 1);
    feed.stored(ONE); // with the number that was the last one before
    expect("forgotten RESTART", "applied");
    assertEquals(Map.of("w", 2), index.match(TWO));
    holds(ONE);
  }

  @Test
  void lostEvents_areAskedForAnew_afterForgetting() throws Exception {
    KvEventFeed feed = KvEventFeed.ofBlockSize(2).replaying();
    serve(feed);
    feed.stored(ONE);
    expect("applied");
    feed.end(Status.DATA_LOSS.withDescription("the buffer is full"));
    expect("forgotten LOST", "disconnected DATA_LOSS: the buffer is full");
    holdsNothingOf(ONE);
    await(() -> feed.subscribers() == 1);
    feed.stored(TWO);
    expect("applied");
    holds(TWO);
    feed.restart();
    feed.end(Status.UNAVAILABLE);
    expect("disconnected UNAVAILABLE", "forgotten LOST", "disconnected OUT_OF_RANGE: last is 0");
    holdsNothingOf(TWO);
  }

  @Test
  void unknownParent_holdsNothing() throws Exception {
    KvEventFeed feed = KvEventFeed.ofBlockSize(2);
    serve(feed);
    feed.unknownParent(ONE);
    expect("applied");
    holdsNothingOf(ONE);
    holdsNothingOf(3, 4);
    assertEquals(1, worker.unusableBlocks());
  }

  @Test
  void worker_withoutTheMethod_isAskedByEveryServiceOnce() throws Exception {
    serve(TokenizerServer.builderOfArchive(new byte[1]), WorkerService.SGLANG);
    expect("forgotten ENDED", "unsupported");
    assertTrue(told.isEmpty());
  }

  @Test
  void lostConnection_keepsTheBlocks_untilABatchTellsOtherwise() throws Exception {
    KvEventFeed feed = KvEventFeed.ofBlockSize(2);
    serve(feed);
    feed.stored(ONE);
    expect("applied");
    feed.end(Status.OK);
    expect("disconnected OK");
    await(() -> feed.subscribers() == 1);
    holds(ONE);
    feed.stored(TWO);
    expect("applied");
    holds(ONE);
    holds(TWO);
  }
}
