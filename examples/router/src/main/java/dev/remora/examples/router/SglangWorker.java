package dev.remora.examples.router;

import dev.remora.proto.SglangGenerate.GenerateRequest;
import dev.remora.proto.SglangGenerate.GenerateResponse;
import dev.remora.proto.SglangGenerate.SamplingParams;
import dev.remora.proto.SglangGenerate.TokenizedInput;
import dev.remora.proto.WorkerService;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import java.util.Arrays;
import java.util.Iterator;
import java.util.UUID;

/** SGLang's Generate, ids in and ids out. */
final class SglangWorker {
  private static final MethodDescriptor<GenerateRequest, GenerateResponse> GENERATE =
      MethodDescriptor.<GenerateRequest, GenerateResponse>newBuilder()
          .setType(MethodDescriptor.MethodType.SERVER_STREAMING)
          .setFullMethodName(
              MethodDescriptor.generateFullMethodName(WorkerService.SGLANG.fullName(), "Generate"))
          .setRequestMarshaller(ProtoUtils.marshaller(GenerateRequest.getDefaultInstance()))
          .setResponseMarshaller(ProtoUtils.marshaller(GenerateResponse.getDefaultInstance()))
          .build();

  private final Channel channel;

  SglangWorker(Channel channel) {
    this.channel = channel;
  }

  /** A generation under way; closing it ends it on the worker too. */
  record Generation(Context.CancellableContext context, Iterator<GenerateResponse> responses)
      implements AutoCloseable {
    @Override
    public void close() {
      context.cancel(null);
    }
  }

  Generation generate(int[] promptIds, ChatRequest request) {
    GenerateRequest message =
        GenerateRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setTokenized(
                TokenizedInput.newBuilder()
                    .addAllInputIds(Arrays.stream(promptIds).boxed().toList()))
            .setSamplingParams(sampling(request))
            .setStream(true)
            .build();
    Context.CancellableContext context = Context.current().withCancellation();
    Context before = context.attach();
    try {
      return new Generation(
          context,
          ClientCalls.blockingServerStreamingCall(channel, GENERATE, CallOptions.DEFAULT, message));
    } finally {
      context.detach(before);
    }
  }

  /** Proto3's zeros are not the defaults, so each field is sent. Stops are the router's work. */
  private static SamplingParams sampling(ChatRequest request) {
    SamplingParams.Builder sampling =
        SamplingParams.newBuilder()
            .setTemperature((float) request.temperature())
            .setTopP((float) request.topP())
            .setTopK(-1)
            .setRepetitionPenalty(1)
            .setN(1);
    request.maxTokens().ifPresent(sampling::setMaxNewTokens);
    return sampling.build();
  }
}
