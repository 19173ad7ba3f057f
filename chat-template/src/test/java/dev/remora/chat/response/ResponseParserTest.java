package dev.remora.chat.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.ResponseException;
import dev.remora.ResponseException.Problem;
import dev.remora.chat.response.ResponseEvent.Closed;
import dev.remora.chat.response.ResponseEvent.Opened;
import dev.remora.chat.response.ResponseEvent.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResponseParserTest {
  private static final String QWEN =
      """
      {"defaults": {"role": "assistant"}, "start_anchor": "<|im_start|>assistant\\n", "fields": {
        "thinking": {"open": "<think>", "close_pattern": "</think>\\\\s*"},
        "tool_calls": {"open_pattern": "<tool_call>(?P<name>\\\\w+)", "close": "</tool_call>",
          "repeats": true, "content": "json",
          "transform": {"type": "function",
            "function": {"name": "{name}", "arguments": "{content}"}}},
        "content": {"close": "<|im_end|>"}}}
      """;

  private static ResponseTemplate template(String fields) {
    return ResponseTemplate.parse("{\"start_anchor\": \"A:\", \"fields\": {" + fields + "}}");
  }

  private static Map<String, Object> message(ResponseTemplate template, String... chunks) {
    ResponseParser parser = template.parser("");
    for (String chunk : chunks) {
      parser.feed(chunk);
    }
    return parser.finish().fields();
  }

  @Test
  void reply_inChunks_givesItsEventsAndMessage() {
    ResponseParser parser =
        ResponseTemplate.parse(QWEN).parser("hi<|im_start|>assistant\n<think>Hm");
    assertEquals(
        List.of(new Opened("thinking"), new Text("thinking", "Hm", false)), parser.initialEvents());
    assertEquals(List.of(new Text("thinking", ".", false)), parser.feed(".</thi"));
    assertEquals(List.of(), parser.feed("nk>\n"));
    assertEquals(
        List.of(
            new Closed("thinking", "Hm."),
            new Opened("content"),
            new Text("content", "Hello", false)),
        parser.feed("\nHello<"));
    assertEquals(
        List.of(
            new Closed("content", "Hello"),
            new Opened("tool_calls"),
            new Text("tool_calls", " {", true)),
        parser.feed("tool_call>f {"));
    Map<String, Object> call = new LinkedHashMap<>();
    call.put("type", "function");
    call.put("function", Map.of("name", "f", "arguments", Map.of("n", 1L)));
    assertEquals(
        List.of(new Text("tool_calls", "\"n\":1}", true), new Closed("tool_calls", call)),
        parser.feed("\"n\":1}</tool_call><|im_end|>"));
    ResponseMessage message = parser.finish();
    assertEquals(
        List.of("role", "thinking", "content", "tool_calls"),
        List.copyOf(message.fields().keySet()));
    assertEquals(Optional.of("Hm."), message.reasoning());
    assertEquals(Optional.of("Hello"), message.content());
    assertEquals(
        List.of(new ToolCall(Optional.empty(), "f", Map.of("n", 1L))), message.toolCalls());
    assertEquals(FieldKind.REASONING, new Opened("reasoning_content").kind());
  }

  /** Where the reference gives another message for other chunks. */
  @Test
  void delimiters_ofWhichOneIsInAnother_areTheSameHoweverTheReplyIsCut() {
    ResponseTemplate stops = template("\"content\": {\"close\": [\"STOP\", \"STOPPED\"]}");
    assertEquals(Map.of("content", "b"), message(stops, "aSTOPPEDb"));
    assertEquals(Map.of("content", "b"), message(stops, "aSTOP", "PEDb"));
    ResponseTemplate end = template("\"content\": {\"close_pattern\": \"<u>\\\\s*|$\"}");
    assertEquals(Map.of("content", "a\nb"), message(end, "a\n", "b"));
    assertEquals(Map.of("content", "a\nb"), message(end, "a\nb"));
  }

  @Test
  void pair_ofSurrogates_isHandedOnWhole() {
    ResponseParser parser = template("\"content\": {}").parser("");
    assertEquals(
        List.of(new Opened("content"), new Text("content", "a", false)), parser.feed("a\uD83D"));
    assertEquals(List.of(new Text("content", "😀", false)), parser.feed("\uDE00"));
    parser.feed("\uD83D");
    assertEquals("a😀\uD83D", parser.finish().fields().get("content"));
  }

  @Test
  void arguments_asText_getTheTypesOfTheirSchema() {
    ResponseTemplate template =
        template(
            """
            "tool_calls": {"open_pattern": "<(?P<name>f)>", "close": "</f>", "content": "xml-inline",
              "content_args": {"tag_pattern": "(?P<key>\\\\w)=(?P<value>[^;]*);"}, "repeats": true,
              "transform": {"function": {"name": "{name}", "arguments": "{content}"}}}
            """);
    Map<String, Object> types = new LinkedHashMap<>();
    types.put("i", Map.of("type", "integer"));
    types.put("n", Map.of("type", "number"));
    types.put("b", Map.of("type", "boolean"));
    types.put("s", Map.of("type", "string"));
    types.put("o", Map.of("type", "object"));
    types.put("u", Map.of("anyOf", List.of(Map.of("type", "integer"), Map.of("type", "null"))));
    List<?> tools =
        List.of(
            Map.of(
                "type",
                "function",
                "function",
                Map.of("name", "f", "parameters", Map.of("properties", types))));
    ResponseMessage message =
        template.read("", "<f>i= 7;n=1e3;b=TRUE;s=7;o={\"k\":[]};u=None;x=1;</f>", tools);
    Map<String, Object> arguments = message.toolCalls().get(0).arguments();
    assertEquals(List.of("i", "n", "b", "s", "o", "u", "x"), List.copyOf(arguments.keySet()));
    assertEquals("{i=7, n=1000, b=true, s=7, o={k=[]}, u=null, x=1}", arguments.toString());
    assertEquals(7L, arguments.get("i"));
    assertEquals("7", arguments.get("s"));
    assertEquals("1", arguments.get("x"));
  }

  @Test
  void reply_cutOff_givesWhatWasUnderstood() {
    ResponseParser parser = ResponseTemplate.parse(QWEN).parser("");
    parser.feed("<think>Hm</think>Go.<tool_call>f{\"city\": \"Par");
    ResponseException failure = assertThrows(ResponseException.class, parser::finish);
    assertEquals(Problem.CONTENT, failure.problem());
    assertEquals(Optional.of("tool_calls"), failure.field());
    assertEquals("{role=assistant, thinking=Hm, content=Go.}", failure.partial().toString());
    assertEquals("{\"city\": \"Par", failure.openText());
    assertThrows(IllegalStateException.class, () -> parser.feed("is"));
    assertThrows(IllegalStateException.class, parser::finish);
  }

  @Test
  void reply_malformed_tellsWhatCameBefore() {
    ResponseParser parser = ResponseTemplate.parse(QWEN).parser("");
    List<ResponseEvent> events = new ArrayList<>();
    ResponseException failure =
        assertThrows(
            ResponseException.class,
            () -> parser.feed("Hi<tool_call>f not json</tool_call>", events::add));
    assertEquals(new Closed("content", "Hi"), events.get(2));
    assertEquals(5, events.size());
    assertEquals("{role=assistant, content=Hi}", failure.partial().toString());
    assertEquals(" not json", failure.openText());
  }

  @Test
  void field_required_isMissedAtTheEnd() {
    ResponseTemplate template =
        template("\"answer\": {\"open\": \"<a>\", \"close\": \"</a>\", \"optional\": false}");
    ResponseException failure =
        assertThrows(ResponseException.class, () -> message(template, "nothing"));
    assertEquals(Problem.REQUIRED, failure.problem());
  }

  @Test
  void delimiters_ofNothingThatOpenAndClose_endTyped() {
    ResponseTemplate template =
        template("\"x\": {\"open_pattern\": \"(?=a)\", \"close_pattern\": \"(?=a)\"}");
    ResponseException failure = assertThrows(ResponseException.class, () -> message(template, "a"));
    assertEquals(Problem.PATTERN, failure.problem());
  }

  @Test
  void pattern_thatBacktracksWithoutEnd_endsTyped() {
    ResponseTemplate template =
        template(
            """
            "x": {"open_pattern": "(?P<a>a*)(?P<b>a*)(?P=a)(?P=b)b", "transform": "{a}"},
            "content": {}
            """);
    ResponseException failure =
        assertThrows(ResponseException.class, () -> message(template, "a".repeat(5_000)));
    assertEquals(Problem.LIMIT, failure.problem());
    assertEquals(Optional.of("x"), failure.field());
  }

  /** By the square of the text, each of these would take minutes. */
  @Test
  void megabyte_heldOrInOneField_isLookedAtOnce() {
    String text = "word ".repeat(200_000);
    ResponseTemplate held =
        template(
            """
            "thinking": {"open_pattern": "(?=[\\\\s\\\\S]*?</think>)", "close": "</think>"},
            "content": {"close_pattern": "\\\\s+<end>"}
            """);
    ResponseTemplate call =
        template(
            """
            "tool_calls": {"open": "<t>", "close_pattern": "\\\\s*</t>", "content": "json"},
            "content": {"close": "<end>"}
            """);
    assertEquals(text.strip(), inPieces(held, text, "").get("content"));
    assertEquals(text.strip(), inPieces(held, text, "</think>").get("thinking"));
    assertEquals(text, inPieces(call, "<t>\"" + text + "\"", "   </t>").get("tool_calls"));
    String spaces = " ".repeat(1_000_000);
    assertEquals("x", inPieces(call, "<t>\"x\"" + spaces, "</t>").get("tool_calls"));
  }

  private static Map<String, Object> inPieces(ResponseTemplate template, String text, String end) {
    ResponseParser parser = template.parser("");
    for (int at = 0; at < text.length(); at += 4) {
      parser.feed(text.substring(at, Math.min(text.length(), at + 4)));
    }
    parser.feed(end);
    return parser.finish().fields();
  }

  @Test
  void defaults_ofATemplate_areNotSharedByReplies() {
    ResponseTemplate template =
        ResponseTemplate.parse(
            "{\"start_anchor\": \"A\", \"defaults\": {\"c\": []}, \"fields\":"
                + " {\"c\": {\"open\": \"<c>\", \"close\": \"</c>\", \"repeats\": true}}}");
    assertEquals(Map.of("c", List.of("a")), message(template, "<c>a</c>"));
    assertEquals(Map.of("c", List.of()), message(template, "none"));
    assertTrue(template.read("", "<c>b</c>", List.of()).toolCalls().isEmpty());
  }
}
