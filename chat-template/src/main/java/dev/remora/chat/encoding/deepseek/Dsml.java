package dev.remora.chat.encoding.deepseek;

import dev.remora.Prompt;
import dev.remora.chat.encoding.RequestValue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** DeepSeek's markup of tool calls: how its tags are named, and how arguments are read. */
enum Dsml {
  /** Arguments are a JSON object. */
  V3_2("function_calls", "invoke", "parameter"),
  /** Arguments that are no JSON become one parameter. */
  V4("tool_calls", "invoke", "parameter"),
  /** Arguments may be JSON in JSON; whatever is no object then becomes one parameter. */
  V4_1(" calls", " invoke", " parameter");

  private static final String TOKEN = "｜DSML｜";
  private static final String ARGUMENTS = "arguments";

  private final String calls;
  private final String invoke;
  private final String parameter;

  Dsml(String calls, String invoke, String parameter) {
    this.calls = TOKEN + calls;
    this.invoke = TOKEN + invoke;
    this.parameter = TOKEN + parameter;
  }

  /** A text with the names of the tags where it says {@code {calls}} and so on. */
  String named(String text) {
    return text.replace("{calls}", calls)
        .replace("{invoke}", invoke)
        .replace("{parameter}", parameter);
  }

  /** Writes the block of some calls. */
  void write(List<RequestValue> toolCalls, Prompt.Builder out) {
    out.template("\n\n<" + calls + ">\n");
    for (RequestValue call : toolCalls) {
      write(call.function(), out);
    }
    out.template("</" + calls + ">");
  }

  private void write(RequestValue function, Prompt.Builder out) {
    RequestValue name = function.at("name");
    out.template("<" + invoke + " name=\"").request(name.path(), name.text()).template("\">\n");
    String separator = "";
    for (Map.Entry<String, RequestValue> argument : read(function.at(ARGUMENTS)).entrySet()) {
      RequestValue value = argument.getValue();
      out.template(separator + "<" + parameter + " name=\"")
          .request(value.path(), argument.getKey())
          .template("\" string=\"" + value.isText() + "\">")
          .request(value.path(), value.isText() ? value.text() : value.json())
          .template("</" + parameter + ">");
      separator = "\n";
    }
    out.template("\n</" + invoke + ">\n");
  }

  private Map<String, RequestValue> read(RequestValue arguments) {
    return switch (this) {
      case V3_2 -> strict(arguments);
      case V4 -> wrapped(arguments);
      case V4_1 -> readTwice(arguments);
    };
  }

  private static Map<String, RequestValue> strict(RequestValue arguments) {
    RequestValue read = arguments.isText() ? arguments.parsed() : arguments;
    if (read == null) {
      throw arguments.failure("is no JSON");
    }
    return object(read);
  }

  private static Map<String, RequestValue> object(RequestValue arguments) {
    if (!arguments.isObject()) {
      throw arguments.failure("must be a JSON object");
    }
    return arguments.entries();
  }

  private static Map<String, RequestValue> wrapped(RequestValue arguments) {
    RequestValue read = arguments.isText() ? arguments.parsed() : arguments;
    return read == null ? Map.of(ARGUMENTS, arguments) : object(read);
  }

  private static Map<String, RequestValue> readTwice(RequestValue arguments) {
    if (arguments.isAbsent()) {
      throw arguments.failure("is missing");
    }
    RequestValue read = inner(inner(arguments));
    return read.isObject() ? read.entries() : Map.of(ARGUMENTS, arguments);
  }

  private static RequestValue inner(RequestValue value) {
    @Nullable RequestValue parsed = value.isText() ? value.parsed() : null;
    return parsed == null ? value : parsed;
  }
}
