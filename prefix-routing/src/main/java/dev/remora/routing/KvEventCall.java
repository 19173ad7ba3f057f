package dev.remora.routing;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.remora.proto.KvEvents.KvEventBatch;
import dev.remora.proto.KvEvents.SubscribeKvEventsRequest;
import dev.remora.proto.WorkerService;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** One call of SubscribeKvEvents: takes the next batch only when one is done with. */
final class KvEventCall extends ClientCall.Listener<KvEventBatch> {
  private final KvEventClient client;
  private final ClientCall<SubscribeKvEventsRequest, KvEventBatch> call;

  KvEventCall(KvEventClient client, Channel channel, String service) {
    this.client = client;
    this.call = channel.newCall(method(service), CallOptions.DEFAULT);
  }

  private static MethodDescriptor<SubscribeKvEventsRequest, KvEventBatch> method(String service) {
    return MethodDescriptor.<SubscribeKvEventsRequest, KvEventBatch>newBuilder()
        .setType(MethodDescriptor.MethodType.SERVER_STREAMING)
        .setFullMethodName(
            MethodDescriptor.generateFullMethodName(service, WorkerService.SUBSCRIBE_KV_EVENTS))
        .setRequestMarshaller(new Marshaller<>(SubscribeKvEventsRequest.parser()))
        .setResponseMarshaller(new Marshaller<>(KvEventBatch.parser()))
        .build();
  }

  void start(long from) {
    call.start(this, new Metadata());
    call.request(1);
    call.sendMessage(SubscribeKvEventsRequest.newBuilder().setStartSequenceNumber(from).build());
    call.halfClose();
  }

  void cancel() {
    call.cancel("the subscription is over", null);
  }

  @Override
  public void onMessage(KvEventBatch batch) {
    client.received(this, batch);
    call.request(1);
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    client.ended(this, status);
  }

  /** Messages of one type. */
  private record Marshaller<T extends MessageLite>(Parser<T> parser)
      implements MethodDescriptor.Marshaller<T> {
    @Override
    public InputStream stream(T message) {
      return new ByteArrayInputStream(message.toByteArray());
    }

    @Override
    public T parse(InputStream stream) {
      try {
        return parser.parseFrom(stream);
      } catch (IOException e) {
        throw Status.INTERNAL
            .withDescription("a batch cannot be read")
            .withCause(e)
            .asRuntimeException();
      }
    }
  }
}
