package dev.remora.server;

import com.google.protobuf.Message;
import dev.remora.proto.SglangGenerate.AbortRequest;
import dev.remora.proto.SglangGenerate.AbortResponse;
import dev.remora.proto.SglangGenerate.GenerateRequest;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** SGLang's Generate and Abort over a script. */
final class GenerateMethods {
  private final GenerateScript script;
  private final Map<String, Running> running = new ConcurrentHashMap<>();

  private record Running(ScriptedGeneration generation, Answer answer) {}

  GenerateMethods(GenerateScript script) {
    this.script = script;
  }

  void generate(int number, GenerateRequest request, Answer answer) {
    Status status = ScriptedGeneration.check(request);
    if (!status.isOk()) {
      answer.take(List.of(new Step.End(status)));
      return;
    }
    Running begun = new Running(new ScriptedGeneration(request, script), answer);
    String id = request.getRequestId();
    if (running.putIfAbsent(id, begun) != null) {
      Status twice = Status.ALREADY_EXISTS.withDescription("request_id " + id + " is running");
      answer.take(List.of(new Step.End(twice)));
      return;
    }
    answer.onStop(() -> running.remove(id, begun));
    answer.take(begun.generation().steps());
  }

  /** Ends a request that is running; does nothing for another. */
  void abort(int number, AbortRequest request, Answer answer) {
    Running aborted = running.get(request.getRequestId());
    if (aborted != null) {
      aborted.answer().divert(aborted.generation()::aborted);
    }
    answer.take(only(AbortResponse.getDefaultInstance()));
  }

  /** A unary answer. */
  static List<Step> only(Message response) {
    return List.of(new Step.Send(response, Duration.ZERO), new Step.End(Status.OK));
  }
}
