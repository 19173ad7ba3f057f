package dev.remora.chat;

import java.math.BigInteger;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Values as text: Python's {@code str} and {@code repr}. */
final class Printer {
  private final Rendering rendering;
  private final Text text;

  private Printer(Rendering rendering) {
    this.rendering = rendering;
    this.text = new Text(rendering);
  }

  /** Python's {@code str}: a string as it is, anything else as {@link #repr}. */
  static String str(Rendering rendering, Object value) {
    if (Types.isText(value)) {
      return Types.text(value);
    }
    return value instanceof Undefined ? "" : repr(rendering, value);
  }

  /** Python's {@code repr}: strings in quotes, with escapes. */
  static String repr(Rendering rendering, Object value) {
    Printer printer = new Printer(rendering);
    printer.print(value);
    return printer.text.toString();
  }

  private void print(Object value) {
    rendering.step();
    rendering.enter(1);
    if (value instanceof String string) {
      quote(string);
    } else if (value instanceof Boolean flag) {
      text.append(flag ? "True" : "False");
    } else if (value instanceof Long number) {
      text.append(number.toString());
    } else if (value instanceof Double number) {
      text.append(Numbers.text(number));
    } else if (value instanceof BigInteger number) {
      text.append(Numbers.text(number));
    } else if (value instanceof Range range) {
      text.append(range.toString());
    } else if (value instanceof List<?> list) {
      printAll("[", list, "]");
    } else if (value instanceof Tuple tuple) {
      printAll("(", tuple.items(), tuple.items().size() == 1 ? ",)" : ")");
    } else if (value instanceof Dict dict) {
      print(dict);
    } else {
      printOther(value);
    }
    rendering.leave(1);
  }

  private void printOther(Object value) {
    if (value == None.NONE) {
      text.append("None");
    } else if (value instanceof Undefined) {
      text.append("Undefined");
    } else if (value instanceof Markup markup) {
      text.append("Markup(");
      quote(markup.text());
      text.append(")");
    } else if (value instanceof View view) {
      text.append(view.type());
      printAll("([", view.items(), "])");
    } else if (value instanceof Namespace namespace) {
      printNamespace(namespace.values());
    } else if (value instanceof LoopContext loop) {
      text.append(loop.toString());
    } else if (value instanceof Generator generator) {
      text.append("<generator object " + generator.name() + ">");
    } else if (value instanceof Macro macro) {
      text.append("<Macro '" + macro.name() + "'>");
    } else {
      text.append("<function " + ((Callable) value).name() + ">");
    }
  }

  private void printAll(String open, List<?> items, String close) {
    text.append(open);
    String separator = "";
    for (Object item : items) {
      text.append(separator);
      print(item);
      separator = ", ";
    }
    text.append(close);
  }

  private void print(Dict dict) {
    text.append("{");
    Iterator<Object> values = dict.values().iterator();
    String separator = "";
    for (Object key : dict.keys()) {
      text.append(separator);
      print(key);
      text.append(": ");
      print(values.next());
      separator = ", ";
    }
    text.append("}");
  }

  private void printNamespace(Map<String, Object> values) {
    Dict dict = new Dict();
    values.forEach(dict::put);
    text.append("<Namespace ");
    print(dict);
    text.append(">");
  }

  private void quote(String string) {
    char quote = string.indexOf('\'') >= 0 && string.indexOf('"') < 0 ? '"' : '\'';
    text.append(quote);
    for (int at = 0; at < string.length(); ) {
      int c = string.codePointAt(at);
      at += Character.charCount(c);
      if (c == quote || c == '\\') {
        text.append('\\').append((char) c);
      } else if (Chars.isPrintable(c)) {
        text.append(Character.toString(c));
      } else {
        text.append(escape(c));
      }
    }
    text.append(quote);
  }

  private static String escape(int c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> (c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x").formatted(c);
    };
  }
}
