package dev.remora.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.Prompt;
import dev.remora.TemplateException;
import dev.remora.bundle.BundleInfo;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.SpecialTokens;
import dev.remora.bundle.TokenizerBundle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The prompts are those of K3's encoding_k3.py and of K2.5's tool_declaration_ts.py. */
class KimiEncodingTest {
  private static final String USER = "[{\"role\": \"user\", \"content\": \"Hi\"}]";
  private static final String NO_EFFORT = "{\"thinking_effort\": null}";

  private static String k3(String messages, String arguments) {
    RenderOptions options = Given.options(arguments).addGenerationPrompt(true).build();
    return ChatTemplate.of(ChatEncoding.KIMI_K3).render(Given.list(messages), options);
  }

  @Test
  void pieces_areEncodedApart_andOnlyMarksAreRecognised() {
    Prompt prompt =
        ChatTemplate.of(ChatEncoding.KIMI_K3)
            .prompt(Given.list(USER), Given.options(NO_EFFORT).build());
    List<String> pieces = new ArrayList<>();
    int start = 0;
    for (int seam : prompt.seams()) {
      pieces.add(prompt.text().substring(start, seam));
      start = seam;
    }
    pieces.add(prompt.text().substring(start));
    assertEquals(
        List.of(
            "<|open|>",
            "message",
            " role",
            "=\"",
            "user",
            "\"",
            "<|sep|>",
            "Hi",
            "<|close|>",
            "message",
            "<|sep|>",
            "<|end_of_msg|>"),
        pieces);
    List<String> recognised = new ArrayList<>();
    for (Prompt.Span span : prompt.spans()) {
      if (span.origin().trusted()) {
        recognised.add(prompt.text().substring(span.start(), span.end()));
      }
    }
    assertEquals(List.of("<|open|>", "<|sep|>", "<|close|>", "<|sep|><|end_of_msg|>"), recognised);
  }

  @Test
  void effort_isTheMost_unlessTheRequestSaysAnother() {
    String effort = "invoked with `thinking_effort=";
    assertTrue(k3(USER, "{}").contains(effort + "max`."));
    assertTrue(k3(USER, "{\"reasoning_effort\": \"low\"}").contains(effort + "low`."));
    assertEquals(
        "<|open|>message role=\"user\"<|sep|>Hi<|close|>message<|sep|><|end_of_msg|>"
            + "<|open|>message role=\"assistant\"<|sep|><|open|>think<|sep|>",
        k3(USER, NO_EFFORT));
    String off = k3(USER, "{\"thinking\": false, \"thinking_effort\": \"medium\"}");
    assertTrue(off.endsWith("<|open|>response<|sep|>") && !off.contains(effort), off);
    TemplateException failure =
        assertThrows(TemplateException.class, () -> k3(USER, "{\"thinking_effort\": \"medium\"}"));
    assertEquals(
        "thinking_effort: must be one of [high, low, max], not 'medium'", failure.problem());
  }

  @Test
  void results_standInTheOrderOfTheCalls_withTheirNames() {
    String messages =
        """
        [{"role": "assistant", "name": "a&\\"b", "content": null, "tool_calls": [
           {"id": "x", "function": {"name": "f", "arguments": "{\\"n\\": 1.0, \\"l\\": [1, true]}"}},
           {"id": "y", "function": {"name": "g", "arguments": "not JSON"}}]},
         {"role": "tool", "tool_call_id": "y", "content": "second"},
         {"role": "tool", "tool_call_id": "x", "content": "first"}]
        """;
    String prompt = k3(messages, "{\"thinking\": false}");
    assertTrue(
        prompt.startsWith(
            "<|open|>message role=\"assistant\" name=\"a&amp;&quot;b\"<|sep|>"
                + "<|open|>response<|sep|><|close|>response<|sep|><|open|>tools<|sep|>"
                + "<|open|>call tool=\"f\" index=\"1\"<|sep|>"
                + "<|open|>argument key=\"n\" type=\"number\"<|sep|>1.0<|close|>argument<|sep|>"
                + "<|open|>argument key=\"l\" type=\"array\"<|sep|>[1, true]"
                + "<|close|>argument<|sep|><|close|>call<|sep|>"
                + "<|open|>call tool=\"g\" index=\"2\"<|sep|>"
                + "<|open|>json type=\"object\"<|sep|>not JSON<|close|>json<|sep|>"
                + "<|close|>call<|sep|><|close|>tools<|sep|><|close|>message<|sep|>"
                + "<|end_of_msg|><|open|>message role=\"tool\" tool=\"f\" index=\"1\"<|sep|>first"),
        prompt);
    assertTrue(prompt.contains("tool=\"g\" index=\"2\"<|sep|>second<|close|>"), prompt);
  }

  @Test
  void messagesOfTheSystem_followTheConversation() {
    String prompt =
        k3(
            "[]",
            "{\"thinking\": false, \"tool_choice\": \"none\", \"response_format\":"
                + " {\"type\": \"json_schema\", \"json_schema\": {\"schema\":"
                + " {\"b\": 1, \"a\": [2]}}}}");
    assertTrue(
        prompt.startsWith(
            "<|open|>message role=\"system\" type=\"tool-choice\"<|sep|>The system is invoked with"
                + " `tool_choice=none`.\nYou MUST NOT call any tools in the next message."
                + "<|close|>message<|sep|><|end_of_msg|>"
                + "<|open|>message role=\"system\" type=\"response-format\"<|sep|>"),
        prompt);
    assertTrue(prompt.contains("```json\n{\"a\":[2],\"b\":1}\n```<|close|>"), prompt);
  }

  @Test
  void result_ofNoTool_isRefused() {
    TemplateException failure =
        assertThrows(
            TemplateException.class, () -> k3("[{\"role\": \"tool\", \"content\": \"x\"}]", "{}"));
    assertEquals(
        "messages[0]: the tool of this result cannot be told: it names none and no call",
        failure.problem());
  }

  // K2.5

  private static String declared(String function) {
    TokenizerBundle bundle =
        TokenizerBundle.builder(Fingerprint.local())
            .add("chat_template.jinja", "{{ tools_ts_str }}".getBytes(StandardCharsets.UTF_8))
            .add(
                "config.json",
                "{\"architectures\": [\"KimiK25ForConditionalGeneration\"]}"
                    .getBytes(StandardCharsets.UTF_8))
            .build();
    BundleInfo info = new BundleInfo(bundle, "tiktoken.model", SpecialTokens.builder().build());
    RenderOptions options =
        RenderOptions.builder()
            .tools(Given.list("[{\"type\": \"function\", \"function\": " + function + "}]"))
            .build();
    String text = ChatTemplate.of(info).render(List.of(), options);
    return text.replace("# Tools\n\n## functions\nnamespace functions {\n", "");
  }

  private static String parameters(String properties, String more) {
    return "{\"name\": \"f\", \"parameters\": {\"type\": \"object\", \"properties\": "
        + properties
        + more
        + "}}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "{} ~ {}",
        "{\"ms\": {\"type\": \"integer\", \"minimum\": 0}} ~ {\\n"
            + "  // minimum: 0\\n"
            + "  ms?: number\\n"
            + "}",
        "{\"t\": {\"type\": \"array\", \"items\": {\"type\": \"string\"}}}"
            + " ~ {\\n  t?: Array<string>\\n}",
        "{\"t\": {\"type\": \"array\", \"items\": {\"type\": \"string\", \"description\": \"d\"}}}"
            + " ~ {\\n  t?: Array<\\n    // d\\n    string\\n  >\\n}",
        "{\"v\": {\"anyOf\": [{\"type\": \"string\"}, {\"type\": \"integer\"}]}}"
            + " ~ {\\n  v?: string | number\\n}",
        "{\"x\": {\"type\": [\"string\", \"null\"]}} ~ {\\n  x?: string | null\\n}",
        "{\"x\": {\"type\": \"uuid\"}} ~ {\\n  x?: uuid\\n}",
        "{\"x\": true, \"e\": {\"enum\": [\"a\", 1, null, true]}}"
            + " ~ {\\n  e?: \"a\" | 1 | None | True,\\n  x?: any\\n}",
        "{\"d\": {\"type\": \"boolean\", \"default\": true, \"description\": \"a\\nb\"}}"
            + " ~ {\\n  // a\\n  // b\\n  // Default: True\\n  d?: boolean\\n}",
      })
  void parameters_inTypeScript(String properties, String expected) {
    assertEquals(
        "type f = (_: " + expected.strip().replace("\\n", "\n") + ") => any;\n}\n",
        declared(parameters(properties, "")));
  }

  @Test
  void definitions_comeBeforeTheFunction_inTheirOrder() {
    String node =
        "{\"type\": \"object\", \"properties\": {\"label\": {\"type\": \"string\"},"
            + " \"id\": {\"type\": \"string\"}}, \"required\": [\"id\"]}";
    assertEquals(
        """
        interface Z {
          id: string,
          label?: string
        }
        interface A {
          id: string,
          label?: string
        }
        type f = (_: {
          node: Z,
          [k: string]: never
        }) => any;
        }
        """,
        declared(
            parameters(
                "{\"node\": {\"$ref\": \"#/$defs/Z\"}}",
                ", \"required\": [\"node\"], \"additionalProperties\": false, \"$defs\": {\"Z\": "
                    + node
                    + ", \"A\": "
                    + node
                    + "}")));
  }

  @Test
  void parametersThatReferToThemselves_areAnInterface() {
    assertEquals(
        """
        interface parameters {
          b?: parameters,
          a?: any
        }
        type f = (_: parameters) => any;
        }
        """,
        declared(parameters("{\"b\": {\"$ref\": \"#\"}, \"a\": {}}", "")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"x\": {\"$ref\": \"#/$defs/Missing\"}}",
        "{\"x\": {\"$ref\": \"other.json\"}}",
        "{\"x\": {\"enum\": [1], \"type\": \"string\"}}",
        "{\"x\": {\"description\": \"only\"}}",
        "{\"x\": {\"type\": [\"string\", \"uuid\"]}}",
      })
  void schemaThatCannotBeSaid_leavesTheToolsToTheTemplate(String properties) {
    assertEquals("None", declared(parameters(properties, "")));
  }
}
