package dev.remora.chat;

import java.util.ArrayList;
import java.util.List;

/** Values that are written down. */
final class Literals {
  private Literals() {}

  record Constant(Object value) implements Expression {
    @Override
    public Object evaluate(Scope scope) {
      scope.rendering().step();
      return value;
    }
  }

  record ListOf(List<Expression> items) implements Expression {
    @Override
    public Object evaluate(Scope scope) {
      return evaluated(items, scope);
    }
  }

  record TupleOf(List<Expression> items) implements Expression {
    @Override
    public Object evaluate(Scope scope) {
      return new Tuple(evaluated(items, scope));
    }
  }

  record DictOf(List<Expression> keys, List<Expression> values) implements Expression {
    @Override
    public Object evaluate(Scope scope) {
      scope.rendering().step();
      Dict dict = new Dict();
      for (int index = 0; index < keys.size(); index++) {
        dict.put(keys.get(index).evaluate(scope), values.get(index).evaluate(scope));
      }
      return dict;
    }
  }

  private static List<Object> evaluated(List<Expression> items, Scope scope) {
    scope.rendering().step();
    List<Object> values = new ArrayList<>(items.size());
    for (Expression item : items) {
      values.add(item.evaluate(scope));
    }
    return values;
  }
}
