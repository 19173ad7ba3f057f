package dev.remora.remote.stream;

import dev.remora.text.Printable;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * One call to a worker, its messages as raw bytes, pulled one by one by the thread that loads. Not
 * thread-safe.
 *
 * <p>Two messages at most are under way or waiting, so the network works while the last message is
 * hashed and a slow reader holds no memory. The channel stays as it is (rule C5): what this call
 * needs is in its own options.
 */
public final class WorkerCall implements AutoCloseable {
  private static final int PREFETCH = 2;

  private final ClientCall<byte[], byte[]> call;
  private final LoadDeadline deadline;
  private final Duration idleTimeout;
  private final Queue<Event> events = new ConcurrentLinkedQueue<>(); // bounded by PREFETCH
  private final WaitingExecutor callbacks = new WaitingExecutor();
  private volatile long idleSince = System.nanoTime();

  private WorkerCall(
      Channel channel,
      MethodDescriptor<byte[], byte[]> method,
      CallOptions options,
      LoadDeadline deadline,
      Duration idleTimeout) {
    this.call =
        channel.newCall(
            method, options.withExecutor(callbacks).withStreamTracerFactory(new SignsOfLife()));
    this.deadline = deadline;
    this.idleTimeout = idleTimeout;
  }

  /** Calls a method whose request has no fields. */
  public static WorkerCall start(
      Channel channel, String service, String method, CallLimits limits, LoadDeadline deadline) {
    return start(channel, descriptor(service, method), new byte[0], limits, deadline);
  }

  /** Calls a method with this request, as its bytes on the wire. */
  public static WorkerCall start(
      Channel channel,
      MethodDescriptor<byte[], byte[]> method,
      byte[] request,
      CallLimits limits,
      LoadDeadline deadline) {
    CallOptions callOptions = CallOptions.DEFAULT.withDeadline(deadline.toGrpc());
    if (limits.maxMessageBytes().isPresent()) {
      callOptions = callOptions.withMaxInboundMessageSize(limits.maxMessageBytes().getAsInt());
    }
    WorkerCall started =
        new WorkerCall(channel, method, callOptions, deadline, limits.idleTimeout());
    try {
      started.begin(request);
      return started;
    } catch (Throwable e) { // an interceptor's
      started.closeAfter(e);
      throw e;
    }
  }

  private void begin(byte[] request) {
    call.start(new Listener(), new Metadata());
    call.sendMessage(request);
    call.halfClose();
    call.request(PREFETCH);
  }

  private void closeAfter(Throwable failure) {
    try {
      close();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /** A method whose messages are taken as bytes. */
  public static MethodDescriptor<byte[], byte[]> descriptor(String service, String method) {
    return MethodDescriptor.<byte[], byte[]>newBuilder()
        .setType(MethodDescriptor.MethodType.SERVER_STREAMING) // a unary answer reads the same
        .setFullMethodName(MethodDescriptor.generateFullMethodName(service, method))
        .setRequestMarshaller(RawMarshaller.INSTANCE)
        .setResponseMarshaller(RawMarshaller.INSTANCE)
        .build();
  }

  /**
   * The next message; null if the stream ended with status OK.
   *
   * @throws StatusException with the status that ended the stream, or DEADLINE_EXCEEDED where no
   *     byte arrived for the idle timeout
   * @throws dev.remora.LoadException if the load's deadline passed or it was cancelled (rule C4)
   */
  public byte @Nullable [] next() throws StatusException {
    Event event = await();
    if (event instanceof Closed closed) {
      deadline.check(); // our own end, not the worker's
      if (closed.status().isOk()) {
        return null;
      }
      throw closed.status().asException();
    }
    byte[] message = ((Message) event).bytes();
    if (message.length > 0) {
      idleSince = System.nanoTime();
    }
    call.request(1);
    return message;
  }

  private Event await() throws StatusException {
    try {
      boolean alive = true;
      while (alive) {
        Event event = events.poll();
        if (event != null) {
          return event;
        }
        long idle = idleTimeout.toNanos() - (System.nanoTime() - idleSince);
        boolean ran = callbacks.runNext(Math.min(idle, deadline.remainingNanos()));
        deadline.check();
        alive = ran || System.nanoTime() - idleSince < idleTimeout.toNanos();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw LoadDeadline.cancelled(e);
    }
    throw Status.DEADLINE_EXCEEDED
        .withDescription("no byte arrived for " + idleTimeout.toMillis() + " ms")
        .asException();
  }

  /** Ends the call on the worker's side too; does nothing where it has ended. */
  @Override
  public void close() {
    try {
      call.cancel("the client has what it needs, or cannot use it", null);
    } finally {
      callbacks.close();
    }
  }

  /** Bytes of a message are a sign of life, also while the message is not complete. */
  private final class SignsOfLife extends ClientStreamTracer.Factory {
    @Override
    public ClientStreamTracer newClientStreamTracer(
        ClientStreamTracer.StreamInfo info, Metadata headers) {
      return new ClientStreamTracer() {
        @Override
        public void inboundWireSize(long bytes) {
          idleSince = System.nanoTime();
        }
      };
    }
  }

  private sealed interface Event permits Message, Closed {}

  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  private record Message(byte[] bytes) implements Event {}

  private record Closed(Status status) implements Event {}

  private final class Listener extends ClientCall.Listener<byte[]> {
    /** The text is the worker's, and reaches messages and logs from here on. */
    private static Status printable(Status status) {
      String said = status.getDescription();
      return said == null ? status : status.withDescription(Printable.of(said, Printable.MESSAGE));
    }

    @Override
    public void onMessage(byte[] message) {
      events.add(new Message(message));
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      events.add(new Closed(printable(status)));
    }
  }
}
