package dev.remora.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operators. A chain of equal rank is one node, so that a long one does not nest. */
final class Operations {
  private Operations() {}

  /** {@code first op operand op operand …}, from left to right. */
  record Chain(Expression first, List<String> operators, List<Expression> operands, int line)
      implements Expression {
    @Override
    public Object evaluate(Scope scope) {
      Object value = first.evaluate(scope);
      for (int index = 0; index < operators.size(); index++) {
        Object operand = operands.get(index).evaluate(scope);
        scope.rendering().step(line);
        value = Arithmetic.apply(scope.rendering(), operators.get(index), value, operand);
      }
      return value;
    }
  }

  /** {@code -} or {@code +} before one operand. */
  record Sign(String operator, Expression operand, int line) implements Expression {
    @Override
    public Object evaluate(Scope scope) {
      scope.rendering().step(line);
      return Arithmetic.sign(operator, operand.evaluate(scope));
    }
  }

  record Not(Expression operand) implements Expression {
    @Override
    public Object evaluate(Scope scope) {
      return !Truth.of(operand.evaluate(scope));
    }
  }

  /** The first operand that decides: the first false one of {@code and}, true one of {@code or}. */
  record Junction(boolean decider, List<Expression> operands) implements Expression {
    @Override
    public Object evaluate(Scope scope) {
      int last = operands.size() - 1;
      for (Expression operand : operands.subList(0, last)) {
        Object value = operand.evaluate(scope);
        if (Truth.of(value) == decider) {
          return value;
        }
      }
      return operands.get(last).evaluate(scope);
    }
  }

  /** {@code first < operand <= operand …}: true if each holds between its two neighbours. */
  record Compare(Expression first, List<String> operators, List<Expression> operands, int line)
      implements Expression {
    @Override
    public Object evaluate(Scope scope) {
      Object left = first.evaluate(scope);
      for (int index = 0; index < operators.size(); index++) {
        Object right = operands.get(index).evaluate(scope);
        scope.rendering().step(line);
        if (!holds(scope.rendering(), operators.get(index), left, right)) {
          return false;
        }
        left = right;
      }
      return true;
    }
  }

  /** Whether a comparison holds. */
  static boolean holds(Rendering rendering, String operator, Object left, Object right) {
    return switch (operator) {
      case "==" -> Comparison.equal(rendering, left, right);
      case "!=" -> !Comparison.equal(rendering, left, right);
      case "in" -> Comparison.contains(rendering, right, left);
      case "not in" -> !Comparison.contains(rendering, right, left);
      default -> {
        int order = Comparison.order(rendering, operator, left, right);
        yield Comparison.isOrdered(left, right) && ordered(operator, order);
      }
    };
  }

  private static boolean ordered(String operator, int order) {
    return switch (operator) {
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }

  /** {@code a ~ b}: both as text. */
  record Concat(List<Expression> operands, int line) implements Expression {
    @Override
    public Object evaluate(Scope scope) {
      Rendering rendering = scope.rendering();
      rendering.step(line);
      Text text = new Text(rendering);
      for (Expression operand : operands) {
        text.append(Printer.str(rendering, operand.evaluate(scope)));
      }
      return text.toString();
    }
  }

  /** {@code value if test else otherwise}. */
  record Conditional(Expression test, Expression value, @Nullable Expression otherwise, int line)
      implements Expression {
    @Override
    public Object evaluate(Scope scope) {
      scope.rendering().step(line);
      if (Truth.of(test.evaluate(scope))) {
        return value.evaluate(scope);
      }
      return otherwise != null
          ? otherwise.evaluate(scope)
          : Undefined.because(
              "the inline if-expression on line "
                  + line
                  + " evaluated to false and no else section was defined.");
    }
  }
}
