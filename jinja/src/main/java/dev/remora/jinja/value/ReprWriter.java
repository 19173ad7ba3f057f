package dev.remora.jinja.value;

import dev.remora.jinja.text.PythonCharacters;
import dev.remora.jinja.text.PythonNumbers;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as Python's {@code repr}. Characters of strings and numbers keep their origin; what
 * is written around them counts as given to the template, not as its own.
 */
final class ReprWriter {
  private final Budget budget;
  private final TextBuilder text;

  ReprWriter(Budget budget) {
    this.budget = budget;
    this.text = new TextBuilder(budget);
  }

  /** What has been written. */
  StringValue result() {
    return text.build();
  }

  /** Writes a value, one level deeper than the one around it. */
  void write(Value value) {
    budget.step();
    budget.enter(1);
    value.writeRepr(this);
    budget.leave(1);
  }

  /** Counts arithmetic on so many words. */
  void computing(long words) {
    budget.computing(words);
  }

  ReprWriter append(String part) {
    return append(part, Origin.UNKNOWN);
  }

  /** Writes text that is made of something. */
  ReprWriter append(String part, @Nullable Origin origin) {
    text.append(part, origin);
    return this;
  }

  /** Writes elements with commas between them. */
  ReprWriter all(Iterable<Value> items) {
    String separator = "";
    for (Value item : items) {
      append(separator);
      write(item);
      separator = ", ";
    }
    return this;
  }

  /** Writes keys and values in braces. */
  void entries(Iterable<? extends Value> keys, Iterable<Value> values) {
    Iterator<Value> each = values.iterator();
    String separator = "{";
    for (Value key : keys) {
      append(separator);
      write(key);
      append(": ");
      write(each.next());
      separator = ", ";
    }
    append(separator.equals("{") ? "{}" : "}");
  }

  /** Writes a string in quotes, with escapes. */
  ReprWriter quote(StringValue value) {
    String string = value.text();
    Origin around = value.origin() == null ? Origin.UNKNOWN : value.origin();
    char quote = string.indexOf('\'') >= 0 && string.indexOf('"') < 0 ? '"' : '\'';
    budget.reading(8L * string.length());
    text.append(quote, around);
    for (int at = 0; at < string.length(); ) {
      int c = string.codePointAt(at);
      Origin origin = value.originAt(at);
      at += Character.charCount(c);
      if (c == quote || c == '\\') {
        text.append('\\', origin).append((char) c, origin);
      } else if (PythonCharacters.isPrintable(c)) {
        text.append(Character.toString(c), origin);
      } else {
        text.append(escape(c), origin);
      }
    }
    text.append(quote, around);
    return this;
  }

  private static String escape(int c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default ->
          c < 0x100
              ? "\\x" + PythonNumbers.hexadecimal(c, 2)
              : c < 0x10000
                  ? "\\u" + PythonNumbers.hexadecimal(c, 4)
                  : "\\U" + PythonNumbers.hexadecimal(c, 8);
    };
  }
}
