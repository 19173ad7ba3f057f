package dev.remora.chat.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.remora.ResponseException;
import dev.remora.ResponseException.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseTemplateTest {
  private static final String FIELD = "\"open\": \"<x>\", \"close\": \"</x>\"";

  private static String field(String rule) {
    return "{\"start_anchor\": \"a\", \"fields\": {\"x\": {" + rule + "}}}";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "{\"start_anchor\": \"a\", \"fields\": {}}",
        "{\"start_anchor\": \"a\", \"fields\": []}",
        "{\"fields\": {\"x\": {}}}",
        "{\"start_anchor\": \"\", \"fields\": {\"x\": {}}}",
        "{\"start_anchor\": [], \"fields\": {\"x\": {}}}",
        "{\"start_anchor\": \"a\", \"start_anchor_pattern\": \"a\", \"fields\": {\"x\": {}}}",
        "{\"start_anchor\": \"a\", \"version\": 2, \"fields\": {\"x\": {}}}",
        "{\"start_anchor\": \"a\", \"version\": null, \"fields\": {\"x\": {}}}",
        "{\"start_anchor\": \"a\", \"defaults\": [], \"fields\": {\"x\": {}}}",
        "{\"start_anchor\": \"a\", \"more\": 1, \"fields\": {\"x\": {}}}",
        "{\"start_anchor\": \"a\", \"fields\": {\"x\": {}, \"y\": {}}}",
        "{\"start_anchor\": \"a\", \"fields\": {\"x\": null}}"
      })
  void template_thatBreaksARule_isRefused(String json) {
    assertRefused(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"more\": 1",
        "\"content\": \"yaml\"",
        "\"content\": null",
        "\"join\": \"\"",
        "\"repeats\": true, \"join\": 7",
        "\"transform_each\": true",
        "\"transform_each\": 1",
        "\"transform\": \"n: {content}\"",
        "\"transform\": [{\"a\": \"{{content}}\"}]",
        "\"close_pattern\": \"x\"",
        "\"open_pattern\": \"x\""
      })
  void field_thatBreaksARule_isRefused(String rule) {
    assertRefused(field(FIELD + ", " + rule));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"open\": null",
        "\"open\": \"\"",
        "\"open\": []",
        "\"open\": [\"a\", null]",
        "\"open_pattern\": \"(\"",
        "\"open_pattern\": null",
        "\"open_pattern\": \"(?P<n>q)\"",
        "\"open\": \"a\", \"close_pattern\": \"(?P<n>q)\""
      })
  void delimiter_thatIsNone_isRefused(String rule) {
    assertRefused(field(rule));
  }

  private static void assertRefused(String json) {
    ResponseException failure =
        assertThrows(ResponseException.class, () -> ResponseTemplate.parse(json));
    assertEquals(Problem.TEMPLATE, failure.problem());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"repeats\": 1",
        "\"content_args\": {\"zzz\": 1}",
        "\"content_args\": null",
        "\"content\": \"xml-inline\", \"content_args\": {\"tag_pattern\": \"(\"}",
        "\"transform\": {\"a\": \"{not a place}\", \"b\": \"{}\", \"c\": \"{a.}\"}",
        "\"join\": null"
      })
  void field_thatIsOddAndAllowed_isRead(String rule) {
    ResponseTemplate.parse(field(FIELD + ", " + rule));
  }

  @Test
  void arguments_ofContentThatAreWrong_showWhereTheyAreUsed() {
    ResponseTemplate template =
        ResponseTemplate.parse(
            field(
                FIELD
                    + ", \"content\": \"xml-inline\", \"content_args\": {\"tag_pattern\": \"(\"}"));
    assertEquals(Map.of(), template.read("", "nothing", List.of()).fields());
    ResponseException failure =
        assertThrows(ResponseException.class, () -> template.read("", "<x>", List.of()));
    assertEquals(Problem.PATTERN, failure.problem());
  }
}
