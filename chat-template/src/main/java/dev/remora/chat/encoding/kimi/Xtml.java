package dev.remora.chat.encoding.kimi;

import dev.remora.Prompt;
import dev.remora.chat.encoding.RequestValue;

/**
 * Writes XTML: tags between four marks. Each mark, name, value and text is a piece that is encoded
 * by itself, and added tokens are recognised in the marks alone. Not thread-safe.
 */
final class Xtml {
  private static final String OPEN = "<|open|>";
  private static final String CLOSE = "<|close|>";
  private static final String SEPARATOR = "<|sep|>";
  private static final String END_OF_MESSAGE = "<|end_of_msg|>";

  private final Prompt.Builder out = Prompt.builder();

  private void mark(String mark) {
    out.seam().template(mark);
  }

  /** A piece of the encoding's own words. */
  Xtml words(String text) {
    out.seam().words(text);
    return this;
  }

  /** More of its own words for the piece that is there. */
  void joinWords(String text) {
    out.words(text);
  }

  /** A piece of the request's text. */
  void text(RequestValue text) {
    text(text, text.text());
  }

  /** The same with another spelling. */
  void text(RequestValue value, String text) {
    out.seam().request(value.path(), text);
  }

  /** Text of the request for the piece that is there. */
  void join(RequestValue value, String text) {
    out.request(value.path(), text);
  }

  /** The beginning of a tag; attributes and {@link #end} follow. */
  Xtml open(String name) {
    mark(OPEN);
    return words(name);
  }

  /** An attribute with a value of the encoding's own. */
  Xtml attribute(String key, String value) {
    return words(" " + key).words("=\"").words(value).words("\"");
  }

  /** An attribute with a text of the request. */
  Xtml attribute(String key, RequestValue value) {
    return attribute(key, value, value.text());
  }

  /** The same with another spelling. */
  Xtml attribute(String key, RequestValue value, String spelling) {
    words(" " + key).words("=\"");
    text(value, spelling.replace("&", "&amp;").replace("\"", "&quot;"));
    return words("\"");
  }

  /** The end of the beginning of a tag. */
  void end() {
    mark(SEPARATOR);
  }

  /** The end of what a tag holds. */
  void close(String name) {
    mark(CLOSE);
    words(name);
    mark(SEPARATOR);
  }

  /** The beginning of a message that the system makes. */
  void openInternal(String type) {
    open("message").attribute("role", "system").attribute("type", type).end();
  }

  /** The end of a message. */
  void closeMessage() {
    close("message");
    mark(END_OF_MESSAGE);
  }

  /** What was written. */
  Prompt prompt() {
    return out.build();
  }
}
