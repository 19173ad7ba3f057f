package dev.remora.examples.router;

import com.sun.net.httpserver.HttpServer;
import dev.remora.bundle.BundleDrift;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** The router: models with their workers, and an HTTP server before them. */
public final class Router implements AutoCloseable {
  private static final int REQUESTS_AT_ONCE = 64;

  private final Models models;
  private final ExecutorService threads = Executors.newFixedThreadPool(REQUESTS_AT_ONCE);
  private final HttpServer server;

  /** Starts to serve on loopback, else as {@link #Router(List, Path, InetSocketAddress)}. */
  public Router(List<String> workers, @Nullable Path directory, int port) throws IOException {
    this(workers, directory, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  /**
   * Starts to serve. The workers need not be up: requests are answered as soon as one is.
   *
   * @param workers the workers' addresses, such as {@code localhost:50051}, or {@code
   *     qwen=localhost:50051} for the model of this name; of a model, those that have another
   *     tokenizer than the first one get no requests
   * @param directory the tokenizer's files for while no worker gives it; null for none
   * @param address what it listens on; port 0 for any free one
   */
  public Router(List<String> workers, @Nullable Path directory, InetSocketAddress address)
      throws IOException {
    models = new Models(directory);
    server = HttpServer.create(address, 0);
    for (String worker : workers) {
      CompletableFuture<BundleDrift> unused = join(worker); // who does not answer is asked again
    }
    server.createContext("/v1/chat/completions", new ChatEndpoint(models));
    server.createContext("/v1/models", new StatusEndpoints.ListModels(models));
    server.createContext("/tokenize", new TokenEndpoints.Tokenize(models));
    server.createContext("/detokenize", new TokenEndpoints.Detokenize(models));
    server.createContext("/health", new StatusEndpoints.Health(models));
    server.setExecutor(threads);
    server.start();
  }

  /** Takes one more worker in, given as to the constructor. */
  CompletableFuture<BundleDrift> join(String worker) {
    int equals = worker.indexOf('=');
    return models.join(
        equals < 0 ? Models.DEFAULT : worker.substring(0, equals), worker.substring(equals + 1));
  }

  /** The port that it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    models.close();
  }

  /**
   * {@code Router PORT [--host HOST] [--dir DIR] [MODEL=]WORKER…}: serves until the process is
   * ended, on loopback unless a host says otherwise.
   */
  public static void main(String[] arguments) throws Exception {
    List<String> rest = new ArrayList<>(Arrays.asList(arguments));
    String host = option(rest, "--host");
    String directory = option(rest, "--dir");
    if (rest.size() < 2) {
      System.err.println("usage: Router PORT [--host HOST] [--dir DIR] [MODEL=]HOST:PORT…");
      System.exit(2);
    }
    InetAddress listening =
        host == null ? InetAddress.getLoopbackAddress() : InetAddress.getByName(host);
    Router router =
        new Router(
            rest.subList(1, rest.size()),
            directory == null ? null : Path.of(directory),
            new InetSocketAddress(listening, Integer.parseInt(rest.get(0))));
    System.out.println("serving http://localhost:" + router.port() + "/v1/chat/completions");
    Thread.currentThread().join();
  }

  /** Takes an option and its value out of the arguments; null if it was not given. */
  private static @Nullable String option(List<String> arguments, String name) {
    int option = arguments.indexOf(name);
    if (option < 0 || option + 1 == arguments.size()) {
      return null;
    }
    arguments.remove(option);
    return arguments.remove(option);
  }
}
