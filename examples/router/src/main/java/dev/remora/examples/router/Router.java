package dev.remora.examples.router;

import com.sun.net.httpserver.HttpServer;
import dev.remora.Tokenizer;
import dev.remora.chat.ChatTemplate;
import dev.remora.remote.Tokenizers;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The router: one worker, its tokenizer, and an HTTP server before them. */
public final class Router implements AutoCloseable {
  private static final int REQUESTS_AT_ONCE = 64;

  private final ManagedChannel channel;
  private final Tokenizer tokenizer;
  private final ExecutorService threads = Executors.newFixedThreadPool(REQUESTS_AT_ONCE);
  private final HttpServer server;

  /**
   * Loads the worker's tokenizer and starts to serve.
   *
   * @param worker the worker's address, such as {@code localhost:50051}
   * @param port the port on loopback, 0 for any free one
   */
  public Router(String worker, int port) throws IOException {
    channel = Grpc.newChannelBuilder(worker, InsecureChannelCredentials.create()).build();
    try {
      tokenizer = Tokenizers.fromBackend(channel);
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (RuntimeException | IOException e) {
      channel.shutdownNow();
      threads.shutdown();
      throw e;
    }
    // The template is compiled once and shared by all requests, as the tokenizer is.
    Completions completions =
        new Completions(tokenizer, ChatTemplate.of(tokenizer.bundle()), new SglangWorker(channel));
    server.createContext("/v1/chat/completions", new ChatEndpoint(completions));
    server.setExecutor(threads);
    server.start();
  }

  /** The port that it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    tokenizer.close();
    channel.shutdownNow();
  }

  /** {@code Router WORKER PORT}: serves until the process is ended. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 2) {
      System.err.println("usage: Router HOST:PORT PORT");
      System.exit(2);
    }
    Router router = new Router(arguments[0], Integer.parseInt(arguments[1]));
    System.out.println("serving http://localhost:" + router.port() + "/v1/chat/completions");
    Thread.currentThread().join();
  }
}
