package dev.remora.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateConformanceTest {
  @TempDir Path folder;

  private List<String> run(String template, String... cases) throws IOException {
    Files.writeString(folder.resolve("a.jinja"), template);
    Path file =
        Files.writeString(folder.resolve("cases.json"), "[" + String.join(",", cases) + "]");
    List<String> lines = new ArrayList<>();
    lines.add(TemplateConformance.run(file, folder, lines::add).toString());
    return lines;
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
    assertEquals(
        List.of("1 passed, 0 failed"),
        run("{{ x }}{{ tools }}", item("\"tools\": null,", "\"1.0None\"", "null")));
  }

  @Test
  void case_different_showsItsFirstDifference() throws IOException {
    assertEquals(
        List.of("a.jinja, c: at 2 expected [2.0], got [1.0]", "0 passed, 1 failed"),
        run("ab{{ x }}", item("", "\"ab2.0\"", "null")));
  }

  @Test
  void difference_underALocaleWithOtherDigits_isPrintedTheSame() throws IOException {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      case_different_showsItsFirstDifference();
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void error_raisedByTheTemplate_mustHaveTheSameText() throws IOException {
    String same = item("", "null", "{\"kind\": \"TemplateError\", \"message\": \"no\"}");
    String other = item("", "null", "{\"kind\": \"TemplateError\", \"message\": \"yes\"}");
    String typed = item("", "null", "{\"kind\": \"TypeError\", \"message\": \"any\"}");
    String none = item("", "\"\"", "null");
    List<String> printed = run("{{ raise_exception('no') }}", same, other, typed, none);
    assertEquals("2 passed, 2 failed", printed.get(printed.size() - 1));
  }
}
