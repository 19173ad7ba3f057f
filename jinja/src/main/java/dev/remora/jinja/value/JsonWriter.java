package dev.remora.jinja.value;

import dev.remora.jinja.text.PythonNumbers;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as Python's {@code json.dumps}. Characters of strings and numbers keep their
 * origin; what is written around them counts as given to the template, not as its own.
 */
public final class JsonWriter {
  private final Budget budget;
  private final Format format;
  private final TextBuilder text;
  private int level;

  private JsonWriter(Budget budget, Format format) {
    this.budget = budget;
    this.format = format;
    this.text = new TextBuilder(budget);
  }

  /**
   * The parameters of {@code json.dumps}.
   *
   * @param ascii whether everything but ASCII is escaped
   * @param indent what each level is indented by; null for one line
   * @param itemSeparator what stands between elements
   * @param keySeparator what stands between a key and its value
   * @param sorted whether keys are sorted
   */
  public record Format(
      boolean ascii,
      @Nullable StringValue indent,
      StringValue itemSeparator,
      StringValue keySeparator,
      boolean sorted) {}

  /** A value as JSON. */
  public static StringValue write(Budget budget, Value value, Format format) {
    JsonWriter writer = new JsonWriter(budget, format);
    writer.write(value);
    return writer.text.build();
  }

  private void write(Value value) {
    budget.step();
    budget.enter(1);
    value.touchAsKey(budget);
    value.writeJson(this);
    budget.leave(1);
  }

  /** Writes a number or a word that is made of something. */
  void scalar(String spelling, @Nullable Origin origin) {
    text.append(spelling, origin);
  }

  /** Writes an array. */
  void array(List<Value> items) {
    budget.listing(items.size());
    open('[', !items.isEmpty());
    for (Iterator<Value> iterator = items.iterator(); iterator.hasNext(); ) {
      write(iterator.next());
      separate(iterator.hasNext());
    }
    close(']', !items.isEmpty());
  }

  /** Writes an object. */
  void object(DictValue dict) {
    budget.listing(dict.length());
    List<Value> keys = dict.keys();
    if (format.sorted()) {
      keys.sort((left, right) -> left.order(budget, "<", right));
    }
    open('{', !keys.isEmpty());
    for (Iterator<Value> iterator = keys.iterator(); iterator.hasNext(); ) {
      Value key = iterator.next();
      key.touchAsKey(budget);
      quote(key.jsonKey());
      text.append(format.keySeparator().text(), Origin.UNKNOWN);
      write(dict.require(key));
      separate(iterator.hasNext());
    }
    close('}', !keys.isEmpty());
  }

  private void open(char bracket, boolean filled) {
    text.append(bracket, Origin.UNKNOWN);
    level++;
    newline(filled);
  }

  private void separate(boolean more) {
    if (more) {
      text.append(format.itemSeparator().text(), Origin.UNKNOWN);
      newline(true);
    }
  }

  private void close(char bracket, boolean filled) {
    level--;
    newline(filled);
    text.append(bracket, Origin.UNKNOWN);
  }

  private void newline(boolean wanted) {
    StringValue indent = format.indent();
    if (wanted && indent != null) {
      text.append('\n', Origin.UNKNOWN);
      text.repeat(StringValue.from(Origin.UNKNOWN, indent.text()), level);
    }
  }

  /** Writes a string; its quotes are of its origin, which is never the template itself. */
  void quote(StringValue value) {
    String string = value.text();
    Origin around = value.origin() == null ? Origin.UNKNOWN : value.origin();
    budget.building(2L * string.length());
    text.append('"', around);
    for (int at = 0; at < string.length(); at++) {
      char c = string.charAt(at);
      Origin origin = value.originAt(at);
      switch (c) {
        case '"' -> text.append("\\\"", origin);
        case '\\' -> text.append("\\\\", origin);
        case '\n' -> text.append("\\n", origin);
        case '\r' -> text.append("\\r", origin);
        case '\t' -> text.append("\\t", origin);
        case '\f' -> text.append("\\f", origin);
        case '\b' -> text.append("\\b", origin);
        default -> {
          if (c < ' ' || (format.ascii() && c > '~')) {
            budget.step();
            text.append("\\u" + PythonNumbers.hexadecimal(c, 4), origin);
          } else {
            text.append(c, origin);
          }
        }
      }
    }
    text.append('"', around);
  }
}
