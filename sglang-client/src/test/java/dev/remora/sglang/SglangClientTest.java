package dev.remora.sglang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.server.GenerateScript;
import dev.remora.server.TokenizerFiles;
import dev.remora.server.TokenizerServer;
import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Over a real socket, to a worker that streams scripted ids. */
@Timeout(60)
@SuppressWarnings("NullAway.Init") // serve() sets them
class SglangClientTest {
  private TokenizerServer worker;
  private ManagedChannel channel;

  private SglangClient serve(GenerateScript script) throws IOException {
    worker =
        TokenizerServer.builder(TokenizerFiles.of(Map.of("tokenizer.json", new byte[] {'{', '}'})))
            .generate(script)
            .start();
    channel = Grpc.newChannelBuilder(worker.target(), InsecureChannelCredentials.create()).build();
    return SglangClient.of(channel);
  }

  @AfterEach
  void close() {
    channel.shutdownNow();
    worker.close();
  }

  private static List<Integer> all(Generation generation) {
    List<Integer> ids = new ArrayList<>();
    for (Optional<GeneratedIds> next = generation.next();
        next.isPresent();
        next = generation.next()) {
      IntStream.of(next.get().ids()).forEach(ids::add);
    }
    return ids;
  }

  @Test
  void generation_givesAllIds_andHowItEnded() throws IOException {
    SglangClient client = serve(GenerateScript.of(prompt -> prompt).idsPerMessage(3));
    GenerationRequest request = GenerationRequest.builder(7, 8, 9, 10).build();
    try (Generation generation = client.generate(request)) {
      assertEquals(List.of(7, 8, 9, 10), all(generation));
      assertEquals(new GenerationEnd(FinishReason.STOP, 4, 4, 0), generation.end().orElseThrow());
      assertEquals(Optional.empty(), generation.next());
    }
    assertEquals(0, worker.generateCalls().cancelledCalls());
  }

  @Test
  void bounds_endIt() throws IOException {
    SglangClient client = serve(GenerateScript.of(1, 2, 3, 4));
    GenerationRequest bounded = GenerationRequest.builder(7).maxNewTokens(3).build();
    try (Generation generation = client.generate(bounded)) {
      assertEquals(List.of(1, 2, 3), all(generation));
      assertEquals(FinishReason.LENGTH, generation.end().orElseThrow().reason());
    }
    try (Generation generation = client.generate(GenerationRequest.builder(7).stopIds(2).build())) {
      assertEquals(List.of(1, 2), all(generation));
      assertEquals(FinishReason.STOP, generation.end().orElseThrow().reason());
    }
  }

  @Test
  void logprobs_comeWhereTheyAreAskedFor() throws IOException {
    SglangClient client = serve(GenerateScript.of(5, 6).idsPerMessage(2).logprobs(id -> -id));
    try (Generation generation =
        client.generate(GenerationRequest.builder(7).logprobs(2).build())) {
      List<TokenLogprob> told = generation.next().orElseThrow().logprobs();
      TokenLogprob six = new TokenLogprob(6, -6, List.of());
      assertEquals(
          new TokenLogprob(5, -5, List.of(new TokenLogprob(5, -5, List.of()), six)), told.get(0));
      assertEquals(2, told.size());
    }
    try (Generation generation = client.generate(GenerationRequest.builder(7).build())) {
      assertEquals(List.of(), generation.next().orElseThrow().logprobs());
    }
  }

  @Test
  void close_beforeTheEnd_endsItOnTheWorker() throws Exception {
    SglangClient client = serve(endless());
    Generation generation = client.generate(GenerationRequest.builder(7).build());
    assertTrue(generation.next().isPresent());
    generation.close();
    generation.close();
    StatusRuntimeException cancelled =
        assertThrows(StatusRuntimeException.class, () -> all(generation));
    assertEquals(Status.Code.CANCELLED, cancelled.getStatus().getCode());
    awaitCancelled();
  }

  @Test
  void abort_endsAnother_withItsReason() throws Exception {
    SglangClient client = serve(endless());
    GenerationRequest request = GenerationRequest.builder(7).requestId("mine").build();
    try (Generation generation = client.generate(request)) {
      assertTrue(generation.next().isPresent());
      client.abort("mine", "test");
      client.abort("nobody's", "test");
      all(generation);
      assertEquals(FinishReason.ABORT, generation.end().orElseThrow().reason());
    }
  }

  @Test
  void contextOfTheCaller_endsIt() throws Exception {
    SglangClient client = serve(endless());
    Context.CancellableContext context = Context.current().withCancellation();
    context.run(
        () -> {
          try (Generation generation = client.generate(GenerationRequest.builder(7).build())) {
            assertTrue(generation.next().isPresent());
            context.cancel(null);
            StatusRuntimeException cancelled =
                assertThrows(StatusRuntimeException.class, () -> all(generation));
            assertEquals(Status.Code.CANCELLED, cancelled.getStatus().getCode());
          }
        });
    awaitCancelled();
  }

  @Test
  void workerThatIsGone_isUnavailable() throws IOException {
    SglangClient client = serve(endless());
    worker.close();
    try (Generation generation = client.generate(GenerationRequest.builder(7).build())) {
      StatusRuntimeException gone = assertThrows(StatusRuntimeException.class, generation::next);
      assertEquals(Status.Code.UNAVAILABLE, gone.getStatus().getCode());
    }
  }

  private static GenerateScript endless() {
    return GenerateScript.of(IntStream.range(0, 100_000).toArray())
        .idsPerMessage(1)
        .pause(Duration.ofMillis(10));
  }

  private void awaitCancelled() throws InterruptedException {
    while (worker.generateCalls().cancelledCalls() == 0) {
      Thread.sleep(5); // until the test's own time is over
    }
    assertEquals(1, worker.generateCalls().cancelledCalls());
  }
}
