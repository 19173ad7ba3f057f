package dev.remora.jinja.format;

import dev.remora.jinja.text.FloatFormat;
import dev.remora.jinja.value.Budget;
import dev.remora.jinja.value.DictValue;
import dev.remora.jinja.value.EvaluationFailure;
import dev.remora.jinja.value.IntegerValue;
import dev.remora.jinja.value.Origin;
import dev.remora.jinja.value.StringValue;
import dev.remora.jinja.value.TextBuilder;
import dev.remora.jinja.value.TupleValue;
import dev.remora.jinja.value.Value;
import java.math.BigInteger;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Python's {@code format % values}. */
public final class PercentFormat {
  private static final Pattern DIRECTIVE =
      Pattern.compile(
          "%(?:\\(([^)]*)\\))?([-+ #0]*)(\\*|[0-9]{1,9})?(?:\\.(\\*|[0-9]{0,9}))?[hlL]?(.)?",
          Pattern.DOTALL);

  private final Budget budget;
  private final Value values;
  private final List<Value> positional;
  private final TextBuilder text;
  private final @Nullable Origin origin; // of what the format itself writes
  private int used;

  private PercentFormat(Budget budget, @Nullable Origin origin, Value values) {
    this.budget = budget;
    this.origin = origin;
    this.values = values;
    this.positional = values instanceof TupleValue tuple ? tuple.items() : List.of(values);
    this.text = new TextBuilder(budget);
  }

  /** The format with each of its directives replaced; markup if the format is. */
  public static StringValue format(Budget budget, StringValue format, Value values) {
    PercentFormat formatting = new PercentFormat(budget, format.origin(), values);
    formatting.run(format);
    return formatting.text.build().like(format);
  }

  private void run(StringValue format) {
    Matcher directive = DIRECTIVE.matcher(format.text());
    int at = 0;
    boolean named = false;
    while (directive.find(at)) {
      budget.listing(5);
      text.append(format.substring(at, directive.start()));
      named |= directive.group(1) != null;
      append(directive);
      at = directive.end();
    }
    text.append(format.substring(at));
    if (!named && !mayBeLeft() && used < positional.size()) {
      throw new EvaluationFailure("not all arguments converted during string formatting");
    }
  }

  /** Whether the values may be more than the format asks for. */
  private boolean mayBeLeft() {
    return switch (values.kind()) {
      case DICT, LIST, RANGE, UNDEFINED -> true;
      default -> false;
    };
  }

  private void append(Matcher directive) {
    if (directive.group(5) == null) {
      throw new EvaluationFailure("incomplete format");
    }
    char letter = directive.group(5).charAt(0);
    if (letter == '%') {
      text.append('%', origin);
      return;
    }
    String flags = directive.group(2);
    long width = size(directive.group(3));
    boolean left = flags.indexOf('-') >= 0 || width < 0;
    long precision = directive.group(4) == null ? -1 : size(directive.group(4));
    Value value = directive.group(1) == null ? next() : named(directive.group(1));
    StringValue body = body(letter, flags, value, precision);
    long missing = Math.abs(width) - body.length();
    boolean number = "diueEfFgGxXo".indexOf(letter) >= 0;
    StringValue blank = StringValue.from(origin, " ");
    if (left) {
      text.append(body).repeat(blank, missing);
    } else if (number && flags.indexOf('0') >= 0) {
      int sign = !body.text().isEmpty() && "-+ ".indexOf(body.text().charAt(0)) >= 0 ? 1 : 0;
      text.append(body.substring(0, sign))
          .repeat(StringValue.from(origin, "0"), missing)
          .append(body.substring(sign));
    } else {
      text.repeat(blank, missing).append(body);
    }
  }

  private long size(@Nullable String digits) {
    if (digits == null || digits.isEmpty()) {
      return 0;
    }
    return digits.equals("*") ? next().index() : Long.parseLong(digits);
  }

  private Value next() {
    if (used >= positional.size()) {
      throw new EvaluationFailure("not enough arguments for format string");
    }
    return positional.get(used++);
  }

  private Value named(String name) {
    if (!(values instanceof DictValue dict)) {
      throw new EvaluationFailure("format requires a mapping");
    }
    Value value = dict.get(StringValue.of(name));
    if (value == null) {
      throw EvaluationFailure.quoting(name, "'" + name + "'");
    }
    return value;
  }

  private StringValue body(char letter, String flags, Value value, long precision) {
    return switch (letter) {
      case 's' -> cut(value.str(budget), precision);
      case 'r', 'a' -> cut(value.repr(budget), precision);
      case 'c' -> value.isString() ? value.asString() : made(value, character(value.index()));
      case 'd', 'i', 'u', 'x', 'X', 'o' ->
          made(value, IntegerFormat.percent(letter, flags, counted(letter, value), precision));
      case 'e', 'E', 'f', 'F', 'g', 'G' ->
          made(value, real(letter, flags, value.asNumber().real(), precision));
      default -> throw new EvaluationFailure("unsupported format character '" + letter + "'");
    };
  }

  /** What the format makes of a number. */
  private StringValue made(Value number, String spelling) {
    return StringValue.from(Origin.either(number.origin(), origin), spelling);
  }

  private static String character(long c) {
    if (c < 0 || c > Character.MAX_CODE_POINT) {
      throw new EvaluationFailure("character not in range(0x110000)");
    }
    return Character.toString((int) c);
  }

  private static StringValue cut(StringValue body, long precision) {
    return precision < 0 || precision >= body.length()
        ? body
        : body.substring(0, body.text().offsetByCodePoints(0, (int) precision));
  }

  private BigInteger counted(char letter, Value value) {
    BigInteger integer = integer(letter, value);
    budget.computing(integer.bitLength() / Integer.SIZE);
    return integer;
  }

  private static BigInteger integer(char letter, Value value) {
    boolean decimal = "diu".indexOf(letter) >= 0;
    if (decimal && value.is(Value.Kind.FLOAT)) {
      return IntegerValue.truncated(value.asNumber().real()).big();
    }
    if (!value.isInteger()) {
      throw new EvaluationFailure(
          "%"
              + letter
              + " format: "
              + (decimal ? "a real" : "an integer")
              + " number is required, not "
              + value.typeName());
    }
    return value.asNumber().big();
  }

  private static String real(char letter, String flags, double real, long precision) {
    int digits = precision < 0 ? 6 : IntegerFormat.checkPrecision(precision);
    boolean negative = real < 0 || 1 / real < 0;
    return IntegerFormat.sign(negative, flags) + FloatFormat.format(real, letter, digits);
  }
}
