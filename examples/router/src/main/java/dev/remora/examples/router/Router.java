package dev.remora.examples.router;

import com.sun.net.httpserver.HttpServer;
import dev.remora.Tokenizer;
import dev.remora.bundle.BundleDrift;
import dev.remora.bundle.BundleInfo;
import dev.remora.bundle.ContentDigest;
import dev.remora.chat.ChatTemplate;
import dev.remora.remote.DriftPolicy;
import dev.remora.remote.LoadListener;
import dev.remora.remote.LoadOptions;
import dev.remora.remote.ModelWorkers;
import dev.remora.remote.RemoteTokenizerLoader;
import dev.remora.remote.TokenizerRegistry;
import dev.remora.remote.TokenizerSource;
import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The router: workers of one model, their tokenizer, and an HTTP server before them. */
public final class Router implements AutoCloseable {
  private static final String MODEL = "model";
  private static final int REQUESTS_AT_ONCE = 64;
  private static final Duration A_REQUEST_WAITS = Duration.ofSeconds(10);

  private final List<ManagedChannel> channels = new CopyOnWriteArrayList<>();
  private final TokenizerRegistry registry = TokenizerRegistry.create();
  private final ModelWorkers workers;
  private final RemoteTokenizerLoader loader;
  private final ExecutorService threads = Executors.newFixedThreadPool(REQUESTS_AT_ONCE);
  private final HttpServer server;
  private final AtomicInteger turn = new AtomicInteger();
  private volatile @Nullable Template template;

  /** A template is compiled once and shared by all requests, as the tokenizer is. */
  private record Template(ContentDigest of, ChatTemplate compiled) {}

  /**
   * Starts to serve. The workers need not be up: requests are answered as soon as one is.
   *
   * @param addresses the workers' addresses, such as {@code localhost:50051}; those that have
   *     another tokenizer than the first one get no requests
   * @param directory the tokenizer's files for while no worker gives it; null for none
   * @param port the port on loopback, 0 for any free one
   */
  public Router(List<String> addresses, @Nullable Path directory, int port) throws IOException {
    LoadOptions options =
        LoadOptions.builder().timeout(A_REQUEST_WAITS).listener(new Refreshing()).build();
    workers = ModelWorkers.of(DriftPolicy.REFUSE, options);
    TokenizerSource source = workers.source(MODEL);
    loader =
        RemoteTokenizerLoader.of(
            directory == null ? source : source.orElse(TokenizerSource.directory(directory)),
            options);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    for (String address : addresses) {
      CompletableFuture<BundleDrift> unused = join(address); // who does not answer is asked again
    }
    server.createContext("/v1/chat/completions", new ChatEndpoint(this::completions));
    server.setExecutor(threads);
    server.start();
  }

  /** Takes one more worker in; it gets requests once its tokenizer is found to be the others'. */
  CompletableFuture<BundleDrift> join(String address) {
    ManagedChannel channel =
        Grpc.newChannelBuilder(address, InsecureChannelCredentials.create()).build();
    channels.add(channel);
    return workers.join(MODEL, channel);
  }

  /** Where the workers change over to another tokenizer, so does the router. */
  private final class Refreshing implements LoadListener {
    @Override
    public void modelChanged(String model, ContentDigest from, ContentDigest to) {
      CompletableFuture<Boolean> unused = registry.refreshAsync(model);
    }
  }

  /** The tokenizer for one request, and the worker whose turn it is. */
  private Completions completions() {
    Tokenizer tokenizer = registry.acquire(MODEL, loader);
    try {
      return new Completions(tokenizer, template(tokenizer.bundle()), new SglangWorker(next()));
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  private ChatTemplate template(BundleInfo bundle) {
    Template last = template;
    if (last == null || !last.of().equals(bundle.digest())) {
      last = new Template(bundle.digest(), ChatTemplate.of(bundle));
      template = last;
    }
    return last.compiled();
  }

  private Channel next() {
    List<Channel> serving = workers.channels(MODEL);
    if (serving.isEmpty()) {
      throw Status.UNAVAILABLE.withDescription("no worker is up").asRuntimeException();
    }
    return serving.get(Math.floorMod(turn.getAndIncrement(), serving.size()));
  }

  /** The port that it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    workers.close();
    registry.close();
    channels.forEach(ManagedChannel::shutdownNow);
  }

  /** {@code Router PORT [--dir DIR] WORKER…}: serves until the process is ended. */
  public static void main(String[] arguments) throws Exception {
    List<String> rest = new ArrayList<>(Arrays.asList(arguments));
    int option = rest.indexOf("--dir");
    Path directory = null;
    if (option > 0 && option + 1 < rest.size()) {
      directory = Path.of(rest.remove(option + 1));
      rest.remove(option);
    }
    if (rest.size() < 2) {
      System.err.println("usage: Router PORT [--dir DIR] HOST:PORT…");
      System.exit(2);
    }
    Router router =
        new Router(rest.subList(1, rest.size()), directory, Integer.parseInt(rest.get(0)));
    System.out.println("serving http://localhost:" + router.port() + "/v1/chat/completions");
    Thread.currentThread().join();
  }
}
