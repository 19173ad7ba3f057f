package dev.remora.chat.encoding.deepseek;

import dev.remora.Prompt;
import dev.remora.chat.encoding.RequestValue;
import java.util.List;

/** A part of a user's turn, of which several messages may be. */
sealed interface Block {
  /** What stands between blocks, and between parts of one. */
  String SEPARATOR = "\n\n";

  /** Writes it. */
  void write(Prompt.Builder out);

  /** A user's text. */
  record Text(RequestValue text) implements Block {
    @Override
    public void write(Prompt.Builder out) {
      text.write(out);
    }
  }

  /** The result of a call, with the id of the call. */
  record Result(String callId, RequestValue content, boolean onlyText) implements Block {
    @Override
    public void write(Prompt.Builder out) {
      out.template("<tool_result>");
      if (onlyText || !content.isList()) {
        writeJoined(content.isAbsent() ? List.of() : content.textParts(), out);
      } else {
        writeParts(out);
      }
      out.template("</tool_result>");
    }

    /** What is no text is named: the model's own code does so. */
    private void writeParts(Prompt.Builder out) {
      String separator = "";
      for (RequestValue part : content.items()) {
        out.template(separator);
        RequestValue type = part.at("type");
        if (type.text().equals("text")) {
          RequestValue text = part.at("text");
          out.request(text.path(), text.textOrEmpty());
        } else {
          out.template("[Unsupported ").request(type.path(), type.text()).template("]");
        }
        separator = SEPARATOR;
      }
    }
  }

  /** Writes texts with the separator between them. */
  static void writeJoined(List<RequestValue> texts, Prompt.Builder out) {
    String separator = "";
    for (RequestValue text : texts) {
      out.template(separator);
      text.write(out);
      separator = SEPARATOR;
    }
  }
}
