package dev.remora.remote;

import dev.remora.remote.stream.RawMarshaller;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A worker on a real socket that sends exactly the messages and the status it is told to. */
final class ScriptedWorker implements AutoCloseable {
  static final String SERVICE = "sglang.grpc.scheduler.SglangScheduler";

  /** What the worker does with its n-th call, from 0. */
  interface Script {
    void answer(int call, ServerCall<byte[], byte[]> stream);
  }

  final AtomicInteger calls = new AtomicInteger();
  final CountDownLatch cancelled = new CountDownLatch(1);
  private final Server server;
  private final ManagedChannel channel;

  private ScriptedWorker(int port, Script script) {
    MethodDescriptor<byte[], byte[]> method =
        MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.SERVER_STREAMING)
            .setFullMethodName(SERVICE + "/GetTokenizer")
            .setRequestMarshaller(RawMarshaller.INSTANCE)
            .setResponseMarshaller(RawMarshaller.INSTANCE)
            .build();
    ServerCallHandler<byte[], byte[]> handler =
        (call, headers) -> {
          call.request(1);
          return new ServerCall.Listener<>() {
            @Override
            public void onHalfClose() {
              script.answer(calls.getAndIncrement(), call);
            }

            @Override
            public void onCancel() {
              cancelled.countDown();
            }
          };
        };
    try {
      server =
          NettyServerBuilder.forAddress(
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
              .addService(
                  ServerServiceDefinition.builder(SERVICE).addMethod(method, handler).build())
              .build()
              .start();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    channel = NettyChannelBuilder.forAddress("localhost", server.getPort()).usePlaintext().build();
  }

  static ScriptedWorker scripted(Script script) {
    return new ScriptedWorker(0, script);
  }

  /** Sends these messages and ends with OK, on a port that is free. */
  static ScriptedWorker onPort(int port, List<byte[]> messages) {
    return new ScriptedWorker(port, (call, stream) -> send(stream, messages, Status.OK));
  }

  /** Sends these messages and ends with OK. */
  static ScriptedWorker sending(List<byte[]> messages) {
    return sending(messages, Status.OK);
  }

  /** Sends these messages and ends with the status. */
  static ScriptedWorker sending(List<byte[]> messages, Status end) {
    return scripted((call, stream) -> send(stream, messages, end));
  }

  /** Ends every call with the status. */
  static ScriptedWorker failing(Status end) {
    return sending(List.of(), end);
  }

  /** Sends these messages and then nothing, for ever. */
  static ScriptedWorker stallingAfter(List<byte[]> messages) {
    return scripted((call, stream) -> sendAll(stream, messages));
  }

  static void send(ServerCall<byte[], byte[]> stream, List<byte[]> messages, Status end) {
    sendAll(stream, messages);
    stream.close(end, new Metadata());
  }

  private static void sendAll(ServerCall<byte[], byte[]> stream, List<byte[]> messages) {
    stream.sendHeaders(new Metadata());
    messages.forEach(stream::sendMessage);
  }

  int port() {
    return server.getPort();
  }

  ManagedChannel channel() {
    return channel;
  }

  @Override
  public void close() {
    channel.shutdownNow();
    closeServer();
  }

  /** Ends the server; the channel stays. */
  void closeServer() {
    server.shutdownNow();
    try {
      server.awaitTermination();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
