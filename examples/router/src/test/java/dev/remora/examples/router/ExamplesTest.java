package dev.remora.examples.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What examples/README.md says to type is answered, by the worker beside it. */
class ExamplesTest {
  private static final Pattern CURL =
      Pattern.compile("curl -sN? (localhost:8080[^ \n]*)(?:[ \\\\\n]+-d '([^']*)')?");

  private static Process worker() throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "../EchoWorker.java",
            "0")
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static String target(Process worker) throws Exception {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(worker.getInputStream(), StandardCharsets.UTF_8));
    String said = String.valueOf(output.readLine());
    assertTrue(said.startsWith("answering on "), said);
    return said.substring("answering on ".length());
  }

  /** What the page leaves to the time that one types: until the worker is known. */
  private static void awaitHealth(int port) throws Exception {
    URI health = URI.create("http://localhost:" + port + "/health");
    HttpClient client = HttpClient.newHttpClient();
    while (client
            .send(HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.discarding())
            .statusCode()
        != 200) {
      Thread.sleep(50);
    }
  }

  private static String answer(int port, String address, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create("http://" + address.replace("localhost:8080", "localhost:" + port)))
            .timeout(Duration.ofSeconds(30));
    if (body != null) {
      request.POST(HttpRequest.BodyPublishers.ofString(body));
    }
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    assertEquals(200, response.statusCode(), address + ": " + response.body());
    return response.body();
  }

  @Test
  @Timeout(120)
  void commandsOfThePage_areAnswered() throws Exception {
    Process worker = worker();
    try (Router router = new Router(List.of(target(worker)), null, 0)) {
      awaitHealth(router.port());
      List<String> answers = new ArrayList<>();
      Matcher curl = CURL.matcher(Files.readString(Path.of("../README.md")));
      while (curl.find()) {
        answers.add(answer(router.port(), curl.group(1), curl.group(2)));
      }
      assertEquals(5, answers.size());
      assertTrue(answers.get(2).contains("[13225,11,2375,0]"), answers.get(2));
      assertTrue(answers.get(3).contains("\"content\":\"Hello, world!\""), answers.get(3));
      assertTrue(answers.get(4).endsWith("data: [DONE]\n\n"), answers.get(4));
    } finally {
      worker.destroyForcibly();
    }
  }
}
