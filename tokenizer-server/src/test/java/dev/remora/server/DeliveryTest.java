package dev.remora.server;

import static dev.remora.proto.WorkerService.SGLANG;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.bundle.BundleDialect;
import dev.remora.proto.BareBundle;
import dev.remora.proto.DescribedBundle.GetTokenizerChunk;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What each fault of the delivery looks like to a client, and what the server counts. */
class DeliveryTest {
  private static final GetTokenizerChunk DESCRIBED = GetTokenizerChunk.getDefaultInstance();

  /** Three chunks in the described dialect. */
  private static TokenizerServerBuilder threeChunks() {
    return TokenizerServer.builderOfArchive(new byte[10]).chunkSize(4);
  }

  private static WorkerClient.Call<GetTokenizerChunk> call(WorkerClient client, Duration deadline) {
    return client.start(SGLANG.fullName(), DESCRIBED, deadline);
  }

  @Test
  void neverAnswers_lastsToTheDeadline() throws Exception {
    try (TokenizerServer server = threeChunks().fault(Fault.neverAnswers()).start();
        WorkerClient client = new WorkerClient(server)) {
      var call = call(client, ofMillis(700));
      call.request(10);
      var answer = call.await();
      assertEquals(Status.Code.DEADLINE_EXCEEDED, answer.status().getCode());
      assertEquals(List.of(), answer.messages());
      assertTrue(server.awaitIdle(ofSeconds(10)));
      assertEquals(1, server.cancelledCalls());
    }
  }

  @Test
  void stallAfter_sendsSoManyChunksAndNoEnd() throws Exception {
    for (int chunks = 0; chunks <= 3; chunks++) {
      try (TokenizerServer server = threeChunks().fault(Fault.stallAfter(chunks)).start();
          WorkerClient client = new WorkerClient(server)) {
        var call = call(client, ofSeconds(20));
        call.request(10);
        call.awaitMessages(chunks + 1); // and the metadata
        assertFalse(call.isDone());
        assertEquals(1, server.activeCalls());
        call.cancel();
        assertTrue(server.awaitIdle(ofSeconds(10)));
        assertEquals(chunks + 1, call.received());
        assertEquals(1, server.cancelledCalls());
      }
    }
  }

  @Test
  void cutAfter_endsWithOkOrTheStatus() throws Exception {
    for (int chunks = 0; chunks < 3; chunks++) {
      var cut = fetch(Fault.cutAfter(chunks));
      assertEquals(Status.Code.OK, cut.status().getCode());
      assertEquals(chunks + 1, cut.messages().size());
      var broken = fetch(Fault.cutAfter(chunks, Status.Code.UNAVAILABLE));
      assertEquals(Status.Code.UNAVAILABLE, broken.status().getCode());
      assertEquals(chunks + 1, broken.messages().size());
    }
  }

  private static WorkerClient.Answer<GetTokenizerChunk> fetch(Fault fault) throws Exception {
    try (TokenizerServer server = threeChunks().fault(fault).start();
        WorkerClient client = new WorkerClient(server)) {
      return client.described(SGLANG);
    }
  }

  @Test
  void cutAfter_asManyAsThereAre_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> fetch(Fault.cutAfter(3)));
    assertThrows(IllegalArgumentException.class, () -> fetch(Fault.stallAfter(4)));
  }

  @Test
  void noMessages_endsWithOk() throws Exception {
    var answer = fetch(Fault.noMessages());
    assertEquals(Status.Code.OK, answer.status().getCode());
    assertEquals(List.of(), answer.messages());
  }

  @Test
  void trickle_pausesBeforeEachMessage() throws Exception {
    long start = System.nanoTime();
    var answer = fetch(Fault.trickle(ofMillis(50)));
    assertEquals(4, answer.messages().size());
    assertTrue(System.nanoTime() - start >= ofMillis(4 * 50).toNanos());
  }

  @Test
  void endless_goesOnUntilTheClientCancels() throws Exception {
    try (TokenizerServer server = threeChunks().fault(Fault.endless()).start();
        WorkerClient client = new WorkerClient(server)) {
      var call = call(client, ofSeconds(20));
      call.request(500);
      call.awaitMessages(500);
      call.cancel();
      assertTrue(server.awaitIdle(ofSeconds(10)));
      List<GetTokenizerChunk> messages = call.await().messages();
      for (int i = 1; i < messages.size(); i++) {
        assertEquals(i - 1, messages.get(i).getFileChunk().getChunkIndex());
        assertFalse(messages.get(i).getFileChunk().getIsLastChunk());
      }
    }
  }

  @Test
  void endless_bare_neverSendsAFingerprint() throws Exception {
    try (TokenizerServer server =
            threeChunks()
                .dialect(BundleDialect.BARE)
                .fault(Fault.trickle(ofMillis(1)))
                .fault(Fault.endless())
                .start();
        WorkerClient client = new WorkerClient(server)) {
      var type = BareBundle.GetTokenizerChunk.getDefaultInstance();
      var call = client.start(SGLANG.fullName(), type, ofSeconds(20));
      call.request(50);
      call.awaitMessages(50);
      call.cancel();
      assertTrue(call.await().messages().stream().allMatch(m -> m.getSha256().isEmpty()));
    }
  }

  @Test
  void flaky_hasTheFaultInTheFirstCallsOnly() throws Exception {
    try (TokenizerServer server =
            threeChunks()
                .fault(Fault.flaky(2, Fault.status(Status.Code.ABORTED)))
                .fault(Fault.flaky(3, Fault.cutAfter(1)))
                .start();
        WorkerClient client = new WorkerClient(server)) {
      assertEquals(Status.Code.ABORTED, client.described(SGLANG).status().getCode());
      assertEquals(Status.Code.ABORTED, client.described(SGLANG).status().getCode());
      assertEquals(2, client.described(SGLANG).messages().size());
      assertEquals(4, client.described(SGLANG).messages().size());
      assertEquals(4, client.described(SGLANG).messages().size());
    }
  }

  @Test
  void flowControl_clientThatReadsNothing_holdsNoMemory() throws Exception {
    byte[] archive = new byte[64 << 20];
    try (TokenizerServer server =
            TokenizerServer.builderOfArchive(archive).chunkSize(64 << 10).start();
        WorkerClient client = new WorkerClient(server)) {
      var call = call(client, ofSeconds(20));
      call.request(1);
      call.awaitMessages(1);
      TimeUnit.MILLISECONDS.sleep(300);
      long sent = server.messagesSent();
      assertTrue(sent < 100, () -> sent + " messages of 64 KiB sent to a client that takes none");
      call.request(2000);
      assertEquals(1 + 1024, call.await().messages().size());
    }
  }

  @Test
  void counts_tellHowCallsEnded() throws Exception {
    try (TokenizerServer server = threeChunks().fault(Fault.flaky(1, Fault.stallAfter(1))).start();
        WorkerClient client = new WorkerClient(server)) {
      var stalled = call(client, ofSeconds(20));
      stalled.request(10);
      stalled.awaitMessages(2);
      assertFalse(server.awaitIdle(ofMillis(20)));
      assertEquals(1, server.activeCalls());
      client.described(SGLANG);
      stalled.cancel();
      assertTrue(server.awaitIdle(ofSeconds(10)));
      assertEquals(2, server.calls());
      assertEquals(1, server.completedCalls());
      assertEquals(1, server.cancelledCalls());
      assertEquals(2 + 4, server.messagesSent());
    }
  }

  @Test
  void close_endsWaitingCallsAtOnce_andLeavesNoThread() throws Exception {
    TokenizerServer server = threeChunks().fault(Fault.stallAfter(1)).start();
    try (WorkerClient client = new WorkerClient(server)) {
      var call = call(client, ofSeconds(20));
      call.request(10);
      call.awaitMessages(2);
      long start = System.nanoTime();
      server.close();
      assertTrue(System.nanoTime() - start < ofSeconds(2).toNanos());
      assertEquals(Status.Code.UNAVAILABLE, call.await().status().getCode());
    }
    assertEquals(List.of(), threadsOfServers());
  }

  @Test
  void close_cancelsAClientThatTakesNothing() throws Exception {
    TokenizerServer server =
        TokenizerServer.builderOfArchive(new byte[8 << 20]).chunkSize(64 << 10).start();
    try (WorkerClient client = new WorkerClient(server)) {
      var call = call(client, ofSeconds(20));
      call.request(1);
      call.awaitMessages(1);
      server.close();
      assertEquals(0, server.activeCalls());
      assertEquals(1, server.cancelledCalls());
      assertEquals(List.of(), threadsOfServers());
    }
  }

  @Test
  void manyClients_eachGetsAll() throws Exception {
    try (TokenizerServer server = threeChunks().start();
        WorkerClient client = new WorkerClient(server)) {
      CountDownLatch done = new CountDownLatch(50);
      for (int i = 0; i < 50; i++) {
        new Thread(
                () -> {
                  if (client.described(SGLANG).messages().size() == 4) {
                    done.countDown();
                  }
                })
            .start();
      }
      assertTrue(done.await(20, TimeUnit.SECONDS));
      assertTrue(server.awaitIdle(ofSeconds(10)));
      assertEquals(50, server.completedCalls());
    }
  }

  /** Those that are left a moment after their end. */
  private static List<String> threadsOfServers() throws InterruptedException {
    List<String> names = List.of("");
    for (int i = 0; i < 100 && !names.isEmpty(); i++) {
      TimeUnit.MILLISECONDS.sleep(20);
      names =
          Thread.getAllStackTraces().keySet().stream()
              .map(Thread::getName)
              .filter(name -> name.startsWith("tokenizer-server-"))
              .toList();
    }
    return names;
  }
}
