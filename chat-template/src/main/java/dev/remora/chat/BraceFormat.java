package dev.remora.chat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Python's {@code str.format}. */
final class BraceFormat {
  private static final Pattern LINK = Pattern.compile("\\.([^.\\[]+)|\\[([^\\]]+)\\]");

  private final Rendering rendering;
  private final Arguments arguments;
  private int automatic;
  private boolean manual;

  private BraceFormat(Rendering rendering, Arguments arguments) {
    this.rendering = rendering;
    this.arguments = arguments;
  }

  static String format(Rendering rendering, String format, Arguments arguments) {
    return new BraceFormat(rendering, arguments).run(format, 3);
  }

  private String run(String format, int levels) {
    if (levels == 0) {
      throw new Failure("Max string recursion exceeded");
    }
    Text text = new Text(rendering);
    for (int at = 0; at < format.length(); at++) {
      char c = format.charAt(at);
      boolean doubled = at + 1 < format.length() && format.charAt(at + 1) == c;
      if ((c == '{' || c == '}') && doubled) {
        text.append(c);
        at++;
      } else if (c == '{') {
        int end = end(format, at + 1);
        text.append(field(format.substring(at + 1, end), levels));
        at = end;
      } else if (c == '}') {
        throw new Failure("Single '}' encountered in format string");
      } else {
        text.append(c);
      }
    }
    return text.toString();
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
    throw new Failure(
        from == format.length()
            ? "Single '{' encountered in format string"
            : "expected '}' before end of string");
  }

  private String field(String field, int levels) {
    rendering.step();
    int colon = field.indexOf(':');
    String name = colon < 0 ? field : field.substring(0, colon);
    int mark = name.indexOf('!');
    Object value = value(mark < 0 ? name : name.substring(0, mark));
    if (mark >= 0) {
      value = converted(name.substring(mark + 1), value);
    }
    String spec = colon < 0 ? "" : run(field.substring(colon + 1), levels - 1);
    return FormatSpec.parse(spec).format(rendering, value);
  }

  private Object converted(String conversion, Object value) {
    return switch (conversion) {
      case "s" -> Printer.str(rendering, value);
      case "r", "a" -> Printer.repr(rendering, value);
      default -> throw new Failure("Unknown conversion specifier " + conversion);
    };
  }

  private Object value(String path) {
    int first = 0;
    while (first < path.length() && path.charAt(first) != '.' && path.charAt(first) != '[') {
      first++;
    }
    Object value = argument(path.substring(0, first));
    Matcher link = LINK.matcher(path).region(first, path.length());
    while (link.lookingAt()) {
      value =
          link.group(1) != null
              ? Attributes.dotted(value, link.group(1))
              : element(value, link.group(2));
      link.region(link.end(), path.length());
    }
    return value;
  }

  private Object element(Object value, String key) {
    Object index = Numbers.parseInteger(key, 10);
    return Attributes.item(rendering, value, index == null ? key : index);
  }

  private Object argument(String name) {
    if (!name.isEmpty() && !name.chars().allMatch(c -> c >= '0' && c <= '9')) {
      Object value = arguments.named().get(name);
      if (value == null) {
        throw new Failure("'" + name + "'");
      }
      return value;
    }
    if (name.isEmpty() ? manual : automatic > 0) {
      throw new Failure(
          name.isEmpty()
              ? "cannot switch from manual field specification to automatic field numbering"
              : "cannot switch from automatic field numbering to manual field specification");
    }
    manual = !name.isEmpty();
    int index = name.isEmpty() ? automatic++ : name.length() > 9 ? -1 : Integer.parseInt(name);
    if (index < 0 || index >= arguments.positional().size()) {
      throw new Failure("Replacement index " + name + " out of range for positional args tuple");
    }
    return arguments.positional().get(index);
  }
}
