package dev.remora.examples.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.remora.forms.TinyTokenizers;
import dev.remora.server.GenerateScript;
import dev.remora.server.KvEventFeed;
import dev.remora.server.TokenizerFiles;
import dev.remora.server.TokenizerServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole way of a request, over real sockets, to a worker that streams scripted ids. */
@Timeout(60)
class RouterTest {
  private static final String TEMPLATE =
      "<s>{% for m in messages %}{% if m.role != 'user' %}{{ raise_exception('only users') }}"
          + "{% endif %}{{ m.content }}{% endfor %}";

  // "hello", " wor", "ld", the four bytes of a shark, "hello", " wor", "ld", "</s>", "he"
  private static final int[] SCRIPT = {
    259, 262, 263, 0xF0, 0x9F, 0xA6, 0x88, 259, 262, 263, 265, 257
  };

  private static final Map<String, byte[]> FILES =
      Map.of(
          "tokenizer.json",
          TinyTokenizers.byteLevel(),
          "generation_config.json",
          "{\"eos_token_id\": 265}".getBytes(StandardCharsets.UTF_8),
          "chat_template.jinja",
          TEMPLATE.getBytes(StandardCharsets.UTF_8));

  private final HttpClient client = HttpClient.newHttpClient();
  private TokenizerServer worker;
  private Router router;

  @BeforeEach
  void start() throws IOException {
    worker = serve(FILES, 0);
    router = new Router(List.of(worker.target()), null, 0);
  }

  private static TokenizerServer serve(Map<String, byte[]> files, int port) throws IOException {
    return TokenizerServer.builder(TokenizerFiles.of(files))
        .generate(GenerateScript.of(SCRIPT).idsPerMessage(1).pause(Duration.ofMillis(20)))
        .port(port)
        .start();
  }

  @AfterEach
  void close() {
    router.close();
    worker.close();
  }

  private HttpResponse<String> post(String body) throws Exception {
    return post("/v1/chat/completions", body);
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return client.send(request(path, body), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest request(String path, String body) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + router.port() + path))
        .timeout(Duration.ofSeconds(30))
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private static String body(String more) {
    return "{\"model\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]%s}"
        .formatted(more);
  }

  private static JsonObject choice(String json) {
    return JsonParser.parseString(json)
        .getAsJsonObject()
        .getAsJsonArray("choices")
        .get(0)
        .getAsJsonObject();
  }

  private static String streamedText(List<String> events) {
    return events.stream()
        .filter(event -> !event.equals("[DONE]"))
        .map(event -> choice(event).getAsJsonObject("delta"))
        .filter(delta -> delta.has("content"))
        .map(delta -> delta.get("content").getAsString())
        .collect(Collectors.joining());
  }

  private static List<String> events(HttpResponse<String> response) {
    return response
        .body()
        .lines()
        .filter(line -> line.startsWith("data: "))
        .map(line -> line.substring("data: ".length()))
        .toList();
  }

  @Test
  void completion_streamed_endsAtEos() throws Exception {
    HttpResponse<String> response = post(body(",\"stream\":true"));
    assertEquals(200, response.statusCode());
    List<String> events = events(response);
    assertEquals("hello world🦈hello world", streamedText(events));
    assertEquals("[DONE]", events.get(events.size() - 1));
    String last = events.get(events.size() - 2);
    assertEquals("stop", choice(last).get("finish_reason").getAsString());
    assertTrue(events.size() > 6, "text is streamed while it is generated: " + events);
  }

  @Test
  void completion_stopString_thatSpansTokens_endsBeforeItAndOnTheWorker() throws Exception {
    HttpResponse<String> response = post(body(",\"stream\":true,\"stop\":[\"d🦈h\",\"zzz\"]"));
    assertEquals("hello worl", streamedText(events(response)));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (worker.generateCalls().cancelledCalls() == 0 && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    assertEquals(1, worker.generateCalls().cancelledCalls());
  }

  @Test
  void completion_whole_hasTextReasonAndUsage() throws Exception {
    HttpResponse<String> response = post(body(",\"stop\":\" world🦈\""));
    assertEquals(200, response.statusCode());
    JsonObject choice = choice(response.body());
    assertEquals("hello", choice.getAsJsonObject("message").get("content").getAsString());
    assertEquals("stop", choice.get("finish_reason").getAsString());
    JsonObject usage =
        JsonParser.parseString(response.body()).getAsJsonObject().getAsJsonObject("usage");
    assertEquals(2, usage.get("prompt_tokens").getAsInt());
    assertEquals(7, usage.get("completion_tokens").getAsInt());
  }

  @Test
  void requestThatCannotBeServed_is400() throws Exception {
    for (String bad :
        List.of(
            "",
            "{",
            "[]",
            "{}",
            "{\"messages\":[]}",
            body(",\"stop\":[1]"),
            body(",\"top_p\":\"x\""))) {
      assertEquals(400, post(bad).statusCode(), bad);
    }
    HttpResponse<String> raised =
        post("{\"messages\":[{\"role\":\"robot\",\"content\":\"hello\"}]}");
    assertEquals(400, raised.statusCode());
    assertTrue(raised.body().contains("only users"), raised.body());
  }

  @Test
  void textAndMessages_toIds_andBack() throws Exception {
    HttpResponse<String> prompt = post("/tokenize", "{\"prompt\":\"hello\"}");
    assertEquals("{\"count\":2,\"tokens\":[264,259]}", prompt.body());
    HttpResponse<String> bare =
        post("/tokenize", "{\"prompt\":\"hello\",\"add_special_tokens\":false}");
    assertEquals("{\"count\":1,\"tokens\":[259]}", bare.body());
    assertEquals(prompt.body(), post("/tokenize", body("")).body());
    HttpResponse<String> text = post("/detokenize", "{\"tokens\":[264,259]}");
    assertEquals("{\"prompt\":\"<s>hello\"}", text.body());
    assertEquals(400, post("/detokenize", "{\"tokens\":[\"x\"]}").statusCode());
    assertEquals(400, post("/detokenize", "{\"tokens\":[9999]}").statusCode());
  }

  @Test
  void health_isThatOfTheWorkers() throws Exception {
    assertEquals(200, post(body("")).statusCode());
    assertEquals(200, get("/health").statusCode());
    assertTrue(get("/v1/models").body().contains("\"id\":\"default\""));
    try (Router waiting =
        new Router(List.of("late=" + worker.target(), "gone=localhost:1"), null, 0)) {
      router.close();
      router = waiting;
      HttpResponse<String> down = get("/health");
      assertEquals(503, down.statusCode());
      assertTrue(down.body().contains("gone"), down.body());
    }
  }

  private HttpResponse<String> get(String path) throws Exception {
    HttpRequest get =
        HttpRequest.newBuilder(URI.create("http://localhost:" + router.port() + path)).build();
    return client.send(get, HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void otherPathsAndMethods_areRefused() throws Exception {
    HttpResponse<String> path =
        client.send(
            request("/v1/chat/completions/x", body("")), HttpResponse.BodyHandlers.ofString());
    assertEquals(404, path.statusCode());
    assertEquals(405, get("/v1/chat/completions").statusCode());
  }

  @Test
  void workerThatIsGone_is502() throws Exception {
    assertEquals(200, post(body("")).statusCode());
    worker.close();
    assertEquals(502, post(body("")).statusCode());
  }

  @Test
  void routerThatStartsFirst_answersWhenAWorkerIsUp(@TempDir Path directory) throws Exception {
    for (Map.Entry<String, byte[]> file : FILES.entrySet()) {
      Files.write(directory.resolve(file.getKey()), file.getValue());
    }
    int port = worker.port();
    worker.close();
    try (Router first = new Router(List.of("localhost:" + port), directory, 0)) {
      router.close();
      router = first;
      HttpResponse<String> early = post(body(""));
      assertEquals(502, early.statusCode(), early.body());
      try (TokenizerServer late = serve(FILES, port)) {
        while (post(body("")).statusCode() != 200) {
          Thread.sleep(50);
        }
        assertTrue(late.generateCalls().calls() > 0);
      }
    }
  }

  /** A worker that tells of its blocks, of one id each. */
  private static TokenizerServer serve(KvEventFeed feed) throws IOException {
    return TokenizerServer.builder(TokenizerFiles.of(FILES))
        .generate(GenerateScript.of(SCRIPT))
        .kvEvents(feed)
        .start();
  }

  @Test
  void request_goesToTheWorkerThatHoldsMostOfItsPrompt() throws Exception {
    KvEventFeed oneTells = KvEventFeed.ofBlockSize(1);
    KvEventFeed otherTells = KvEventFeed.ofBlockSize(1);
    try (TokenizerServer one = serve(oneTells);
        TokenizerServer other = serve(otherTells);
        Router both = new Router(List.of(one.target(), other.target()), null, 0)) {
      router.close();
      router = both;
      while (one.generateCalls().calls() == 0 || other.generateCalls().calls() == 0) {
        assertEquals(200, post(body("")).statusCode()); // in turn, once both are known
      }
      while (oneTells.subscribers() == 0 || otherTells.subscribers() == 0) {
        Thread.sleep(5);
      }
      oneTells.stored(264);
      otherTells.stored(264, 259); // the prompt's ids
      for (int inARow = 0; inARow < 5; inARow++) {
        int calls = other.generateCalls().calls();
        assertEquals(200, post(body("")).statusCode());
        inARow = other.generateCalls().calls() == calls ? -1 : inARow; // not told yet: in turn
      }
    }
  }

  @Test
  void workerOfAnotherTemplate_getsNoRequests() throws Exception {
    Map<String, byte[]> other = new HashMap<>(FILES);
    other.put("chat_template.jinja", "other".getBytes(StandardCharsets.UTF_8));
    assertEquals(200, post(body("")).statusCode());
    try (TokenizerServer drifted = serve(other, 0)) {
      router.join(drifted.target()).get(30, TimeUnit.SECONDS);
      for (int request = 0; request < 4; request++) {
        assertEquals(200, post(body("")).statusCode());
      }
      assertEquals(0, drifted.generateCalls().calls());
    }
  }
}
