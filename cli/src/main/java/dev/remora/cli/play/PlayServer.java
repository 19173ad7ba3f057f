package dev.remora.cli.play;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.remora.TokenizerException;
import dev.remora.cli.text.TextInput;
import dev.remora.cli.verb.CommandFailure;
import dev.remora.cli.verb.FailureFacts;
import dev.remora.cli.verb.Json;
import dev.remora.cli.view.PageFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves the page and answers what it asks, on loopback alone. A request must name this server as
 * its host and, where it names one, as its origin: a page of another site can send neither,
 * whatever its name resolves to.
 */
final class PlayServer implements AutoCloseable {
  /** Bytes of a request: a long prompt, and little of the heap. */
  static final int MAX_REQUEST = 1 << 20;

  private static final int THREADS = 4;

  /** The page takes scripts and styles from this server, and nothing from anywhere else. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final PlayModels models;
  private final Map<String, Reply> files;
  private final ExecutorService threads;
  private final HttpServer server;

  private record Reply(int status, String type, String body) {
    static Reply of(String type, String text) {
      return new Reply(200, type, text);
    }

    static Reply json(int status, Map<String, Object> facts) {
      return new Reply(status, "application/json", Json.write(facts));
    }

    static Reply refusal(int status, String message) {
      return json(status, FailureFacts.ofUsage(message));
    }
  }

  private PlayServer(HttpServer server, PlayModels models) {
    this.server = server;
    this.models = models;
    this.files =
        Map.of(
            "/", Reply.of("text/html", PageFiles.read(PlayServer.class, "play.html")),
            "/play.css", Reply.of("text/css", PageFiles.read(PlayServer.class, "play.css")),
            "/play.js", Reply.of("text/javascript", PageFiles.read(PlayServer.class, "play.js")),
            "/tokens.css", Reply.of("text/css", PageFiles.read("tokens.css")),
            "/tokens.js", Reply.of("text/javascript", PageFiles.read("tokens.js")));
    this.threads =
        Executors.newFixedThreadPool(
            THREADS,
            work -> {
              Thread thread = new Thread(work, "play");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Starts.
   *
   * @param port 0 for any free one
   * @throws CommandFailure if the port is taken
   */
  static PlayServer start(int port, PlayModels models) {
    try {
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      HttpServer http = HttpServer.create(new InetSocketAddress(loopback, port), 0);
      PlayServer server = new PlayServer(http, models);
      http.createContext("/", server::handle);
      http.setExecutor(server.threads);
      http.start();
      return server;
    } catch (IOException e) {
      throw new CommandFailure("port " + port + ": " + e.getMessage(), e);
    }
  }

  /** Where the page is. */
  String url() {
    return "http://" + host("127.0.0.1") + "/";
  }

  private String host(String name) {
    return name + ":" + server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Reply reply = reply(exchange);
      Headers headers = exchange.getResponseHeaders();
      headers.set("Content-Type", reply.type() + "; charset=utf-8");
      headers.set("Content-Security-Policy", POLICY);
      headers.set("X-Content-Type-Options", "nosniff");
      headers.set("Referrer-Policy", "no-referrer");
      headers.set("Cache-Control", "no-store");
      byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(reply.status(), body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }

  private Reply reply(HttpExchange exchange) throws IOException {
    if (!isOurs(exchange.getRequestHeaders())) {
      return Reply.refusal(403, "this page is for " + url() + " alone");
    }
    String path = exchange.getRequestURI().getPath();
    boolean asks = path.equals("/encode");
    if (!asks && !path.equals("/models") && !files.containsKey(path)) {
      return Reply.refusal(404, "there is no " + path);
    }
    String method = asks ? "POST" : "GET";
    if (!exchange.getRequestMethod().equals(method)) {
      exchange.getResponseHeaders().set("Allow", method);
      return Reply.refusal(405, "it takes " + method + " alone");
    }
    if (asks) {
      return encode(exchange);
    }
    Reply file = files.get(path);
    return file == null ? Reply.json(200, models.facts()) : file;
  }

  private boolean isOurs(Headers headers) {
    List<String> hosts = headers.getOrDefault("Host", List.of());
    List<String> origins = headers.getOrDefault("Origin", List.of());
    return hosts.size() == 1
        && List.of(host("127.0.0.1"), host("localhost")).contains(hosts.get(0))
        && origins.stream().allMatch(("http://" + hosts.get(0))::equals);
  }

  private Reply encode(HttpExchange exchange) throws IOException {
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (type == null || !type.startsWith("application/json")) {
      return Reply.refusal(415, "it takes application/json alone");
    }
    byte[] body = exchange.getRequestBody().readNBytes(MAX_REQUEST + 1);
    if (body.length > MAX_REQUEST) {
      return Reply.refusal(413, "a request has at most " + MAX_REQUEST + " bytes");
    }
    try {
      return Reply.json(200, models.encode(new PlayRequest(TextInput.utf8(body, "the request"))));
    } catch (CommandFailure | TokenizerException e) {
      return Reply.json(422, FailureFacts.of(e));
    } catch (RuntimeException | Error e) { // the page tells of it, and the next request is served
      return Reply.json(500, FailureFacts.of(e));
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
