package dev.remora.cli;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A headless Chromium with one page, driven over its DevTools protocol. */
final class Chromium implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger lastId = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonObject>> asked = new ConcurrentHashMap<>();

  /** Where it is: the first of its usual names on the PATH. */
  static Optional<Path> find() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return NAMES.stream()
        .flatMap(name -> Stream.of(path.split(":", -1)).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts it, with its profile in a folder. */
  Chromium(Path binary, Path folder) throws Exception {
    Path profile = Files.createDirectory(folder.resolve("profile"));
    process =
        new ProcessBuilder(
                binary.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("chromium.log").toFile())
            .start();
    try {
      String port = port(profile.resolve("DevToolsActivePort"));
      HttpClient client = HttpClient.newHttpClient();
      HttpRequest newPage =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/new?about:blank"))
              .PUT(HttpRequest.BodyPublishers.noBody())
              .build();
      String page = client.send(newPage, BodyHandlers.ofString()).body();
      String url =
          JsonParser.parseString(page).getAsJsonObject().get("webSocketDebuggerUrl").getAsString();
      socket =
          client
              .newWebSocketBuilder()
              .buildAsync(URI.create(url), new Answers())
              .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (Exception | Error e) {
      end();
      throw e;
    }
  }

  private static String port(Path file) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      if (Files.exists(file)) {
        List<String> lines = Files.readAllLines(file);
        if (lines.size() > 1) {
          return lines.get(0);
        }
      }
      Thread.sleep(20);
    }
    throw new IOException("Chromium does not start");
  }

  /** Puts the parts of messages together, and hands answers to who asked. */
  private final class Answers implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      message.append(part);
      if (last) {
        JsonObject answer = JsonParser.parseString(message.toString()).getAsJsonObject();
        message.setLength(0);
        if (answer.has("id")) {
          Objects.requireNonNull(asked.remove(answer.get("id").getAsInt())).complete(answer);
        }
      }
      from.request(1);
      return null;
    }
  }

  /** Calls a method of the protocol; its result. */
  JsonObject call(String method, Object... parameters) throws Exception {
    Map<String, Object> named = new LinkedHashMap<>();
    for (int index = 0; index < parameters.length; index += 2) {
      named.put((String) parameters[index], parameters[index + 1]);
    }
    int id = lastId.incrementAndGet();
    CompletableFuture<JsonObject> answer = new CompletableFuture<>();
    asked.put(id, answer);
    String message = new Gson().toJson(Map.of("id", id, "method", method, "params", named));
    socket.sendText(message, true).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    JsonObject got = answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (!got.has("result")) {
      throw new AssertionError(method + ": " + got);
    }
    return got.getAsJsonObject("result");
  }

  /** Opens a page, and waits until its scripts have run. */
  void open(String url) throws Exception {
    call("Page.enable");
    call("Page.navigate", "url", url);
    await("location.href.startsWith('" + url + "') && document.readyState === 'complete'");
  }

  /** The value of an expression in the page, as text. */
  String evaluate(String expression) throws Exception {
    JsonObject result =
        call(
            "Runtime.evaluate",
            "expression",
            expression,
            "returnByValue",
            true,
            "awaitPromise",
            true);
    if (result.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + result);
    }
    JsonObject value = result.getAsJsonObject("result");
    return value.has("value") ? value.get("value").getAsString() : "undefined";
  }

  /** Waits until an expression is true in the page. */
  void await(String condition) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!evaluate("Boolean(" + condition + ")").equals("true")) {
      if (System.nanoTime() > end) {
        throw new AssertionError(condition + " is not: " + evaluate("document.body.innerText"));
      }
      Thread.sleep(20);
    }
  }

  /** Types text into what has the focus, as a keyboard does. */
  void type(String text) throws Exception {
    call("Input.insertText", "text", text);
  }

  /** Presses and releases a key. */
  void press(String key) throws Exception {
    for (String kind : List.of("keyDown", "keyUp")) {
      call("Input.dispatchKeyEvent", "type", kind, "key", key, "code", key);
    }
  }

  /** How wide the page is, and whether its user likes it dark. */
  void show(int width, int height, boolean dark) throws Exception {
    call(
        "Emulation.setDeviceMetricsOverride",
        "width",
        width,
        "height",
        height,
        "deviceScaleFactor",
        1,
        "mobile",
        width < 600);
    call(
        "Emulation.setEmulatedMedia",
        "features",
        List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light")));
  }

  /** The page as a picture. */
  byte[] screenshot() throws Exception {
    JsonObject picture =
        call("Page.captureScreenshot", "format", "png", "captureBeyondViewport", true);
    return Base64.getDecoder().decode(picture.get("data").getAsString());
  }

  private void end() {
    ProcessHandle[] all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle()))
            .toArray(ProcessHandle[]::new);
    Arrays.stream(all).forEach(ProcessHandle::destroyForcibly);
    process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    socket.abort();
    end();
  }
}
