package dev.remora.chat.encoding.deepseek;

import dev.remora.Prompt;
import dev.remora.chat.encoding.RequestValue;

/** What a message says of tools and of the response's format. */
enum Instructions {
  V3_2(
      Dsml.V3_2,
      """
      ## Tools

      You have access to a set of tools you can use to answer the user's question.
      You can invoke functions by writing a "<{calls}>" block like the following as part of your reply to the user:
      <{calls}>
      <{invoke} name="$FUNCTION_NAME">
      <{parameter} name="$PARAMETER_NAME" string="true|false">$PARAMETER_VALUE</{parameter}>
      ...
      </{invoke}>
      <{invoke} name="$FUNCTION_NAME2">
      ...
      </{invoke}>
      </{calls}>

      String and scalar parameters should be specified as is without any escaping or quotes, while lists and objects should use JSON format. The "string" attribute should be set to "true" for string type parameters and "false" for other types (numbers, booleans, arrays, objects).

      If the thinking_mode is enabled, then after function results you should strongly consider outputting a thinking block. Here is an example:

      <{calls}>
      ...
      </{calls}>

      <function_results>
      ...
      </function_results>

      <think>...thinking about results</think>

      Here are the functions available in JSONSchema format:
      <functions>
      """,
      "\n</functions>\n"),
  V4(Dsml.V4, Texts.V4, Texts.V4_END),
  V4_1(Dsml.V4_1, Texts.V4, Texts.V4_END);

  private static final String RESPONSE_FORMAT =
      "\n\n## Response Format:\n\nYou MUST strictly adhere to the following schema to reply:\n";

  private final String before;
  private final String after;

  Instructions(Dsml markup, String before, String after) {
    this.before = "\n\n" + markup.named(before);
    this.after = after;
  }

  /** What V4 and V4.1 have in common. */
  private static final class Texts {
    static final String V4 =
        """
        ## Tools

        You have access to a set of tools to help answer the user's question. You can invoke tools by writing a "<{calls}>" block like the following:

        <{calls}>
        <{invoke} name="$TOOL_NAME">
        <{parameter} name="$PARAMETER_NAME" string="true|false">$PARAMETER_VALUE</{parameter}>
        ...
        </{invoke}>
        <{invoke} name="$TOOL_NAME2">
        ...
        </{invoke}>
        </{calls}>

        String parameters should be specified as is and set `string="true"`. For all other types (numbers, booleans, arrays, objects), pass the value in JSON format and set `string="false"`.

        If thinking_mode is enabled (triggered by <think>), you MUST output your complete reasoning inside <think>...</think> BEFORE any tool calls or final response.

        Otherwise, output directly after </think> with tool calls or final response.

        ### Available Tool Schemas

        """;
    static final String V4_END =
        "\n\nYou MUST strictly follow the above defined tool name and parameter schemas to invoke"
            + " tool calls.\n";
  }

  /** Writes both, if the turn has them. */
  void write(Turn turn, Prompt.Builder out) {
    if (!turn.tools().isFalse()) {
      out.template(before);
      String separator = "";
      for (RequestValue tool : turn.tools().items()) {
        RequestValue function = tool.at("function");
        if (!function.isObject()) {
          throw function.failure("must be an object");
        }
        out.template(separator).request(function.path(), function.json());
        separator = "\n";
      }
      out.template(after);
    }
    RequestValue format = turn.responseFormat();
    if (!format.isFalse()) {
      out.template(RESPONSE_FORMAT).request(format.path(), format.json());
    }
  }
}
