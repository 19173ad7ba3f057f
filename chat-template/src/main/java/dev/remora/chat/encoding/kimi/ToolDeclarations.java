package dev.remora.chat.encoding.kimi;

import dev.remora.chat.encoding.BoundedText;
import dev.remora.chat.encoding.ChatRequest;
import dev.remora.chat.encoding.RequestValue;
import dev.remora.chat.encoding.kimi.SchemaType.ObjectType;
import dev.remora.chat.encoding.kimi.SchemaType.Unsupported;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tools as Kimi K2.5's template wants them: a namespace of TypeScript. */
public final class ToolDeclarations {
  private ToolDeclarations() {}

  /**
   * The declarations of the tools of a request.
   *
   * @return null if there are none, or a schema is beyond what they can say: the template then
   *     writes the tools as JSON
   */
  public static @Nullable String of(ChatRequest request) {
    BoundedText functions = request.tools().newText();
    try {
      for (RequestValue tool : request.tools().items()) {
        RequestValue function = tool.at("function");
        if ("function".equals(tool.at("type").value()) && !function.isFalse()) {
          declare(function, functions);
        }
      }
    } catch (Unsupported e) {
      return null;
    }
    return functions.length() == 0
        ? null
        : "# Tools\n\n## functions\nnamespace functions {\n" + functions + "}\n";
  }

  private static void declare(RequestValue function, BoundedText out) throws Unsupported {
    SchemaReader reader = new SchemaReader();
    ObjectType parameters = reader.object(function.at("parameters"));
    boolean named = reader.refersToItself();
    if (named) {
      out.append("interface parameters ");
      parameters.writeInOrder(out);
      out.append("\n");
    }
    for (Map.Entry<String, RequestValue> definition : reader.definitions().entrySet()) {
      RequestValue schema = definition.getValue();
      SchemaType type = reader.type(schema);
      comment(schema.isObject() ? schema.at("description") : schema, out);
      out.append("interface ").append(definition.getKey()).append(" ");
      type.write("", out);
      out.append("\n");
    }
    comment(function.at("description"), out);
    RequestValue name = function.at("name");
    out.append("type ").append(name.isAbsent() ? "function" : name.text()).append(" = (_: ");
    if (named) {
      out.append("parameters");
    } else {
      parameters.write("", out);
    }
    out.append(") => any;\n");
  }

  private static void comment(RequestValue text, BoundedText out) throws Unsupported {
    if (!text.isFalse()) {
      out.append(SchemaType.commentLines(SchemaReader.text(text), "")).append("\n");
    }
  }
}
