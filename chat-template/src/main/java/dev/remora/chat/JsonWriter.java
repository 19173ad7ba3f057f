package dev.remora.chat;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values as JSON: what Python's {@code json.dumps} writes. */
final class JsonWriter {
  private final Rendering rendering;
  private final Text text;
  private final boolean ascii;
  private final @Nullable String indent;
  private final String itemSeparator;
  private final String keySeparator;
  private final boolean sorted;
  private int level;

  private JsonWriter(Rendering rendering, Bound options) {
    this.rendering = rendering;
    this.text = new Text(rendering);
    this.ascii = options.isTrue("ensure_ascii");
    this.indent = indent(rendering, options.get("indent", None.NONE));
    this.sorted = options.isTrue("sort_keys");
    Object separators = options.get("separators", None.NONE);
    if (separators == None.NONE) {
      this.itemSeparator = indent == null ? ", " : ",";
      this.keySeparator = ": ";
    } else {
      List<Object> both = Iteration.list(rendering, separators);
      if (both.size() != 2) {
        throw new Failure("separators must be two strings");
      }
      this.itemSeparator = Types.text(both.get(0));
      this.keySeparator = Types.text(both.get(1));
    }
  }

  private static @Nullable String indent(Rendering rendering, Object indent) {
    if (indent == None.NONE) {
      return null;
    }
    return Types.isText(indent)
        ? Types.text(indent)
        : new Text(rendering).repeat(" ", Numbers.index(indent)).toString();
  }

  /** The filter {@code tojson}, with the parameters of {@code json.dumps} that transformers has. */
  static String write(Rendering rendering, Arguments arguments) {
    Bound bound =
        arguments.bind("tojson", "x", "ensure_ascii", "indent", "separators", "sort_keys");
    JsonWriter writer = new JsonWriter(rendering, bound);
    writer.write(bound.get("x"));
    return writer.text.toString();
  }

  private void write(Object value) {
    rendering.step();
    rendering.enter(1);
    if (Types.isText(value)) {
      quote(Types.text(value));
    } else if (value instanceof Boolean || value == None.NONE || Numbers.isNumber(value)) {
      text.append(scalar(value));
    } else if (value instanceof Dict dict) {
      write(dict);
    } else if ((value instanceof List && !(value instanceof Range)) || value instanceof Tuple) {
      writeList(Iteration.list(rendering, value));
    } else {
      throw new Failure("Object of type " + Types.name(value) + " is not JSON serializable");
    }
    rendering.leave(1);
  }

  private static String scalar(Object value) {
    if (value == None.NONE) {
      return "null";
    }
    if (value instanceof Double real) {
      return real(real);
    }
    return value instanceof BigInteger big ? Numbers.text(big) : value.toString();
  }

  private static String real(double real) {
    if (Double.isNaN(real)) {
      return "NaN";
    }
    if (Double.isInfinite(real)) {
      return real > 0 ? "Infinity" : "-Infinity";
    }
    return Numbers.text(real);
  }

  private void writeList(List<Object> items) {
    Iterator<Object> iterator = items.iterator();
    open('[', iterator.hasNext());
    while (iterator.hasNext()) {
      write(iterator.next());
      separate(iterator.hasNext());
    }
    close(']', !items.isEmpty());
  }

  private void write(Dict dict) {
    List<Object> keys = dict.keys();
    if (sorted) {
      keys.sort(byOrder());
    }
    open('{', !keys.isEmpty());
    for (Iterator<Object> iterator = keys.iterator(); iterator.hasNext(); ) {
      Object key = iterator.next();
      quote(key(key));
      text.append(keySeparator);
      write(dict.require(key));
      separate(iterator.hasNext());
    }
    close('}', !keys.isEmpty());
  }

  private Comparator<Object> byOrder() {
    return (left, right) -> Comparison.order(rendering, "<", left, right);
  }

  private static String key(Object key) {
    if (Types.isText(key)) {
      return Types.text(key);
    }
    if (key instanceof Boolean || key == None.NONE || Numbers.isNumber(key)) {
      return scalar(key);
    }
    throw new Failure("keys must be str, int, float, bool or None, not " + Types.name(key));
  }

  private void open(char bracket, boolean filled) {
    text.append(bracket);
    level++;
    newline(filled);
  }

  private void separate(boolean more) {
    if (more) {
      text.append(itemSeparator);
      newline(true);
    }
  }

  private void close(char bracket, boolean filled) {
    level--;
    newline(filled);
    text.append(bracket);
  }

  private void newline(boolean wanted) {
    if (wanted && indent != null) {
      text.append('\n').repeat(indent, level);
    }
  }

  private void quote(String string) {
    rendering.building(string.length());
    text.append('"');
    for (int at = 0; at < string.length(); at++) {
      char c = string.charAt(at);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        case '\f' -> text.append("\\f");
        case '\b' -> text.append("\\b");
        default -> {
          if (c < ' ' || (ascii && c > '~')) {
            text.append("\\u%04x".formatted((int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }
}
