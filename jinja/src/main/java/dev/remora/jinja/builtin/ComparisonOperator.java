package dev.remora.jinja.builtin;

import dev.remora.jinja.value.Budget;
import dev.remora.jinja.value.Value;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Python's comparisons. */
public enum ComparisonOperator {
  EQUAL("==", (budget, left, right) -> left.isEqual(budget, right)),
  NOT_EQUAL("!=", (budget, left, right) -> !left.isEqual(budget, right)),
  LESS("<", order -> order < 0),
  LESS_OR_EQUAL("<=", order -> order <= 0),
  GREATER(">", order -> order > 0),
  GREATER_OR_EQUAL(">=", order -> order >= 0),
  IN("in", (budget, left, right) -> right.contains(budget, left)),
  NOT_IN("not in", (budget, left, right) -> !right.contains(budget, left));

  private final String symbol;

  @SuppressWarnings("ImmutableEnumChecker") // a function without state
  private final Relation relation;

  /** Whether two values are related. */
  private interface Relation {
    boolean holds(Budget budget, Value left, Value right);
  }

  ComparisonOperator(String symbol, Relation relation) {
    this.symbol = symbol;
    this.relation = relation;
  }

  ComparisonOperator(String symbol, IntPredicate order) {
    this.symbol = symbol;
    this.relation =
        (budget, left, right) -> {
          int found = left.order(budget, symbol, right);
          return !isNan(left) && !isNan(right) && order.test(found);
        };
  }

  private static boolean isNan(Value value) {
    return value.isNumber() && value.asNumber().isNan();
  }

  /** The operator of a symbol; null if there is none. */
  public static @Nullable ComparisonOperator of(String symbol) {
    for (ComparisonOperator operator : values()) {
      if (operator.symbol.equals(symbol)) {
        return operator;
      }
    }
    return null;
  }

  /** How a template writes it. */
  public String symbol() {
    return symbol;
  }

  /** Whether {@code left operator right} is true. */
  public boolean holds(Budget budget, Value left, Value right) {
    return relation.holds(budget, left, right);
  }
}
