package dev.remora.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.forms.TinyTokenizers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code remora play} answers on its socket, to its own page and to others. */
@SuppressWarnings("NullAway.Init") // @BeforeAll sets them
class PlayCommandTest {
  private static final int MAX_REQUEST = 1 << 20;

  @TempDir private static Path folder;
  private static RunningCommand play;
  private static URI url;

  @BeforeAll
  static void start() throws Exception {
    Files.write(folder.resolve("tokenizer.json"), TinyTokenizers.byteLevel());
    Files.writeString(
        folder.resolve("chat_template.jinja"),
        "<s>{% for m in messages %}{{ m.role }}:{{ m.content }}\n{% endfor %}{{ x }}");
    play = new RunningCommand("play", "--dir", folder.toString());
    url = URI.create(play.printed("(http://\\S+)"));
  }

  @AfterAll
  static void close() {
    play.close();
  }

  private record Response(int status, String head, String body) {}

  /** Sends exactly this, so that every header may be a wrong one. */
  private static Response send(String line, String body, String... headers) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort())) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      String request =
          line
              + " HTTP/1.1\r\nConnection: close\r\n"
              + Stream.of(headers).map(header -> header + "\r\n").collect(Collectors.joining())
              + (bytes.length > 0 ? "Content-Length: " + bytes.length + "\r\n" : "")
              + "\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int end = all.indexOf("\r\n\r\n");
      return new Response(
          Integer.parseInt(all.substring(9, 12)), all.substring(0, end), all.substring(end + 4));
    }
  }

  private static Response encode(String request) throws IOException {
    return send("POST /encode", request, host(), "Content-Type: application/json");
  }

  private static String host() {
    return "Host: 127.0.0.1:" + url.getPort();
  }

  @Test
  void url_isOnLoopback() {
    assertEquals("127.0.0.1", url.getHost());
  }

  @Test
  void page_mayUseNothingOfOthers() throws IOException {
    Response page = send("GET /", "", host());
    assertEquals(200, page.status());
    assertTrue(page.head().contains("default-src 'none'; script-src 'self'"), page.head());
    for (String file : new String[] {"/", "/play.css", "/play.js", "/tokens.css", "/tokens.js"}) {
      Response part = send("GET " + file, "", "Host: localhost:" + url.getPort());
      assertEquals(200, part.status());
      assertTrue(!part.body().contains("http://") && !part.body().contains("https://"), file);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "evil.example:PORT", "127.0.0.1", "127.0.0.1:1", ""})
  void hostOfAnotherName_isRefused(String host) throws IOException {
    String named = host.replace("PORT", String.valueOf(url.getPort()));
    for (String line : new String[] {"GET /", "GET /models"}) {
      Response response = send(line, "", "Host: " + named);
      assertEquals(403, response.status());
      assertTrue(response.body().startsWith("{\"error\":"), response.body());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://evil.example", "null", "http://127.0.0.1", "http://localhost:PORT"})
  void originOfAnotherSite_isRefused(String origin) throws IOException {
    String named = origin.replace("PORT", String.valueOf(url.getPort()));
    Response response =
        send(
            "POST /encode",
            "{\"model\":0,\"text\":\"a\"}",
            host(),
            "Origin: " + named,
            "Content-Type: application/json");
    assertEquals(403, response.status());
  }

  @Test
  void formOfAnotherSite_isRefused() throws IOException {
    Response response =
        send("POST /encode", "{\"model\":0,\"text\":\"a\"}", host(), "Content-Type: text/plain");
    assertEquals(415, response.status());
  }

  @ParameterizedTest
  @CsvSource({
    "GET /encode, 405",
    "POST /models, 405",
    "GET /../pom.xml, 404",
    "GET /play.html, 404",
    "GET //etc/passwd, 404"
  })
  void otherPathsAndMethods_areRefused(String line, int status) throws IOException {
    assertEquals(status, send(line, "", host()).status());
  }

  @Test
  void requestAboveTheBound_isRefused_andTheNextIsServed() throws IOException {
    String frame = "{\"model\":0,\"text\":\"\"}";
    String most = "a".repeat(MAX_REQUEST - frame.length());
    assertEquals(413, encode(frame.replace("\"\"", "\"" + most + "a\"")).status());
    assertEquals(200, encode(frame.replace("\"\"", "\"" + most + "\"")).status());
  }

  @Test
  void text_isEncoded() throws IOException {
    assertEquals(
        "{\"text\":\"hello wor\",\"ids\":[264,259,262],\"tokens\":[\"<s>\",\"hello\",\"Ġwor\"],"
            + "\"offsets\":[[0,0],[0,5],[5,9]]}",
        encode("{\"model\":0,\"text\":\"hello wor\",\"specialTokens\":true}").body());
    assertTrue(encode("{\"model\":0,\"text\":\"hello\"}").body().contains("\"ids\":[259]"));
  }

  @Test
  void messages_areRenderedAndEncoded_withWhereTheyComeFrom() throws IOException {
    String messages = "\"messages\":[{\"role\":\"user\",\"content\":\"<s>\"}],\"kwargs\":{\"x\":1}";
    String guarded = encode("{\"model\":0,\"guarded\":true," + messages + "}").body();
    assertTrue(guarded.contains("\"text\":\"<s>user:<s>\\n1\""), guarded);
    assertTrue(guarded.contains("\"path\":\"messages[0].content\""), guarded);
    assertTrue(guarded.contains("\"refused\":[{\"start\":8,\"end\":11,\"id\":264}]"), guarded);
    String unguarded = encode("{\"model\":0," + messages + "}").body();
    assertTrue(unguarded.contains("\"refused\":[]"), unguarded);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"model\":1,\"text\":\"a\"}",
        "{\"model\":-1,\"text\":\"a\"}",
        "{\"model\":4294967296,\"text\":\"a\"}",
        "{\"model\":0}",
        "{\"model\":0,\"text\":1}",
        "{\"model\":0,\"messages\":{}}",
        "{\"model\":0,\"messages\":[1]}",
        "{\"model\":0,\"messages\":[],\"kwargs\":[]}"
      })
  void requestThatIsNone_isToldOf(String request) throws IOException {
    Response response = encode(request);
    assertEquals(422, response.status(), response.body());
    assertTrue(response.body().startsWith("{\"error\":{\"kind\":\"failure\""), response.body());
  }

  @Test
  void models_areNamed() throws IOException {
    String models = send("GET /models", "", host()).body();
    assertTrue(models.contains("\"engine\":\"java\""), models);
    assertTrue(models.contains("\"form\":\"tokenizer.json\""), models);
  }

  @Test
  void portThatIsTaken_isAFailure() {
    String port = String.valueOf(url.getPort());
    Run run = Run.of("play", "--dir", folder.toString(), "--port", port);
    assertEquals(1, run.exitCode());
    assertTrue(run.err().startsWith("remora: port " + port + ": "), run.err());
    assertEquals(2, Run.of("play", "--port", "65536").exitCode());
  }

  @Test
  void sourceThatDoesNotLoad_isAFailure() {
    Run run = Run.of("play", "--dir", folder.toString(), "--dir", folder.resolve("no").toString());
    assertEquals(1, run.exitCode());
    assertEquals(1, run.err().lines().count(), run.err());
  }
}
