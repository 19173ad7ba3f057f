package dev.remora.server;

import dev.remora.bundle.BundleDialect;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A worker that serves one tokenizer: {@code GetTokenizer} and the standard gRPC health service,
 * over a real socket; on request GetModelInfo, SubscribeKvEvents, and SGLang's Generate from a
 * script. It runs no model.
 *
 * <pre>{@code
 * try (TokenizerServer server = TokenizerServer.builder(TokenizerFiles.of(directory)).start()) {
 *   Channel channel = ... server.target() ...
 * }
 * }</pre>
 *
 * <p>The bundle is made once, at the start, and shared by all calls; a slow client costs no memory
 * beyond one message. Thread-safe.
 */
public final class TokenizerServer implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(2);
  private static final Duration FORCED = Duration.ofSeconds(10);

  private final HealthStatusManager health = new HealthStatusManager();
  private final ExecutorService executor = Executors.newCachedThreadPool(threads("call"));
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(threads("timer"));
  private final WorkerMethods methods = new WorkerMethods(timer);
  private final Server server;
  private final String host;

  TokenizerServer(InetSocketAddress address, Served served) throws IOException {
    this.host = address.getHostString();
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(address)
            .executor(executor)
            .addServices(methods.define(served))
            .addService(health.getHealthService());
    served.services().forEach(name -> health.setStatus(name, ServingStatus.SERVING));
    this.server = builder.build();
    try {
      server.start();
    } catch (IOException e) {
      stopThreads();
      throw e;
    }
  }

  /** A builder of a server of these files. */
  public static TokenizerServerBuilder builder(TokenizerFiles files) {
    return new TokenizerServerBuilder(files, null);
  }

  /**
   * A builder of a server that sends these bytes, whatever they are, as the archive of the format
   * that the builder names; the metadata of {@link BundleDialect#DESCRIBED} then describes no file.
   */
  public static TokenizerServerBuilder builderOfArchive(byte[] archive) {
    return new TokenizerServerBuilder(null, archive.clone());
  }

  /** The port that it listens on. */
  public int port() {
    return server.getPort();
  }

  /** Its address as gRPC takes it, such as {@code localhost:50051}. */
  public String target() {
    String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return name + ":" + port();
  }

  /** How many calls of GetTokenizer have begun. */
  public int calls() {
    return methods.tokenizerCalls().calls();
  }

  /** How many calls have begun and not ended. */
  public int activeCalls() {
    return methods.tokenizerCalls().activeCalls();
  }

  /** How many calls this server ended, with whatever status. */
  public int completedCalls() {
    return methods.tokenizerCalls().completedCalls();
  }

  /**
   * How many calls ended otherwise: the client cancelled, its deadline passed, its connection
   * broke, or this server was closed by force.
   */
  public int cancelledCalls() {
    return methods.tokenizerCalls().cancelledCalls();
  }

  /** How many messages were handed to the transport, in all calls. */
  public long messagesSent() {
    return methods.tokenizerCalls().messagesSent();
  }

  /**
   * Waits until no call is active: what a client has just cancelled ends here a moment later.
   *
   * @return false if a call is still active after this time
   */
  public boolean awaitIdle(Duration timeout) throws InterruptedException {
    return methods.tokenizerCalls().awaitIdle(timeout);
  }

  /** The calls of Generate, which the counts above leave out. */
  public CallCounts generateCalls() {
    return methods.generateCalls();
  }

  /** Waits until the server is closed. */
  public void awaitClose() throws InterruptedException {
    server.awaitTermination();
  }

  /**
   * Takes no more calls, ends those that wait with UNAVAILABLE, lets the others finish for two
   * seconds, then cancels them. No thread of this server is left afterwards; gRPC's shared event
   * loops end a second after their last user.
   */
  @Override
  public void close() {
    health.enterTerminalState();
    server.shutdown();
    methods.abandonWaiting();
    try {
      if (!server.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        server.shutdownNow();
        server.awaitTermination(FORCED.toMillis(), TimeUnit.MILLISECONDS);
      }
      stopThreads();
      executor.awaitTermination(FORCED.toMillis(), TimeUnit.MILLISECONDS); // the last ends of calls
    } catch (InterruptedException e) {
      server.shutdownNow();
      stopThreads();
      Thread.currentThread().interrupt();
    }
  }

  private void stopThreads() {
    timer.shutdownNow();
    executor.shutdown();
  }

  private static ThreadFactory threads(String purpose) {
    AtomicInteger number = new AtomicInteger();
    return work -> {
      Thread thread =
          new Thread(work, "tokenizer-server-" + purpose + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
