package dev.remora.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.remora.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncodingConformanceTest {
  private static final String USER = "\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]";

  @TempDir Path folder;

  private static Tokenizer none() {
    throw new AssertionError("no ids are compared");
  }

  private List<String> run(String encoding, String... cases) throws IOException {
    String json =
        "{\"encoding\": \"" + encoding + "\", \"cases\": [" + String.join(",", cases) + "]}";
    Path file = Files.writeString(folder.resolve("cases.json"), json);
    List<String> lines = new ArrayList<>();
    lines.add(EncodingConformance.run(file, EncodingConformanceTest::none, lines::add).toString());
    return lines;
  }

  private static String item(String expected, String more) {
    return "{\"name\": \"c\", " + USER + ", \"expected\": " + expected + more + "}";
  }

  @Test
  void text_thatDiffers_isToldByItsPlace() throws IOException {
    assertEquals(
        List.of(
            "c: at 30 expected [o<｜Assistant｜></think>], got [i<｜Assistant｜></think>]",
            "1 passed, 1 failed"),
        run(
            "deepseek-v4.1",
            item("\"<｜begin▁of▁sentence｜><｜User｜>Hi<｜Assistant｜></think>\"", ""),
            item("\"<｜begin▁of▁sentence｜><｜User｜>Ho<｜Assistant｜></think>\"", "")));
  }

  @Test
  void error_isExpectedOrNot() throws IOException {
    String unknown =
        "{\"name\": \"u\", \"messages\": [{\"role\": \"critic\"}], \"error\": \"any\"}";
    assertEquals(
        List.of("c: expected the error X", "1 passed, 1 failed"),
        run("deepseek-v3.2", unknown, item("null", ", \"error\": \"X\"")));
  }

  @Test
  void pieces_withOtherFlags_fail() throws IOException {
    String text =
        "\"<|open|>message role=\\\"user\\\"<|sep|>Hi<|close|>message<|sep|><|end_of_msg|>\"";
    List<String> lines =
        run(
            "kimi-k3-xtml",
            item(text, ""),
            item(text, ", \"segments\": [{\"text\": \"<|open|>\", \"allow_special\": false}]"));
    assertEquals("1 passed, 1 failed", lines.get(1));
  }

  @Test
  void declarations_areComparedOrHaveAProperty() throws IOException {
    String tools =
        "\"tools\": [{\"type\": \"function\", \"function\": {\"name\": \"f\", \"parameters\":"
            + " {}}}]";
    String declared =
        "\"# Tools\\n\\n## functions\\nnamespace functions {\\ntype f = (_: {}) => any;\\n}\\n\"";
    assertEquals(
        List.of("c: not so: \"any\" stands before \"type\"", "2 passed, 1 failed"),
        run(
            "kimi-k2.5 tool declaration",
            "{\"name\": \"a\", " + tools + ", \"expected\": " + declared + "}",
            "{\"name\": \"b\", "
                + tools
                + ", \"property\": \"\\\"type\\\" stands before \\\"any\\\"\"}",
            "{\"name\": \"c\", "
                + tools
                + ", \"property\": \"\\\"any\\\" stands before \\\"type\\\"\"}"));
  }

  @Test
  void encoding_thatIsUnknown_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> run("morse"));
  }
}
