package dev.remora.chat.encoding.kimi;

import dev.remora.Prompt;
import dev.remora.chat.encoding.ChatEncoder;
import dev.remora.chat.encoding.ChatRequest;
import dev.remora.chat.encoding.RequestValue;
import dev.remora.jinja.PythonValues.JsonStyle;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The encoding of Kimi K3, XTML. */
public final class KimiK3 implements ChatEncoder {
  private static final Set<String> EFFORTS = Set.of("low", "high", "max");
  private static final String NEW_TOOLS =
      """
      ## New Tools Available
      The system dynamically extends the toolset via lazy-loading.
      You have access to all existing and extended tools.
      Here are the specs for the extended tools.

      """;
  private static final String TOOLS =
      """
      # Tools
      Here are the available tools, described in JSONSchema.

      """;
  private static final String EFFORT = "thinking_effort";
  private static final String EFFORT_ALIAS = "reasoning_effort";

  @Override
  public Prompt encode(ChatRequest request) {
    return new Writing(request).prompt();
  }

  /** One prompt that is being written. */
  private static final class Writing {
    private final ChatRequest request;
    private final boolean thinking;
    private final Xtml out = new Xtml();
    private List<RequestValue> lastCalls = List.of();
    private int results; // since the last reply

    Writing(ChatRequest request) {
      this.request = request;
      this.thinking =
          request.thinking(true) && !"none".equals(request.argument(EFFORT_ALIAS).value());
    }

    Prompt prompt() {
      if (!request.tools().isFalse()) {
        declare(TOOLS, request.tools());
      }
      String effort = thinking ? effort() : "";
      if (!effort.isEmpty()) {
        out.openInternal("thinking-effort");
        out.words(
            "`thinking_effort` guides on how much to think in your thinking channel (not including"
                + " the response channel), supported values include `low`, `medium`, `high`, and"
                + " `max`.\nNow the system is invoked with `thinking_effort="
                + effort
                + "`.");
        out.closeMessage();
      }
      for (ToolResults.Ordered message : ToolResults.inOrder(request.messages())) {
        write(message.message(), message.tool());
      }
      writeToolChoice();
      writeResponseFormat();
      if (request.addGenerationPrompt()) {
        out.open("message").attribute("role", "assistant").end();
        out.open(thinking ? "think" : "response").end();
      }
      return out.prompt();
    }

    /** As the tokenizer of the model does it: the most, unless the request says another or null. */
    private String effort() {
      if (request.hasArgument(EFFORT)) {
        return request.argument(EFFORT).choice(EFFORTS);
      }
      return request.hasArgument(EFFORT_ALIAS)
          ? request.argument(EFFORT_ALIAS).choice(EFFORTS)
          : "max";
    }

    private void declare(String introduction, RequestValue tools) {
      out.openInternal("tool-declare");
      out.words(introduction + "```json\n");
      out.join(tools, tools.json(JsonStyle.COMPACT_SORTED));
      out.joinWords("\n```");
      out.closeMessage();
    }

    private void write(RequestValue message, RequestValue tool) {
      RequestValue role = message.at("role");
      switch (role.text()) {
        case "system" -> {
          if (message.at("tools").isFalse()) {
            writeSpeech("system", message);
          } else {
            declare(NEW_TOOLS, message.at("tools"));
          }
        }
        case "user" -> writeSpeech("user", message);
        case "assistant" -> writeReply(message);
        case "tool" -> writeResult(message, tool);
        default -> throw role.failure("this encoding has no role", role.text());
      }
    }

    private void open(String role, RequestValue message) {
      out.open("message").attribute("role", role);
      RequestValue name = message.at("name");
      if (!name.isFalse()) {
        out.attribute("name", name);
      }
      out.end();
    }

    private void writeSpeech(String role, RequestValue message) {
      open(role, message);
      writeContent(message);
      out.closeMessage();
    }

    private void writeContent(RequestValue message) {
      message.at("content").textParts().forEach(out::text);
    }

    private void writeReply(RequestValue message) {
      RequestValue calls = message.at("tool_calls");
      lastCalls = calls.isFalse() ? List.of() : calls.items();
      results = 0;
      open("assistant", message);
      if (thinking) {
        out.open("think").end();
        RequestValue reasoning = message.reasoning();
        if (!reasoning.isBlank()) {
          out.text(reasoning);
        }
        out.close("think");
      }
      out.open("response").end();
      writeContent(message);
      out.close("response");
      if (!lastCalls.isEmpty()) {
        out.open("tools").end();
        for (int index = 0; index < lastCalls.size(); index++) {
          writeCall(lastCalls.get(index).function(), index + 1);
        }
        out.close("tools");
      }
      out.closeMessage();
    }

    private void writeCall(RequestValue function, int index) {
      out.open("call")
          .attribute("tool", function.at("name"))
          .attribute("index", String.valueOf(index))
          .end();
      RequestValue arguments = function.at("arguments");
      RequestValue read = arguments.isText() ? arguments.parsed() : arguments;
      if (arguments.isText() && arguments.isBlank()) {
        read = arguments.with(null);
      }
      if (read == null) {
        out.open("json").attribute("type", "object").end();
        out.text(arguments);
        out.close("json");
      } else {
        writeArguments(read);
      }
      out.close("call");
    }

    private void writeArguments(RequestValue arguments) {
      for (Map.Entry<String, RequestValue> argument : arguments.entries().entrySet()) {
        RequestValue value = argument.getValue();
        out.open("argument")
            .attribute("key", value, argument.getKey())
            .attribute("type", type(value))
            .end();
        out.text(value, value.isText() ? value.text() : value.json());
        out.close("argument");
      }
    }

    private static String type(RequestValue value) {
      if (value.value() instanceof Boolean) {
        return "boolean";
      }
      if (value.isAbsent()) {
        return "null";
      }
      if (value.value() instanceof Number) {
        return "number";
      }
      if (value.isText()) {
        return "string";
      }
      return value.isObject() ? "object" : "array";
    }

    private void writeResult(RequestValue message, RequestValue tool) {
      results++;
      RequestValue name = tool;
      if (name.isAbsent() && results <= lastCalls.size()) {
        name = lastCalls.get(results - 1).function().at("name");
      }
      if (name.isAbsent()) {
        throw message.failure("the tool of this result cannot be told: it names none and no call");
      }
      out.open("message")
          .attribute("role", "tool")
          .attribute("tool", name)
          .attribute("index", String.valueOf(results))
          .end();
      writeContent(message);
      out.closeMessage();
    }

    private void writeToolChoice() {
      RequestValue choice = request.argument("tool_choice");
      if ("required".equals(choice.value()) || "none".equals(choice.value())) {
        boolean none = choice.text().equals("none");
        out.openInternal("tool-choice");
        out.words(
            "The system is invoked with `tool_choice="
                + choice.text()
                + "`.\nYou MUST "
                + (none ? "NOT call any tools" : "call tools")
                + " in the next message.");
        out.closeMessage();
      }
    }

    private void writeResponseFormat() {
      RequestValue format = request.argument("response_format");
      RequestValue type = format.isObject() ? format.at("type") : format;
      boolean schema = "json_schema".equals(type.value());
      if (schema || "json_object".equals(type.value())) {
        out.openInternal("response-format");
        out.words(
            "The system is invoked with `response_format="
                + type.text()
                + "`.\nYour response must be raw JSON data without markdown code blocks (```json)"
                + " or any additional formatting.");
        if (schema) {
          RequestValue wanted = schema(format.isObject() ? format.at("json_schema") : format);
          out.joinWords("\nThe JSON data must match the following schema:\n```json\n");
          out.join(wanted, wanted.json(JsonStyle.COMPACT_SORTED));
          out.joinWords("\n```");
        }
        out.closeMessage();
      }
    }

    private static RequestValue schema(RequestValue given) {
      if (!given.isObject()) {
        return given.with(null);
      }
      if (given.has("schema")) {
        return given.at("schema");
      }
      return given.has("json_schema") ? given.at("json_schema") : given;
    }
  }
}
