package dev.remora.server;

import dev.remora.proto.SglangGenerate.GenerateComplete;
import dev.remora.proto.SglangGenerate.GenerateRequest;
import dev.remora.proto.SglangGenerate.GenerateResponse;
import dev.remora.proto.SglangGenerate.GenerateStreamChunk;
import dev.remora.proto.SglangGenerate.OutputLogProbs;
import dev.remora.proto.SglangGenerate.SamplingParams;
import dev.remora.proto.SglangGenerate.TopLogProbs;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** One request of Generate and what is streamed for it. */
final class ScriptedGeneration {
  private final GenerateRequest request;
  private final GenerateScript script;
  private final List<Integer> ids; // all that are streamed
  private final String finishReason;
  private final boolean stoppedById;

  ScriptedGeneration(GenerateRequest request, GenerateScript script) {
    this.request = request;
    this.script = script;
    List<Integer> given = answer(request.getTokenized().getInputIdsList());
    SamplingParams sampling = request.getSamplingParams();
    int stop = firstStop(given, sampling.getStopTokenIdsList());
    int end = stop < 0 ? given.size() : stop + 1;
    boolean isCut =
        sampling.hasMaxNewTokens() && Integer.compareUnsigned(sampling.getMaxNewTokens(), end) < 0;
    this.ids = given.subList(0, isCut ? sampling.getMaxNewTokens() : end);
    this.finishReason = isCut ? "length" : "stop";
    this.stoppedById = stop >= 0 && !isCut;
  }

  private List<Integer> answer(List<Integer> prompt) {
    int[] ids = prompt.stream().mapToInt(Integer::intValue).toArray();
    return Arrays.stream(script.answer(ids)).boxed().toList();
  }

  private static int firstStop(List<Integer> ids, List<Integer> stopIds) {
    for (int i = 0; i < ids.size(); i++) {
      if (stopIds.contains(ids.get(i))) {
        return i;
      }
    }
    return -1;
  }

  /** What proto3's zeros make of parameters that were not set. */
  static Status check(GenerateRequest request) {
    SamplingParams sampling = request.getSamplingParams();
    if (!(sampling.getTopP() > 0 && sampling.getTopP() <= 1)) {
      return refused("top_p " + sampling.getTopP());
    }
    if (sampling.getTopK() != -1 && sampling.getTopK() < 1) {
      return refused("top_k " + sampling.getTopK());
    }
    return sampling.getN() == 1 ? Status.OK : refused("n " + sampling.getN());
  }

  private static Status refused(String what) {
    return Status.INVALID_ARGUMENT.withDescription("sampling_params: " + what);
  }

  /** A chunk for each few ids where the request streams, then the whole. */
  List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    for (int start = 0; start < ids.size(); start += script.idsPerMessage()) {
      if (request.getStream()) {
        steps.add(new Step.Send(chunk(start, endOfChunk(start)), script.pause()));
      }
    }
    GenerateComplete.Builder complete = complete(ids, finishReason);
    if (stoppedById) {
      complete.setMatchedTokenId(ids.get(ids.size() - 1));
    }
    steps.addAll(end(complete));
    return steps;
  }

  /** What ends the stream when the request is aborted after so many chunks. */
  List<Step> aborted(int taken) {
    int sent = (int) Math.min((long) taken * script.idsPerMessage(), ids.size());
    return end(complete(ids.subList(0, sent), "abort"));
  }

  private int endOfChunk(int start) {
    return (int) Math.min((long) start + script.idsPerMessage(), ids.size());
  }

  private GenerateResponse chunk(int start, int end) {
    GenerateStreamChunk.Builder chunk =
        GenerateStreamChunk.newBuilder()
            .addAllTokenIds(ids.subList(start, end))
            .setPromptTokens(request.getTokenized().getInputIdsCount())
            .setCompletionTokens(end);
    IntToDoubleFunction logprobs = script.logprobs();
    if (request.getReturnLogprob() && logprobs != null) {
      chunk.setOutputLogprobs(logprobs(ids.subList(start, end), logprobs));
    }
    return response().setChunk(chunk).build();
  }

  private OutputLogProbs logprobs(List<Integer> of, IntToDoubleFunction logprobs) {
    OutputLogProbs.Builder told = OutputLogProbs.newBuilder();
    for (int id : of) {
      told.addTokenIds(id).addTokenLogprobs((float) logprobs.applyAsDouble(id));
      TopLogProbs.Builder top = TopLogProbs.newBuilder();
      for (int rank = 0; rank < request.getTopLogprobsNum(); rank++) {
        top.addTokenIds(id + rank).addValues((float) logprobs.applyAsDouble(id + rank));
      }
      told.addTopLogprobs(top);
    }
    return told.build();
  }

  private GenerateComplete.Builder complete(List<Integer> output, String reason) {
    return GenerateComplete.newBuilder()
        .addAllOutputIds(output)
        .setFinishReason(reason)
        .setPromptTokens(request.getTokenized().getInputIdsCount())
        .setCompletionTokens(output.size());
  }

  private List<Step> end(GenerateComplete.Builder complete) {
    return List.of(
        new Step.Send(response().setComplete(complete).build(), Duration.ZERO),
        new Step.End(Status.OK));
  }

  private GenerateResponse.Builder response() {
    return GenerateResponse.newBuilder().setRequestId(request.getRequestId());
  }
}
