package dev.remora.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateConformanceTest {
  @TempDir Path folder;

  private String run(String template, String... cases) throws IOException {
    Files.writeString(folder.resolve("a.jinja"), template);
    Path file =
        Files.writeString(folder.resolve("cases.json"), "[" + String.join(",", cases) + "]");
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    TemplateConformance.Result result = TemplateConformance.run(file, folder, out);
    String text = printed.toString(StandardCharsets.UTF_8);
    assertEquals(result + System.lineSeparator(), text.substring(text.indexOf(result.toString())));
    return text;
  }

  private static String item(String context, String rendered, String error) {
    return "{\"template\": \"a.jinja\", \"conversation\": \"c\", \"context\": {\"messages\": [],"
        + context
        + "\"x\": 1.0}, \"rendered\": "
        + rendered
        + ", \"error\": "
        + error
        + "}";
  }

  @Test
  void cases_equal_pass() throws IOException {
    String printed = run("{{ x }}{{ tools }}", item("\"tools\": null,", "\"1.0None\"", "null"));
    assertEquals("1 passed, 0 failed" + System.lineSeparator(), printed);
  }

  @Test
  void case_different_showsItsFirstDifference() throws IOException {
    String printed = run("ab{{ x }}", item("", "\"ab2.0\"", "null"));
    assertEquals(
        "a.jinja, c: at 2 expected [2.0], got [1.0]"
            + System.lineSeparator()
            + "0 passed, 1 failed"
            + System.lineSeparator(),
        printed);
  }

  @Test
  void error_raisedByTheTemplate_mustHaveTheSameText() throws IOException {
    String same = item("", "null", "{\"kind\": \"TemplateError\", \"message\": \"no\"}");
    String other = item("", "null", "{\"kind\": \"TemplateError\", \"message\": \"yes\"}");
    String typed = item("", "null", "{\"kind\": \"TypeError\", \"message\": \"any\"}");
    String none = item("", "\"\"", "null");
    String printed = run("{{ raise_exception('no') }}", same, other, typed, none);
    assertEquals("2 passed, 2 failed", printed.lines().reduce((first, last) -> last).orElseThrow());
  }
}
