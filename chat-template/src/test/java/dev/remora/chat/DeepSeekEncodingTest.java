package dev.remora.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.TemplateException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The prompts are those of DeepSeek's own encoding_dsv32.py and encoding_dsv4.py, and of the
 * fixtures that ai-dynamo publishes for V4.1.
 */
class DeepSeekEncodingTest {
  private static final String BOS = "<｜begin▁of▁sentence｜>";
  private static final String EOS = "<｜end▁of▁sentence｜>";
  private static final String CALL =
      """
      [{"role": "user", "content": "add"},
       {"role": "assistant", "content": "I will.", "reasoning": "think", "tool_calls": [
         {"id": "c1", "type": "function", "function": {"name": "add",
          "arguments": "{\\"a\\": 1.5, \\"s\\": \\"x < \\\\\\"q\\\\\\"\\", \\"o\\": {\\"é\\": [1, null]}}"}}]},
       {"role": "tool", "tool_call_id": "c1", "content": "3"}]
      """;

  private static String render(ChatEncoding encoding, String messages, String arguments) {
    return ChatTemplate.of(encoding).render(Given.list(messages), Given.options(arguments).build());
  }

  private static TemplateException refused(ChatEncoding encoding, String messages) {
    return assertThrows(TemplateException.class, () -> render(encoding, messages, "{}"));
  }

  @Test
  void call_andResult_ofV32() {
    assertEquals(
        BOS
            + """
            <｜User｜>add<｜Assistant｜><think>think</think>I will.

            <｜DSML｜function_calls>
            <｜DSML｜invoke name="add">
            <｜DSML｜parameter name="a" string="false">1.5</｜DSML｜parameter>
            <｜DSML｜parameter name="s" string="true">x < "q"</｜DSML｜parameter>
            <｜DSML｜parameter name="o" string="false">{"é": [1, null]}</｜DSML｜parameter>
            </｜DSML｜invoke>
            </｜DSML｜function_calls>\
            """
            + EOS
            + """


            <function_results>
            <result>3</result>
            </function_results>

            <think>\
            """,
        render(ChatEncoding.DEEPSEEK_V3_2, CALL, "{\"thinking\": true}"));
  }

  @Test
  void call_andResult_ofV4() {
    assertEquals(
        BOS
            + """
            <｜User｜>add<｜Assistant｜></think>I will.

            <｜DSML｜tool_calls>
            <｜DSML｜invoke name="add">
            <｜DSML｜parameter name="a" string="false">1.5</｜DSML｜parameter>
            <｜DSML｜parameter name="s" string="true">x < "q"</｜DSML｜parameter>
            <｜DSML｜parameter name="o" string="false">{"é": [1, null]}</｜DSML｜parameter>
            </｜DSML｜invoke>
            </｜DSML｜tool_calls>\
            """
            + EOS
            + "<｜User｜><tool_result>3</tool_result><｜Assistant｜></think>",
        render(ChatEncoding.DEEPSEEK_V4, CALL, "{}"));
  }

  @Test
  void results_ofV4_standInTheOrderOfTheCalls() {
    String messages =
        """
        [{"role": "user", "content": "x"},
         {"role": "assistant", "content": "", "tool_calls": [
           {"id": "c1", "function": {"name": "f", "arguments": {}}},
           {"id": "c2", "function": {"name": "f", "arguments": "not JSON"}}]},
         {"role": "tool", "tool_call_id": "c2", "content": [{"type": "text", "text": "two"},
           {"type": "image"}]},
         {"role": "tool", "tool_call_id": "c1", "content": "one"},
         {"role": "user", "content": "go on"}]
        """;
    String prompt = render(ChatEncoding.DEEPSEEK_V4, messages, "{}");
    assertTrue(
        prompt.endsWith(
            """
            <｜DSML｜parameter name="arguments" string="true">not JSON</｜DSML｜parameter>
            </｜DSML｜invoke>
            </｜DSML｜tool_calls>\
            """
                + EOS
                + """
                <｜User｜><tool_result>one</tool_result>

                <tool_result>two

                [Unsupported image]</tool_result>

                go on<｜Assistant｜></think>\
                """),
        prompt);
  }

  @ParameterizedTest
  @CsvSource({
    "DEEPSEEK_V4, max, Absolute maximum",
    "DEEPSEEK_V4, high, ''",
    "DEEPSEEK_V4_0731, low, ''",
    "DEEPSEEK_V4_0731, high, Absolute maximum",
    "DEEPSEEK_V4_0731, max, Beyond maximum",
    "DEEPSEEK_V4_1, low, 50 (range",
    "DEEPSEEK_V4_1, max, 100 (range"
  })
  void effort_isAText_behindTheBeginning(ChatEncoding encoding, String effort, String text) {
    String prompt =
        render(
            encoding,
            "[{\"role\": \"user\", \"content\": \"q\"}]",
            "{\"thinking\": true, \"reasoning_effort\": \"" + effort + "\"}");
    String system = encoding == ChatEncoding.DEEPSEEK_V4_1 ? "<｜System｜>" : "";
    assertTrue(
        prompt.startsWith(
            BOS + (text.isEmpty() ? "<｜User｜>" : system + "Reasoning Effort: " + text)),
        prompt);
    assertTrue(prompt.endsWith("<｜User｜>q<｜Assistant｜><think>"), prompt);
  }

  @Test
  void system_ofV41_mayStandAnywhere() {
    String messages =
        """
        [{"role": "user", "content": [{"type": "text", "text": "One"},
           {"type": "text", "text": "Two"}]},
         {"role": "assistant", "content": "Reply", "reasoning_content": "Earlier"},
         {"role": "system", "content": "Next"}]
        """;
    assertEquals(
        BOS
            + "<｜System｜>Reasoning Effort: 75 (range 1-100, the higher the value, the more thorough"
            + " the reasoning)\n\n<｜User｜>One\n\nTwo<｜Assistant｜></think>Reply"
            + EOS
            + "<｜System｜>Next<｜Assistant｜><think>",
        render(ChatEncoding.DEEPSEEK_V4_1, messages, "{\"thinking\": true}"));
  }

  @Test
  void arguments_ofV41_areReadTwice() {
    String messages =
        """
        [{"role": "user", "content": "x"}, {"role": "assistant", "tool_calls": [
           {"function": {"name": "f", "arguments": "\\"{\\\\\\"a\\\\\\": 1}\\""}}]}]
        """;
    assertTrue(
        render(ChatEncoding.DEEPSEEK_V4_1, messages, "{}")
            .contains("<｜DSML｜ parameter name=\"a\" string=\"false\">1</｜DSML｜ parameter>"));
  }

  @Test
  void tools_hangOnALeadingSystemMessage() {
    RenderOptions options =
        Given.options("{}")
            .tools(Given.list("[{\"type\": \"function\", \"function\": {\"name\": \"é\"}}]"))
            .build();
    for (ChatEncoding encoding :
        new ChatEncoding[] {ChatEncoding.DEEPSEEK_V3_2, ChatEncoding.DEEPSEEK_V4}) {
      String alone = ChatTemplate.of(encoding).render(Given.list("[]"), options);
      String said =
          ChatTemplate.of(encoding)
              .render(Given.list("[{\"role\": \"system\", \"content\": \"S\"}]"), options);
      assertTrue(alone.startsWith(BOS + "\n\n## Tools\n\nYou have access"), alone);
      assertTrue(alone.contains("\n{\"name\": \"é\"}\n"), alone);
      assertEquals(alone.replace(BOS, BOS + "S"), said);
    }
  }

  @Test
  void effort_thatIsNone_endsThinking() {
    String user = "[{\"role\": \"user\", \"content\": \"q\"}]";
    String none = "{\"thinking\": true, \"reasoning_effort\": \"none\"}";
    assertTrue(render(ChatEncoding.DEEPSEEK_V4, user, none).endsWith("</think>"));
  }

  @ParameterizedTest
  @EnumSource(names = {"DEEPSEEK_V3_2", "DEEPSEEK_V4", "DEEPSEEK_V4_0731", "DEEPSEEK_V4_1"})
  void role_thatIsUnknown_isRefusedByItsPlace(ChatEncoding encoding) {
    TemplateException failure = refused(encoding, "[{\"role\": \"critic\", \"content\": \"x\"}]");
    assertEquals(encoding.code(), failure.template());
    assertEquals("messages[0].role: this encoding has no role 'critic'", failure.problem());
  }

  @Test
  void requestText_isNotQuotedUnlessAsked() {
    RenderOptions options = RenderOptions.DEFAULT;
    TemplateException failure =
        assertThrows(
            TemplateException.class,
            () ->
                ChatTemplate.of(ChatEncoding.DEEPSEEK_V4)
                    .render(Given.list("[{\"role\": \"critic\"}]"), options));
    assertEquals("messages[0].role: this encoding has no role", failure.problem());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "DEEPSEEK_V3_2 | [{\"role\": \"user\"}] | messages[0].content: is missing",
        "DEEPSEEK_V3_2 | [{\"role\": \"user\", \"content\": 1}] | messages[0].content: must be"
            + " text",
        "DEEPSEEK_V3_2 | [{\"content\": \"x\"}] | messages[0].role: is missing",
        "DEEPSEEK_V3_2 | [{\"role\": \"tool\", \"content\": \"x\"}]"
            + " | messages[0]: a result without a call of a tool",
        "DEEPSEEK_V4 | [{\"role\": \"developer\", \"content\": \"\"}]"
            + " | messages[0].content: must not be empty",
        "DEEPSEEK_V4 | [{\"role\": \"user\", \"content\": \"q\", \"task\": \"x\"}]"
            + " | messages[0].task: must be one of [action, authority, domain, query, read_url,"
            + " title], not 'x'",
        "DEEPSEEK_V4 | [{\"role\": \"user\", \"content\": [{\"type\": \"image_url\"}]}]"
            + " | messages[0].content[0].type: only text can be encoded, not 'image_url'",
        "DEEPSEEK_V4 | [{\"role\": \"assistant\", \"tool_calls\": [{\"function\": {\"name\": \"f\","
            + " \"arguments\": \"[1]\"}}]}]"
            + " | messages[0].tool_calls[0].function.arguments: must be a JSON object",
      })
  void request_thatIsBad_isRefusedByItsPlace(
      ChatEncoding encoding, String messages, String problem) {
    assertEquals(problem.strip(), refused(encoding, messages).problem());
  }
}
