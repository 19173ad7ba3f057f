package dev.remora.sglang;

import dev.remora.proto.SglangGenerate.AbortRequest;
import dev.remora.proto.SglangGenerate.AbortResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.stub.ClientCalls;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A client of one SGLang worker. The channel stays the caller's: its credentials, its interceptors
 * and its end. Thread-safe.
 */
public final class SglangClient {
  private static final long ABORT_SECONDS = 5;

  private final Channel channel;

  private SglangClient(Channel channel) {
    this.channel = Objects.requireNonNull(channel, "channel");
  }

  /** A client over a channel to the worker. */
  public static SglangClient of(Channel channel) {
    return new SglangClient(channel);
  }

  /**
   * Begins a generation, without waiting for the worker. A deadline of the current {@link Context},
   * and its cancellation, hold for it.
   */
  public Generation generate(GenerationRequest request) {
    Context.CancellableContext context = Context.current().withCancellation();
    Context before = context.attach();
    try {
      return new Generation(
          this,
          request.requestId(),
          context,
          ClientCalls.blockingServerStreamingCall(
              channel, SglangMethods.GENERATE, CallOptions.DEFAULT, request.message()));
    } finally {
      context.detach(before);
    }
  }

  /**
   * Asks the worker to end a request, without waiting for the answer. A request that is not running
   * is no failure.
   *
   * @param requestId the {@link GenerationRequest#requestId()}
   * @param reason why, for the worker's log
   */
  public void abort(String requestId, String reason) {
    AbortRequest request =
        AbortRequest.newBuilder().setRequestId(requestId).setReason(reason).build();
    CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(ABORT_SECONDS, TimeUnit.SECONDS);
    // Not in the context of the generation, which has been cancelled or has run out of time.
    Context.ROOT.run(
        () -> {
          ClientCall<AbortRequest, AbortResponse> call =
              channel.newCall(SglangMethods.ABORT, options);
          call.start(new ClientCall.Listener<>() {}, new Metadata());
          call.request(1);
          call.sendMessage(request);
          call.halfClose();
        });
  }
}
