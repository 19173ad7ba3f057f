package dev.remora.jinja.run;

import dev.remora.jinja.node.Expression;
import dev.remora.jinja.node.Target;
import dev.remora.jinja.value.Budget;
import dev.remora.jinja.value.EvaluationFailure;
import dev.remora.jinja.value.NamespaceValue;
import dev.remora.jinja.value.Value;
import java.util.List;

/** Assigns values to targets in a scope. */
record Assigner(Budget budget) implements Target.Visitor<Scope> {
  /** Assigns a value. */
  void assign(Target target, Scope scope, Value value) {
    target.accept(this, scope, value);
  }

  @Override
  public void name(Expression.Name name, Scope scope, Value value) {
    scope.set(name.name(), value);
  }

  @Override
  public void several(Target.Several several, Scope scope, Value value) {
    if (!value.isIterable()) {
      throw new EvaluationFailure("cannot unpack non-iterable " + value.typeName() + " object");
    }
    List<Value> items = value.list(budget);
    int expected = several.targets().size();
    if (items.size() > expected) {
      throw new EvaluationFailure("too many values to unpack (expected " + expected + ")");
    }
    if (items.size() < expected) {
      throw new EvaluationFailure(
          "not enough values to unpack (expected " + expected + ", got " + items.size() + ")");
    }
    for (int index = 0; index < expected; index++) {
      assign(several.targets().get(index), scope, items.get(index));
    }
  }

  @Override
  public void attribute(Target.Attribute attribute, Scope scope, Value value) {
    if (!(scope.get(attribute.namespace()) instanceof NamespaceValue namespace)) {
      throw new EvaluationFailure("cannot assign attribute on non-namespace object");
    }
    namespace.set(attribute.name(), value);
  }
}
