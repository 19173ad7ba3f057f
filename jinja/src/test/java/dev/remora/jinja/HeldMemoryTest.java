package dev.remora.jinja;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * That what a template holds is counted: in a Java of half a gibibyte, each of these keeps all that
 * it makes, and ends in a limit and not in an OutOfMemoryError.
 */
class HeldMemoryTest {
  /** What each turn of a loop without end keeps. */
  private static final List<String> KEPT =
      List.of(
          "[]",
          "{1: a}",
          "namespace()",
          "[1, 2]|map('upper')",
          "loop",
          "m(1, 2, c=3)",
          "2 ** 2000",
          "text|list",
          "text.split()",
          "text ~ text",
          "text * 80 ~ '☃'",
          "pairs.items()|groupby(0)",
          "list + list");

  private static final String BEFORE =
      "{% set n = namespace(kept=0) %}{% set text = '☃ ' * 100000 %}{% set lines = '\\n' * 10000 %}"
          + "{% set list = [1] * 99999 %}{% set pairs = dict(range(2000)|batch(2)) %}"
          + "{% macro m() %}{{ varargs }}{{ kwargs }}{% endmacro %}"
          + "{% for b in range(9999) %}{% for a in range(9999) %}";

  @Test
  void everythingKept_inHalfAGibibyte_endsInALimit() throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process child =
        new ProcessBuilder(
                java,
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                HeldMemoryTest.class.getName())
            .redirectErrorStream(true)
            .start();
    String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, child.waitFor(), said);
    assertEquals("", said);
  }

  /** Renders each; prints what ends in anything but a limit. */
  public static void main(String[] args) {
    for (String kept : KEPT) {
      JinjaTemplate template =
          JinjaTemplate.parse(
              BEFORE + "{% set n.kept = [n.kept, " + kept + "] %}{% endfor %}{% endfor %}");
      try {
        template.render(Map.of(), JinjaOptions.DEFAULT);
        System.out.println(kept + ": no end");
      } catch (JinjaException e) {
        if (e.kind() != JinjaException.Kind.LIMIT) {
          System.out.println(kept + ": " + e);
        }
      }
    }
  }
}
