package dev.remora.server;

import static dev.remora.proto.WorkerService.SGLANG;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Empty;
import com.google.protobuf.UnknownFieldSet;
import dev.remora.proto.SglangGenerate.AbortRequest;
import dev.remora.proto.SglangGenerate.AbortResponse;
import dev.remora.proto.SglangGenerate.GenerateComplete;
import dev.remora.proto.SglangGenerate.GenerateRequest;
import dev.remora.proto.SglangGenerate.GenerateResponse;
import dev.remora.proto.SglangGenerate.SamplingParams;
import dev.remora.proto.SglangGenerate.TokenizedInput;
import dev.remora.proto.WorkerService;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The methods beside GetTokenizer. */
class GenerateTest {
  private static final GenerateScript FIVE =
      GenerateScript.of(10, 11, 12, 13, 14).pause(Duration.ZERO);
  private static final SamplingParams SAMPLING =
      SamplingParams.newBuilder()
          .setTemperature(1)
          .setTopP(1)
          .setTopK(-1)
          .setRepetitionPenalty(1)
          .setN(1)
          .build();

  private static GenerateRequest.Builder request(SamplingParams sampling) {
    return GenerateRequest.newBuilder()
        .setRequestId("r1")
        .setTokenized(TokenizedInput.newBuilder().addInputIds(7).addInputIds(8).addInputIds(9))
        .setSamplingParams(sampling)
        .setStream(true);
  }

  private static TokenizerServer serve(GenerateScript script) throws Exception {
    return TokenizerServer.builder(Samples.files()).generate(script).start();
  }

  private static WorkerClient.Call<GenerateResponse> start(
      WorkerClient client, GenerateRequest request) {
    var type = GenerateResponse.getDefaultInstance();
    var call = client.start(SGLANG.fullName(), "Generate", request, type, ofSeconds(20));
    call.request(1000);
    return call;
  }

  private static List<GenerateResponse> generate(GenerateScript script, GenerateRequest request)
      throws Exception {
    try (TokenizerServer server = serve(script);
        WorkerClient client = new WorkerClient(server)) {
      var answer = start(client, request).await();
      assertTrue(answer.status().isOk(), () -> answer.status().toString());
      assertTrue(server.generateCalls().awaitIdle(ofSeconds(10)));
      assertEquals(1, server.generateCalls().completedCalls());
      assertEquals(0, server.calls());
      return answer.messages();
    }
  }

  private static List<List<Integer>> chunks(List<GenerateResponse> messages) {
    return messages.stream()
        .filter(GenerateResponse::hasChunk)
        .map(message -> message.getChunk().getTokenIdsList())
        .toList();
  }

  private static GenerateComplete complete(List<GenerateResponse> messages) {
    return messages.get(messages.size() - 1).getComplete();
  }

  @Test
  void generate_streamsAFewIdsAtATime() throws Exception {
    var messages = generate(FIVE, request(SAMPLING).build());
    assertEquals(List.of(List.of(10, 11), List.of(12, 13), List.of(14)), chunks(messages));
    assertTrue(messages.stream().allMatch(message -> message.getRequestId().equals("r1")));
    assertEquals(3, messages.get(0).getChunk().getPromptTokens());
    assertEquals(4, messages.get(1).getChunk().getCompletionTokens());
    GenerateComplete complete = complete(messages);
    assertEquals(List.of(10, 11, 12, 13, 14), complete.getOutputIdsList());
    assertEquals("stop", complete.getFinishReason());
    assertFalse(complete.hasMatchedTokenId());
    assertEquals(3, complete.getPromptTokens());
    assertEquals(5, complete.getCompletionTokens());
  }

  @Test
  void generate_withoutStream_sendsTheWholeOnly() throws Exception {
    var messages = generate(FIVE, request(SAMPLING).setStream(false).build());
    assertEquals(1, messages.size());
    assertEquals(List.of(10, 11, 12, 13, 14), complete(messages).getOutputIdsList());
  }

  @Test
  void generate_maxNewTokens_endsWithLength() throws Exception {
    var sampling = SAMPLING.toBuilder().setMaxNewTokens(3).build();
    var messages = generate(FIVE, request(sampling).build());
    assertEquals(List.of(List.of(10, 11), List.of(12)), chunks(messages));
    assertEquals("length", complete(messages).getFinishReason());
    var all = SAMPLING.toBuilder().setMaxNewTokens(5).build();
    assertEquals("stop", complete(generate(FIVE, request(all).build())).getFinishReason());
    var most = SAMPLING.toBuilder().setMaxNewTokens(-1).build(); // the highest uint32
    assertEquals(5, complete(generate(FIVE, request(most).build())).getCompletionTokens());
  }

  @Test
  void generate_stopTokenId_endsAfterIt() throws Exception {
    var sampling = SAMPLING.toBuilder().addStopTokenIds(13).addStopTokenIds(12).build();
    GenerateComplete complete = complete(generate(FIVE, request(sampling).build()));
    assertEquals(List.of(10, 11, 12), complete.getOutputIdsList());
    assertEquals("stop", complete.getFinishReason());
    assertEquals(12, complete.getMatchedTokenId());
  }

  @Test
  void generate_function_seesThePrompt() throws Exception {
    GenerateScript echo = GenerateScript.of(prompt -> prompt).idsPerMessage(1);
    assertEquals(
        List.of(List.of(7), List.of(8), List.of(9)),
        chunks(generate(echo, request(SAMPLING).build())));
  }

  @Test
  void generate_pause_isKept() throws Exception {
    long start = System.nanoTime();
    generate(FIVE.pause(ofMillis(60)), request(SAMPLING).build());
    assertTrue(System.nanoTime() - start >= ofMillis(3 * 60).toNanos());
  }

  @Test
  void generate_parametersLeftAtZero_areRefused() throws Exception {
    try (TokenizerServer server = serve(FIVE);
        WorkerClient client = new WorkerClient(server)) {
      for (var unset :
          List.of(
              SAMPLING.toBuilder().clearTopP(),
              SAMPLING.toBuilder().clearTopK(),
              SAMPLING.toBuilder().clearN())) {
        var answer = start(client, request(unset.build()).build()).await();
        assertEquals(Status.Code.INVALID_ARGUMENT, answer.status().getCode());
      }
    }
  }

  @Test
  void generate_cancelled_endsOnTheServer() throws Exception {
    try (TokenizerServer server = serve(FIVE.idsPerMessage(1).pause(ofMillis(200)));
        WorkerClient client = new WorkerClient(server)) {
      var call = start(client, request(SAMPLING).build());
      call.awaitMessages(1);
      call.cancel();
      assertTrue(server.generateCalls().awaitIdle(ofSeconds(10)));
      assertEquals(1, server.generateCalls().cancelledCalls());
      assertTrue(server.generateCalls().messagesSent() < 5);
    }
  }

  @Test
  void abort_endsTheRequestItNames() throws Exception {
    try (TokenizerServer server = serve(FIVE.pause(ofSeconds(1)));
        WorkerClient client = new WorkerClient(server)) {
      var call = start(client, request(SAMPLING).build());
      call.awaitMessages(1);
      abort(client, "another");
      assertFalse(call.isDone());
      abort(client, "r1");
      var answer = call.await();
      assertTrue(answer.status().isOk());
      assertEquals("abort", complete(answer.messages()).getFinishReason());
      assertEquals(List.of(10, 11), complete(answer.messages()).getOutputIdsList());
      assertTrue(server.generateCalls().awaitIdle(ofSeconds(10)));
      assertEquals(1, server.generateCalls().completedCalls());
    }
  }

  private static void abort(WorkerClient client, String id) {
    var request = AbortRequest.newBuilder().setRequestId(id).setReason("test").build();
    var type = AbortResponse.getDefaultInstance();
    var call = client.start(SGLANG.fullName(), "Abort", request, type, ofSeconds(20));
    call.request(2);
    assertTrue(call.await().status().isOk());
  }

  @Test
  void generate_requestIdThatRuns_isRefused_andFreeAfterItsEnd() throws Exception {
    try (TokenizerServer server = serve(FIVE.pause(ofMillis(300)));
        WorkerClient client = new WorkerClient(server)) {
      var first = start(client, request(SAMPLING).build());
      first.awaitMessages(1);
      var second = start(client, request(SAMPLING).build()).await();
      assertEquals(Status.Code.ALREADY_EXISTS, second.status().getCode());
      assertTrue(first.await().status().isOk());
      assertTrue(server.generateCalls().awaitIdle(ofSeconds(10)));
      assertTrue(start(client, request(SAMPLING).build()).await().status().isOk());
    }
  }

  @Test
  void generate_withoutSglang_isRefused() {
    var builder =
        TokenizerServer.builder(Samples.files()).service(WorkerService.VLLM).generate(FIVE);
    assertThrows(IllegalArgumentException.class, builder::start);
  }

  @Test
  void othersThanGetTokenizer_byDefault_areUnimplemented() throws Exception {
    try (TokenizerServer server = TokenizerServer.builder(Samples.files()).start();
        WorkerClient client = new WorkerClient(server)) {
      var answer = start(client, request(SAMPLING).build()).await();
      assertEquals(Status.Code.UNIMPLEMENTED, answer.status().getCode());
      assertEquals(Status.Code.UNIMPLEMENTED, modelInfo(client, SGLANG).status().getCode());
    }
  }

  private static WorkerClient.Answer<Empty> modelInfo(WorkerClient client, WorkerService service) {
    var nothing = Empty.getDefaultInstance();
    var call = client.start(service.fullName(), "GetModelInfo", nothing, nothing, ofSeconds(20));
    call.request(2);
    return call.await();
  }

  @ParameterizedTest
  @EnumSource
  void modelInfo_hasTheFieldNumbersOfItsEngine(WorkerService service) throws Exception {
    ModelInfo info = new ModelInfo("acme/model", "v1", 32_000, List.of(2, 3), 1);
    try (TokenizerServer server =
            TokenizerServer.builder(Samples.files()).service(service).modelInfo(info).start();
        WorkerClient client = new WorkerClient(server)) {
      UnknownFieldSet fields = modelInfo(client, service).messages().get(0).getUnknownFields();
      Map<Integer, String> seen = new TreeMap<>();
      fields.asMap().forEach((number, field) -> seen.put(number, text(field)));
      assertEquals(expectedFields(service), seen);
    }
  }

  private static String text(UnknownFieldSet.Field field) {
    return field.getVarintList().isEmpty()
        ? field.getLengthDelimitedList().get(0).toStringUtf8()
        : field.getVarintList().get(0).toString();
  }

  private static Map<Integer, String> expectedFields(WorkerService service) {
    String name = "acme/model";
    String eos = "\u0002\u0003"; // packed
    return switch (service) {
      case SGLANG -> Map.of(1, name, 5, "v1", 6, name, 8, "32000", 11, eos, 13, "1");
      case VLLM -> Map.of(4, "32000", 6, name, 10, eos, 12, "1");
      case MLX -> Map.of(4, "32000", 8, eos, 10, "1");
      case TOKENSPEED -> Map.of(8, "32000", 9, eos, 11, "1", 12, "v1");
      case TENSORRT_LLM -> Map.of(5, "32000");
    };
  }
}
