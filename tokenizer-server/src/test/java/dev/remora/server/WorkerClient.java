package dev.remora.server;

import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import dev.remora.proto.BareBundle;
import dev.remora.proto.DescribedBundle;
import dev.remora.proto.WorkerService;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoUtils;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A plain gRPC client of a server, over a real socket. */
final class WorkerClient implements AutoCloseable {
  private static final int MAX_MESSAGE = 64 << 20;

  private final ManagedChannel channel;

  WorkerClient(TokenizerServer server) {
    this(NettyChannelBuilder.forTarget(server.target()).usePlaintext().build());
  }

  WorkerClient(ManagedChannel channel) {
    this.channel = channel;
  }

  /** What a call gave: its messages and how it ended. */
  record Answer<T>(List<T> messages, Status status) {}

  Answer<DescribedBundle.GetTokenizerChunk> described(WorkerService service) {
    return fetch(service.fullName(), DescribedBundle.GetTokenizerChunk.getDefaultInstance());
  }

  Answer<BareBundle.GetTokenizerChunk> bare(WorkerService service) {
    return fetch(service.fullName(), BareBundle.GetTokenizerChunk.getDefaultInstance());
  }

  <T extends Message> Answer<T> fetch(String service, T type) {
    Call<T> call = start(service, type, Duration.ofSeconds(20));
    call.request(Integer.MAX_VALUE);
    return call.await();
  }

  /** Begins a call of GetTokenizer that asks for no message yet. */
  <T extends Message> Call<T> start(String service, T type, Duration deadline) {
    return start(service, WorkerService.GET_TOKENIZER, Empty.getDefaultInstance(), type, deadline);
  }

  /** Begins a call of any method that asks for no message yet. */
  <Q extends Message, T extends Message> Call<T> start(
      String service, String name, Q request, T type, Duration deadline) {
    @SuppressWarnings("unchecked") // a message's default instance has the message's type
    Q requestType = (Q) request.getDefaultInstanceForType();
    MethodDescriptor<Q, T> method =
        MethodDescriptor.<Q, T>newBuilder()
            .setType(MethodDescriptor.MethodType.SERVER_STREAMING)
            .setFullMethodName(MethodDescriptor.generateFullMethodName(service, name))
            .setRequestMarshaller(ProtoUtils.marshaller(requestType))
            .setResponseMarshaller(ProtoUtils.marshaller(type))
            .build();
    CallOptions options =
        CallOptions.DEFAULT
            .withMaxInboundMessageSize(MAX_MESSAGE)
            .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS);
    ClientCall<Q, T> clientCall = channel.newCall(method, options);
    Call<T> call = new Call<>(clientCall);
    clientCall.start(call, new Metadata());
    clientCall.sendMessage(request);
    clientCall.halfClose();
    return call;
  }

  ManagedChannel channel() {
    return channel;
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  /** A call under way. */
  static final class Call<T> extends ClientCall.Listener<T> {
    private final ClientCall<?, T> call;
    private final List<T> messages = new ArrayList<>();
    private final CompletableFuture<Answer<T>> answer = new CompletableFuture<>();

    private Call(ClientCall<?, T> call) {
      this.call = call;
    }

    void request(int count) {
      call.request(count);
    }

    void cancel() {
      call.cancel("enough", null);
    }

    Answer<T> await() {
      return answer.join();
    }

    boolean isDone() {
      return answer.isDone();
    }

    synchronized int received() {
      return messages.size();
    }

    @Override
    public synchronized void onMessage(T message) {
      messages.add(message);
      notifyAll();
    }

    /** Waits until so many messages have come. */
    synchronized void awaitMessages(int count) throws InterruptedException {
      while (messages.size() < count && !answer.isDone()) {
        wait(10_000);
      }
    }

    @Override
    public synchronized void onClose(Status status, Metadata trailers) {
      answer.complete(new Answer<>(List.copyOf(messages), status));
      notifyAll();
    }
  }
}
