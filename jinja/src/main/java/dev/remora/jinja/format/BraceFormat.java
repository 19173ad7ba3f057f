package dev.remora.jinja.format;

import dev.remora.jinja.text.PythonCharacters;
import dev.remora.jinja.text.PythonNumbers;
import dev.remora.jinja.value.Budget;
import dev.remora.jinja.value.EvaluationFailure;
import dev.remora.jinja.value.IntegerValue;
import dev.remora.jinja.value.StringValue;
import dev.remora.jinja.value.TextBuilder;
import dev.remora.jinja.value.Value;
import java.math.BigInteger;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Python's {@code str.format}. */
public final class BraceFormat {
  private static final Pattern LINK = Pattern.compile("\\.([^.\\[]+)|\\[([^\\]]+)\\]");

  private final Budget budget;
  private final Fields fields;
  private final Links links;
  private int automatic;
  private boolean manual;

  private BraceFormat(Budget budget, Fields fields, Links links) {
    this.budget = budget;
    this.fields = fields;
    this.links = links;
  }

  /** What a format can name. */
  public interface Fields {
    /** The arguments that are named by their index. */
    List<Value> positional();

    /** The argument of a name; null if there is none. */
    @Nullable Value named(String name);
  }

  /** How a field goes on from a value. */
  public interface Links {
    /** {@code value.name}. */
    Value attribute(Value value, StringValue name);

    /** {@code value[key]}. */
    Value item(Budget budget, Value value, Value key);
  }

  /** The format with each of its fields replaced. */
  public static StringValue format(Budget budget, StringValue format, Fields fields, Links links) {
    return new BraceFormat(budget, fields, links).run(format, 3);
  }

  private StringValue run(StringValue string, int levels) {
    if (levels == 0) {
      throw new EvaluationFailure("Max string recursion exceeded");
    }
    String format = string.text();
    TextBuilder text = new TextBuilder(budget);
    int from = 0;
    for (int at = 0; at < format.length(); at++) {
      char c = format.charAt(at);
      if (c != '{' && c != '}') {
        continue;
      }
      text.append(string.substring(from, at));
      if (at + 1 < format.length() && format.charAt(at + 1) == c) {
        from = ++at; // the second brace is itself
        continue;
      }
      if (c == '}') {
        throw new EvaluationFailure("Single '}' encountered in format string");
      }
      int end = end(format, at + 1);
      text.append(field(string.substring(at + 1, end), levels));
      at = end;
      from = end + 1;
    }
    return text.append(string.substring(from)).build();
  }

  private static int end(String format, int from) {
    int open = 1;
    for (int at = from; at < format.length(); at++) {
      char c = format.charAt(at);
      open += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (open == 0) {
        return at;
      }
    }
    throw new EvaluationFailure(
        from == format.length()
            ? "Single '{' encountered in format string"
            : "expected '}' before end of string");
  }

  private StringValue field(StringValue field, int levels) {
    budget.listing(15); // its parts are cut out, and its specifier is parsed
    int colon = field.text().indexOf(':');
    String name = colon < 0 ? field.text() : field.text().substring(0, colon);
    int mark = name.indexOf('!');
    Value value = value(mark < 0 ? name : name.substring(0, mark));
    if (mark >= 0) {
      value = converted(name.substring(mark + 1), value);
    }
    StringValue spec = colon < 0 ? StringValue.EMPTY : run(field.substring(colon + 1), levels - 1);
    return FormatSpec.parse(spec).format(budget, value);
  }

  private Value converted(String conversion, Value value) {
    return switch (conversion) {
      case "s" -> value.str(budget);
      case "r", "a" -> value.repr(budget);
      default -> throw new EvaluationFailure("Unknown conversion specifier " + conversion);
    };
  }

  private Value value(String path) {
    int first = 0;
    while (first < path.length() && path.charAt(first) != '.' && path.charAt(first) != '[') {
      first++;
    }
    Value value = argument(path.substring(0, first));
    Matcher link = LINK.matcher(path).region(first, path.length());
    while (link.lookingAt()) {
      value =
          link.group(1) != null
              ? links.attribute(value, StringValue.of(link.group(1)))
              : links.item(budget, value, key(link.group(2)));
      link.region(link.end(), path.length());
    }
    return value;
  }

  private static Value key(String key) {
    BigInteger index = PythonNumbers.parseInteger(key, 10);
    return index == null ? StringValue.of(key) : IntegerValue.of(index);
  }

  private Value argument(String name) {
    if (!name.isEmpty() && !PythonCharacters.isDecimal(name)) {
      Value value = fields.named(name);
      if (value == null) {
        throw EvaluationFailure.quoting(name, "'" + name + "'");
      }
      return value;
    }
    if (name.isEmpty() ? manual : automatic > 0) {
      throw new EvaluationFailure(
          name.isEmpty()
              ? "cannot switch from manual field specification to automatic field numbering"
              : "cannot switch from automatic field numbering to manual field specification");
    }
    manual = !name.isEmpty();
    int index = name.isEmpty() ? automatic++ : name.length() > 9 ? -1 : Integer.parseInt(name);
    if (index < 0 || index >= fields.positional().size()) {
      throw EvaluationFailure.quoting(
          name, "Replacement index " + name + " out of range for positional args tuple");
    }
    return fields.positional().get(index);
  }
}
