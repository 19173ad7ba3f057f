package dev.remora.chat;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** The tests of {@code value is name}. */
final class Tests {
  private static final Map<String, Function> ALL = new HashMap<>();

  static {
    one("defined", value -> !(value instanceof Undefined));
    one("undefined", value -> value instanceof Undefined);
    one("none", value -> value == None.NONE);
    one("boolean", value -> value instanceof Boolean);
    one("true", value -> value.equals(true));
    one("false", value -> value.equals(false));
    one("integer", value -> value instanceof Long || value instanceof BigInteger);
    one("float", value -> value instanceof Double);
    one("number", Numbers::isNumber);
    one("string", Types::isText);
    one("mapping", value -> value instanceof Dict);
    one("iterable", Iteration::isPossible);
    one("sequence", Tests::isSequence);
    one("callable", value -> value instanceof Callable || value instanceof Undefined);
    one("escaped", value -> value instanceof Markup);
    one("filter", value -> value instanceof String name && Filters.exists(name));
    one("test", value -> value instanceof String name && exists(name));
    cased("lower");
    cased("upper");
    remainder("odd", 2, 1);
    remainder("even", 2, 0);
    add("divisibleby", Tests::isDivisible);
    add("sameas", (rendering, arguments) -> isSame(arguments));
    compare("==", "==", "eq", "equalto");
    compare("!=", "!=", "ne");
    compare("<", "<", "lt", "lessthan");
    compare("<=", "<=", "le");
    compare(">", ">", "gt", "greaterthan");
    compare(">=", ">=", "ge");
    compare("in", "in");
  }

  private Tests() {}

  /** The test of this name. */
  static Function named(String name) {
    Function test = ALL.get(name);
    if (test == null) {
      throw new Failure("No test named '" + name + "'.");
    }
    return test;
  }

  static boolean exists(String name) {
    return ALL.containsKey(name);
  }

  private static void add(String name, Function.Body body) {
    ALL.put(name, new Function(name, body));
  }

  private static void one(String name, Predicate<Object> test) {
    add(name, (rendering, arguments) -> test.test(arguments.bind(name, "value").get("value")));
  }

  private static void compare(String operator, String... names) {
    for (String name : names) {
      add(
          name,
          (rendering, arguments) -> {
            Bound bound = arguments.bind(name, "value", "other");
            return Operations.holds(rendering, operator, bound.get("value"), bound.get("other"));
          });
    }
  }

  private static void cased(String name) {
    add(
        name,
        (rendering, arguments) -> {
          Object value = arguments.bind(name, "value").get("value");
          String text = Printer.str(rendering, value);
          return StringMethods.call(
              rendering, text, "is" + name.toLowerCase(Locale.ROOT), Arguments.NONE);
        });
  }

  private static void remainder(String name, long divisor, long remainder) {
    add(
        name,
        (rendering, arguments) -> {
          Object value = arguments.bind(name, "value").get("value");
          Object rest = Arithmetic.apply(rendering, "%", value, divisor);
          return Comparison.equal(rendering, rest, remainder);
        });
  }

  private static Object isDivisible(Rendering rendering, Arguments arguments) {
    Bound bound = arguments.bind("divisibleby", "value", "num");
    Object rest = Arithmetic.apply(rendering, "%", bound.get("value"), bound.get("num"));
    return Comparison.equal(rendering, rest, 0L);
  }

  private static boolean isSequence(Object value) {
    return Types.isText(value)
        || value instanceof List
        || value instanceof Tuple
        || value instanceof Dict
        || value instanceof Undefined;
  }

  private static boolean isSame(Arguments arguments) {
    Bound bound = arguments.bind("sameas", "value", "other");
    Object value = bound.get("value");
    Object other = bound.get("other");
    boolean scalar = value instanceof Long || value instanceof Boolean || value instanceof String;
    return value == other || (scalar && value.equals(other));
  }
}
