package dev.remora.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.remora.TemplateException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/**
 * The prompts are those that openai/harmony publishes; of chat requests, those of the template of
 * gpt-oss by transformers 5.
 */
class HarmonyEncodingTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
  private static final String SYSTEM =
      """
      <|start|>system<|message|>You are ChatGPT, a large language model trained by OpenAI.
      Knowledge cutoff: 2024-06
      Current date: 2026-01-02

      Reasoning: medium

      # Valid channels: analysis, commentary, final. Channel must be included for every message.\
      """;

  private static String render(String messages, RenderOptions.Builder options) {
    return ChatTemplate.of(ChatEncoding.HARMONY)
        .render(Given.list(messages), options.clock(CLOCK).addGenerationPrompt(true).build());
  }

  private static String render(String messages) {
    return render(messages, Given.options("{}"));
  }

  @Test
  void chatRequest_isPutIntoHarmonysTerms() {
    assertEquals(
        SYSTEM
            + "<|end|><|start|>user<|message|>Q<|end|><|start|>assistant<|channel|>final<|message|>A"
            + "<|end|><|start|>user<|message|>Q2<|end|><|start|>assistant",
        render(
            """
            [{"role": "user", "content": "Q"},
             {"role": "assistant", "content": "A", "reasoning_content": "because"},
             {"role": "user", "content": "Q2"}]
            """));
  }

  @Test
  void chatRequest_withCalls_isCommentary() {
    RenderOptions.Builder options =
        Given.options("{}")
            .tools(
                Given.list(
                    """
                    [{"type": "function", "function": {"name": "get", "description": "D",
                      "parameters": {"type": "object", "properties": {
                        "city": {"type": "string", "description": "C"},
                        "scale": {"type": "number", "enum": [1.5]}}, "required": ["city"]}}}]
                    """));
    assertEquals(
        SYSTEM
            + """

            Calls to these tools must go to the commentary channel: 'functions'.<|end|>\
            <|start|>developer<|message|># Instructions

            S

            # Tools

            ## functions

            namespace functions {

            // D
            type get = (_: {
            // C
            city: string,
            scale?: number,
            }) => any;

            } // namespace functions<|end|>\
            <|start|>user<|message|>W?<|end|>\
            <|start|>assistant<|channel|>analysis<|message|>hm<|end|>\
            <|start|>assistant to=functions.get<|channel|>commentary json<|message|>{"city": "Rome"}\
            <|call|>\
            <|start|>functions.get to=assistant<|channel|>commentary<|message|>19<|end|>\
            <|start|>assistant\
            """,
        render(
            """
            [{"role": "system", "content": "S"}, {"role": "user", "content": "W?"},
             {"role": "assistant", "content": "", "reasoning": "hm", "tool_calls": [
               {"id": "c", "function": {"name": "get", "arguments": {"city": "Rome"}}}]},
             {"role": "tool", "tool_call_id": "c", "content": "19"}]
            """,
            options));
  }

  @Test
  void analysis_beforeTheLastFinal_isDropped() {
    String messages =
        """
        [{"role": "user", "content": "1"},
         {"role": "assistant", "channel": "analysis", "content": "a1"},
         {"role": "assistant", "channel": "final", "content": "f1"},
         {"role": "user", "content": "2"},
         {"role": "assistant", "channel": "analysis", "content": "a2"},
         {"role": "assistant", "channel": "commentary", "recipient": "functions.f",
          "content_type": "<|constrain|>json", "content": "{}"}]
        """;
    String rest =
        "<|start|>assistant<|channel|>final<|message|>f1<|end|><|start|>user<|message|>2<|end|>"
            + "<|start|>assistant<|channel|>analysis<|message|>a2<|end|><|start|>assistant"
            + " to=functions.f<|channel|>commentary <|constrain|>json<|message|>{}"
            + "<|call|><|start|>assistant";
    assertEquals("<|start|>user<|message|>1<|end|>" + rest, render(messages));
    assertEquals(
        "<|start|>user<|message|>1<|end|>"
            + "<|start|>assistant<|channel|>analysis<|message|>a1<|end|>"
            + rest,
        render(messages, Given.options("{\"auto_drop_analysis\": false}")));
  }

  @Test
  void schema_ofManyKinds_isWrittenAsHarmonyWritesIt() {
    String messages =
        """
        [{"role": "developer", "content": {"functions": [
          {"name": "none", "description": "N", "parameters": null},
          {"name": "kitchensink", "description": "A function with various complex schemas.",
           "parameters": {"description": "params object", "type": "object", "properties": {
            "string": {"type": "string", "title": "STRING", "description": "A string",
              "examples": ["hello", "world"]},
            "string_nullable": {"type": "string", "nullable": true, "default": "the default"},
            "string_enum": {"type": "string", "enum": ["a", "b"], "default": "a"},
            "list": {"type": "array", "items": {"type": "integer"}},
            "oneof": {"oneOf": [{"type": "string", "default": "d"},
              {"type": "number", "description": "numbers too"}],
              "description": "a oneof", "default": 20}}}}]}}]
        """;
    assertEquals(
        """
        <|start|>developer<|message|># Tools

        ## functions

        namespace functions {

        // N
        type none = () => any;

        // A function with various complex schemas.
        type kitchensink = (_: // params object
        {
        // STRING
        //
        // A string
        // Examples:
        // - "hello"
        // - "world"
        string?: string,
        string_nullable?: string | null, // default: "the default"
        string_enum?: "a" | "b", // default: a
        list?: number[],
        // a oneof
        // default: 20
        oneof?:
         | string // default: "d"
         | number // numbers too
        ,
        }) => any;

        } // namespace functions<|end|><|start|>assistant\
        """,
        render(messages));
  }

  @Test
  void tool_withoutAName_isRefused() {
    TemplateException failure =
        assertThrows(
            TemplateException.class, () -> render("[{\"role\": \"tool\", \"content\": \"x\"}]"));
    assertEquals("messages[0].name: is missing", failure.problem());
  }

  @Test
  void settings_ofTheSystem_areChecked() {
    TemplateException effort =
        assertThrows(
            TemplateException.class,
            () -> render("[]", Given.options("{\"reasoning_effort\": \"max\"}")));
    assertEquals(
        "reasoning_effort: must be one of [high, low, medium], not 'max'", effort.problem());
    TemplateException tool =
        assertThrows(
            TemplateException.class,
            () -> render("[]", Given.options("{\"builtin_tools\": [\"shell\"]}")));
    assertEquals("builtin_tools[0]: must be browser or python, not 'shell'", tool.problem());
  }
}
