package dev.remora.chat.response.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PythonPatternTest {
  private static final int MEGABYTE = 1 << 20;

  /** Searches of Python's regex 2026.5.9 with DOTALL: what it found, with its groups. */
  private static List<JsonObject> searches() throws Exception {
    try (InputStream file = PythonPatternTest.class.getResourceAsStream("searches.jsonl")) {
      String lines = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      return lines
          .lines()
          .map(line -> JsonParser.parseString(line).getAsJsonObject())
          .collect(Collectors.toList());
    }
  }

  private static String expected(JsonObject search) {
    if (search.get("m").isJsonNull()) {
      return "none";
    }
    JsonArray match = search.getAsJsonArray("m");
    TreeMap<String, String> groups = new TreeMap<>();
    for (var group : match.get(2).getAsJsonObject().entrySet()) {
      JsonElement text = group.getValue();
      groups.put(group.getKey(), text.isJsonNull() ? null : text.getAsString());
    }
    return match.get(0) + "-" + match.get(1) + groups;
  }

  /** What is found in a text that comes in chunks of some length. */
  private static String found(String expression, String text, int from, int chunk) {
    PythonPattern pattern = PythonPattern.of(expression);
    PatternSearch search = new PatternSearch(pattern);
    search.skipTo(from);
    ReplyText reply = new ReplyText();
    reply.append(text.substring(0, from));
    Outcome outcome = Outcome.OPEN;
    for (int at = from; at < text.length() && outcome == Outcome.OPEN; at += chunk) {
      reply.append(text.substring(at, Math.min(text.length(), at + chunk)));
      outcome = search.advance(reply);
    }
    if (outcome == Outcome.OPEN) {
      reply.complete();
      outcome = search.advance(reply);
    }
    if (outcome == Outcome.FAILED) {
      return "none";
    }
    TreeMap<String, String> groups = new TreeMap<>();
    pattern.groupNames().forEach(name -> groups.put(name, search.group(name, reply)));
    return search.start() + "-" + search.end() + groups;
  }

  @Test
  void search_ofPythonsRegex_findsTheSameHoweverTheTextIsCut() throws Exception {
    List<String> wrong = new ArrayList<>();
    for (JsonObject search : searches()) {
      String text = search.get("b").getAsString();
      int from = search.get("pos").getAsInt();
      String expected = expected(search);
      if (expected.startsWith(text.length() + "-")) {
        expected = "none"; // of nothing at the end, which never counts
      }
      for (int chunk : new int[] {1, 2, 3, 1000}) {
        String found = found(search.get("p").getAsString(), text, from, chunk);
        if (!found.equals(expected)) {
          wrong.add(search + " by " + chunk + ": " + found);
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        "a)",
        "[a",
        "*a",
        "a**",
        "a{2}{3}",
        "a{3,2}",
        "[b-a]",
        "\\",
        "\\q",
        "[\\q]",
        "\\x4",
        "(a\\1)",
        "(a)\\2",
        "(?P<1>a)",
        "(?P<n",
        "(?P=n)",
        "(?",
        "(?P",
        "(?#",
        "[]",
        "\\8",
        // and what is not supported
        "a{e<=1}",
        "a{e}",
        "(?<=a+)b",
        "(?<=a|bb)c",
        "(?R)",
        "(?1)",
        "(?|a|b)",
        "(*PRUNE)",
        "\\K",
        "\\p{L}",
        "(?i)a",
        "(?x)a",
        "(?(1)a|b)",
        "[[:alpha:]]",
        "a(?m)b",
        "\\X",
        "\\L<n>"
      })
  void expression_thatIsNoneOrNotSupported_isRefused(String expression) {
    assertThrows(PatternException.class, () -> PythonPattern.of(expression));
  }

  @Test
  void expression_ofTooManyParts_isRefused() {
    assertThrows(PatternException.class, () -> PythonPattern.of("(?:(?:ab){1000}c){1000}"));
    assertThrows(PatternException.class, () -> PythonPattern.of("(".repeat(10_000)));
  }

  /** Each pattern would take the square of the time, or an endless one, by trying all it can. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\s+;",
        "(?:a|\\s)*;",
        "(?:\\s+)+;",
        "(?:\\s|\\s\\s)+;",
        "\\s*\\s*\\s*;",
        "(?=[\\s\\S]*?;)",
        "(?:<x>)?[^<]*<y>",
        ".*?\\s*;",
        "(?:\\s|)*?;",
        "\\s{0,9}\\s{0,9}\\s{0,9}\\s{0,9}\\s{0,9};",
        "\\s+?\\s+?;",
        "(?:\\s{1,3}?\\s{2,})+;"
      })
  void search_inMuchThatMatchesNearly_takesAStepAUnit(String expression) {
    assertEquals("none", found(expression, " ".repeat(MEGABYTE), 0, MEGABYTE));
    assertEquals("none", found(expression, " ".repeat(MEGABYTE), 0, 16));
  }

  @Test
  void search_thatBacktracksWithoutEnd_stopsAtItsBound() {
    String text = "a".repeat(5_000);
    StepsException failure =
        assertThrows(
            StepsException.class, () -> found("(?P<x>a*)(?P<y>a*)(?P=x)(?P=y)b", text, 0, 5_000));
    assertEquals(10_000_000 + 256 * 5_000, failure.bound());
  }

  @Test
  void text_longHeld_isKeptAndTheRestGivenUp() {
    ReplyText text = new ReplyText();
    text.append("x".repeat(100_000) + "\uD83D");
    assertEquals(100_000, text.end());
    text.discardBefore(99_990);
    text.append("\uDE00!");
    assertEquals(100_003, text.end());
    assertEquals("x😀!", text.substring(99_999, 100_003));
    assertTrue(text.codePointAt(100_000) == 0x1F600);
  }

  @Test
  void group_thatTookNoPart_isNull() {
    PatternSearch search = new PatternSearch(PythonPattern.of("<(?P<a>x)?>"));
    ReplyText text = ReplyText.of("<>");
    assertEquals(Outcome.MATCHED, search.advance(text));
    assertNull(search.group("a", text));
    assertNull(search.group("other", text));
  }
}
