package dev.remora.chat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Python's {@code format % values}. */
final class PercentFormat {
  private static final Pattern DIRECTIVE =
      Pattern.compile(
          "%(?:\\(([^)]*)\\))?([-+ #0]*)(\\*|\\d{1,9})?(?:\\.(\\*|\\d{0,9}))?[hlL]?(.)?",
          Pattern.DOTALL);

  private final Rendering rendering;
  private final Object values;
  private final List<Object> positional;
  private final Text text;
  private int used;

  private PercentFormat(Rendering rendering, Object values) {
    this.rendering = rendering;
    this.values = values;
    this.positional = values instanceof Tuple tuple ? tuple.items() : List.of(values);
    this.text = new Text(rendering);
  }

  static String format(Rendering rendering, String format, Object values) {
    PercentFormat formatting = new PercentFormat(rendering, values);
    formatting.run(format);
    return formatting.text.toString();
  }

  private void run(String format) {
    Matcher directive = DIRECTIVE.matcher(format);
    int at = 0;
    boolean named = false;
    while (directive.find(at)) {
      rendering.step();
      text.append(format.substring(at, directive.start()));
      named |= directive.group(1) != null;
      append(directive);
      at = directive.end();
    }
    text.append(format.substring(at));
    boolean container =
        values instanceof Dict || values instanceof List || values instanceof Undefined;
    if (!named && !container && used < positional.size()) {
      throw new Failure("not all arguments converted during string formatting");
    }
  }

  private void append(Matcher directive) {
    if (directive.group(5) == null) {
      throw new Failure("incomplete format");
    }
    char letter = directive.group(5).charAt(0);
    if (letter == '%') {
      text.append('%');
      return;
    }
    String flags = directive.group(2);
    long width = size(directive.group(3));
    boolean leftOfStar = flags.indexOf('-') >= 0 || width < 0;
    long precision = directive.group(4) == null ? -1 : size(directive.group(4));
    Object value = directive.group(1) == null ? next() : named(directive.group(1));
    String body = body(letter, flags, value, precision);
    String sign =
        body.startsWith("-") || body.startsWith("+") || body.startsWith(" ")
            ? body.substring(0, 1)
            : "";
    boolean number = "diueEfFgGxXo".indexOf(letter) >= 0;
    long missing = Math.abs(width) - Iteration.length(body);
    if (leftOfStar) {
      text.append(body).repeat(" ", missing);
    } else if (number && flags.indexOf('0') >= 0) {
      text.append(sign).repeat("0", missing).append(body.substring(sign.length()));
    } else {
      text.repeat(" ", missing).append(body);
    }
  }

  private long size(String digits) {
    if (digits == null || digits.isEmpty()) {
      return 0;
    }
    return digits.equals("*") ? Numbers.index(next()) : Long.parseLong(digits);
  }

  private Object next() {
    if (used >= positional.size()) {
      throw new Failure("not enough arguments for format string");
    }
    return positional.get(used++);
  }

  private Object named(String name) {
    if (!(values instanceof Dict dict)) {
      throw new Failure("format requires a mapping");
    }
    Object value = dict.get(name);
    if (value == null) {
      throw new Failure("'" + name + "'");
    }
    return value;
  }

  private String body(char letter, String flags, Object value, long precision) {
    return switch (letter) {
      case 's' -> cut(Printer.str(rendering, value), precision);
      case 'r', 'a' -> cut(Printer.repr(rendering, value), precision);
      case 'c' -> Types.isText(value) ? Types.text(value) : character(Numbers.index(value));
      case 'd', 'i', 'u', 'x', 'X', 'o' ->
          IntegerFormat.percent(letter, flags, integer(letter, value), precision);
      case 'e', 'E', 'f', 'F', 'g', 'G' -> real(letter, flags, value, precision);
      default -> throw new Failure("unsupported format character '" + letter + "'");
    };
  }

  private static String character(long c) {
    if (c < 0 || c > Character.MAX_CODE_POINT) {
      throw new Failure("character not in range(0x110000)");
    }
    return Character.toString((int) c);
  }

  private static String cut(String body, long precision) {
    long length = Iteration.length(body);
    return precision < 0 || precision >= length
        ? body
        : body.substring(0, body.offsetByCodePoints(0, (int) precision));
  }

  private static Object integer(char letter, Object value) {
    if (value instanceof Double real && "diu".indexOf(letter) >= 0) {
      return Numbers.truncated(real);
    }
    if (!Numbers.isInteger(value)) {
      throw new Failure(
          "%%%s format: a%s number is required, not %s"
              .formatted(
                  letter, "diu".indexOf(letter) >= 0 ? " real" : "n integer", Types.name(value)));
    }
    return value;
  }

  private static String real(char letter, String flags, Object value, long precision) {
    if (!Numbers.isNumber(value)) {
      throw new Failure("must be real number, not " + Types.name(value));
    }
    double real = Numbers.real(value);
    int digits = precision < 0 ? 6 : (int) Math.min(precision, Integer.MAX_VALUE);
    boolean negative = real < 0 || 1 / real < 0;
    return IntegerFormat.sign(negative, flags) + RealFormat.format(real, letter, digits);
  }
}
