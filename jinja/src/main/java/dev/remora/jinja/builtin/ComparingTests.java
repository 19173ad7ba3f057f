package dev.remora.jinja.builtin;

import dev.remora.jinja.value.Budget;
import dev.remora.jinja.value.IntegerValue;
import dev.remora.jinja.value.Value;
import java.util.HashMap;
import java.util.Map;

/** The tests that compare a value, with another or with a class of values. */
final class ComparingTests {
  static final Map<String, Builtin> ALL = all();

  private ComparingTests() {}

  private static Map<String, Builtin> all() {
    Map<String, Builtin> tests =
        new HashMap<>(
            Builtin.byName(
                CharacterMethods.asTest("lower", CharacterMethods::isLower),
                CharacterMethods.asTest("upper", CharacterMethods::isUpper),
                Builtin.test(
                    "odd", (budget, value, none) -> remains(budget, value, IntegerValue.of(2), 1)),
                Builtin.test(
                    "even", (budget, value, none) -> remains(budget, value, IntegerValue.of(2), 0)),
                Builtin.test(
                    "divisibleby",
                    (budget, value, bound) -> remains(budget, value, bound.get("num"), 0),
                    "num"),
                Builtin.test(
                    "sameas",
                    (budget, value, bound) -> isSame(budget, value, bound.get("other")),
                    "other")));
    compare(tests, ComparisonOperator.EQUAL, "==", "eq", "equalto");
    compare(tests, ComparisonOperator.NOT_EQUAL, "!=", "ne");
    compare(tests, ComparisonOperator.LESS, "<", "lt", "lessthan");
    compare(tests, ComparisonOperator.LESS_OR_EQUAL, "<=", "le");
    compare(tests, ComparisonOperator.GREATER, ">", "gt", "greaterthan");
    compare(tests, ComparisonOperator.GREATER_OR_EQUAL, ">=", "ge");
    compare(tests, ComparisonOperator.IN, "in");
    return tests;
  }

  private static void compare(
      Map<String, Builtin> tests, ComparisonOperator operator, String... names) {
    for (String name : names) {
      tests.put(
          name,
          Builtin.test(
              name,
              (budget, value, bound) -> operator.holds(budget, value, bound.get("other")),
              "other"));
    }
  }

  private static boolean remains(Budget budget, Value value, Value divisor, long remainder) {
    Value rest = BinaryOperator.MODULO.apply(budget, value, divisor);
    return rest.isEqual(budget, IntegerValue.of(remainder));
  }

  /** Whether two values are one object, as far as Python shows it: equal ints and strings are. */
  private static boolean isSame(Budget budget, Value value, Value other) {
    boolean scalar =
        value.is(Value.Kind.INTEGER) || (value.isString() && !value.asString().isMarkup());
    return value == other
        || (scalar && value.typeName().equals(other.typeName()) && value.isEqual(budget, other));
  }
}
