package dev.remora.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names, what hangs on a value, and calls. */
final class Accesses {
  private Accesses() {}

  record Name(String name, int line) implements Expression, Target {
    @Override
    public Object evaluate(Scope scope) {
      scope.rendering().step(line);
      return scope.get(name);
    }

    @Override
    public void assign(Scope scope, Object value) {
      scope.set(name, value);
    }
  }

  /** {@code value.name}. */
  record Dotted(Expression value, String name, int line) implements Expression {
    @Override
    public Object evaluate(Scope scope) {
      Object owner = value.evaluate(scope);
      scope.rendering().step(line);
      return Attributes.dotted(owner, name);
    }
  }

  /** {@code value[key]}. */
  record Subscript(Expression value, Expression key, int line) implements Expression {
    @Override
    public Object evaluate(Scope scope) {
      Object owner = value.evaluate(scope);
      Object index = key.evaluate(scope);
      scope.rendering().step(line);
      return Attributes.item(scope.rendering(), owner, index);
    }
  }

  /** {@code value[start:stop:step]}. */
  record Slice(Expression value, Expression start, Expression stop, Expression step, int line)
      implements Expression {
    @Override
    public Object evaluate(Scope scope) {
      Object sliced = value.evaluate(scope);
      Object from = start.evaluate(scope);
      Object to = stop.evaluate(scope);
      Object by = step.evaluate(scope);
      scope.rendering().step(line);
      return Slices.of(scope.rendering(), sliced, from, to, by);
    }
  }

  /** What stands in the parentheses of a call. */
  record Inputs(
      List<Expression> positional,
      Map<String, Expression> named,
      @Nullable Expression unpacked,
      @Nullable Expression unpackedNamed) {
    static final Inputs NONE = new Inputs(List.of(), Map.of(), null, null);

    Arguments evaluate(Scope scope) {
      List<Object> values = new ArrayList<>(positional.size());
      for (Expression expression : positional) {
        values.add(expression.evaluate(scope));
      }
      if (unpacked != null) {
        values.addAll(Iteration.list(scope.rendering(), unpacked.evaluate(scope)));
      }
      if (named.isEmpty() && unpackedNamed == null) {
        return new Arguments(values, Map.of());
      }
      Map<String, Object> namedValues = new LinkedHashMap<>();
      named.forEach((name, expression) -> namedValues.put(name, expression.evaluate(scope)));
      if (unpackedNamed != null) {
        unpack(unpackedNamed.evaluate(scope), namedValues);
      }
      return new Arguments(values, namedValues);
    }

    private static void unpack(Object value, Map<String, Object> into) {
      if (!(value instanceof Dict dict)) {
        throw new Failure("argument after ** must be a mapping, not " + Types.name(value));
      }
      for (Object key : dict.keys()) {
        into.put(Types.text(key), dict.require(key));
      }
    }
  }

  /** {@code function(…)}. */
  record Call(Expression function, Inputs inputs, int line) implements Expression {
    @Override
    public Object evaluate(Scope scope) {
      Object callee = function.evaluate(scope);
      Arguments arguments = inputs.evaluate(scope);
      return call(scope, callee, arguments);
    }

    Object call(Scope scope, Object callee, Arguments arguments) {
      scope.rendering().step(line);
      if (callee instanceof Callable callable) {
        return callable.call(scope.rendering(), arguments);
      }
      if (callee instanceof Undefined undefined) {
        throw undefined.failure();
      }
      throw new Failure("'" + Types.name(callee) + "' object is not callable");
    }
  }

  /** {@code value | name(…)}. */
  record Filter(Expression value, String name, Inputs inputs, int line) implements Expression {
    @Override
    public Object evaluate(Scope scope) {
      Object filtered = value.evaluate(scope);
      Arguments arguments = inputs.evaluate(scope);
      scope.rendering().step(line);
      return Filters.named(name).call(scope.rendering(), arguments.after(filtered));
    }
  }

  /** {@code value is name(…)}. */
  record Test(Expression value, String name, Inputs inputs, int line) implements Expression {
    @Override
    public Object evaluate(Scope scope) {
      Object tested = value.evaluate(scope);
      Arguments arguments = inputs.evaluate(scope);
      scope.rendering().step(line);
      return Tests.named(name).call(scope.rendering(), arguments.after(tested));
    }
  }
}
