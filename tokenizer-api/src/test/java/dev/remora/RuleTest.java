package dev.remora;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RuleTest {
  private static final Pattern LISTED =
      Pattern.compile("^- \\*\\*(\\w+)\\*\\* (.*)$", Pattern.MULTILINE);

  @Test
  void everyRule_standsInTheDocsInTheSameWordsAndOrder() throws IOException {
    String docs = Files.readString(Path.of("../docs/rules.md"));
    String listed =
        LISTED
            .matcher(docs)
            .results()
            .map(rule -> line(rule.group(1), rule.group(2).replace("`", "")))
            .collect(Collectors.joining());
    String declared =
        Arrays.stream(Rule.values())
            .map(rule -> line(rule.name(), rule.text()))
            .collect(Collectors.joining());
    assertEquals(listed, declared);
  }

  private static String line(String name, String text) {
    return name + " " + text + "\n";
  }
}
