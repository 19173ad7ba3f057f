package dev.remora.jinja.run;

import dev.remora.jinja.builtin.Attributes;
import dev.remora.jinja.builtin.Builtins;
import dev.remora.jinja.node.CallArguments;
import dev.remora.jinja.node.Expression;
import dev.remora.jinja.value.Arguments;
import dev.remora.jinja.value.BooleanValue;
import dev.remora.jinja.value.Budget;
import dev.remora.jinja.value.DictValue;
import dev.remora.jinja.value.EvaluationFailure;
import dev.remora.jinja.value.ListValue;
import dev.remora.jinja.value.StringValue;
import dev.remora.jinja.value.TextBuilder;
import dev.remora.jinja.value.TupleValue;
import dev.remora.jinja.value.UndefinedValue;
import dev.remora.jinja.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Expressions to values. */
final class Evaluator implements Expression.Visitor<Scope, Value> {
  private final Budget budget;
  private final Bodies bodies;

  Evaluator(Budget budget, Bodies bodies) {
    this.budget = budget;
    this.bodies = bodies;
  }

  /** The value of an expression. */
  Value evaluate(Expression expression, Scope scope) {
    return expression.accept(this, scope);
  }

  @Override
  public Value literal(Expression.Literal literal, Scope scope) {
    budget.step();
    return literal.value();
  }

  @Override
  public Value list(Expression.ListDisplay list, Scope scope) {
    return ListValue.holding(evaluateAll(list.items(), scope));
  }

  @Override
  public Value tuple(Expression.TupleDisplay tuple, Scope scope) {
    return TupleValue.holding(evaluateAll(tuple.items(), scope));
  }

  private List<Value> evaluateAll(List<Expression> items, Scope scope) {
    budget.listing(3);
    List<Value> values = new ArrayList<>(items.size());
    for (Expression item : items) {
      values.add(evaluate(item, scope));
    }
    return values;
  }

  @Override
  public Value dict(Expression.DictDisplay dict, Scope scope) {
    budget.listing(6);
    DictValue value = new DictValue(dict.keys().size());
    for (int index = 0; index < dict.keys().size(); index++) {
      Value key = evaluate(dict.keys().get(index), scope);
      value.put(budget, key, evaluate(dict.values().get(index), scope));
    }
    return value;
  }

  @Override
  public Value name(Expression.Name name, Scope scope) {
    budget.step(name.line());
    return scope.get(name.name());
  }

  @Override
  public Value attribute(Expression.Attribute attribute, Scope scope) {
    Value owner = evaluate(attribute.value(), scope);
    budget.step(attribute.line());
    return Attributes.dotted(owner, attribute.name());
  }

  @Override
  public Value subscript(Expression.Subscript subscript, Scope scope) {
    Value owner = evaluate(subscript.value(), scope);
    Value key = evaluate(subscript.key(), scope);
    budget.step(subscript.line());
    return Attributes.item(budget, owner, key);
  }

  @Override
  public Value slice(Expression.Slice slice, Scope scope) {
    Value sliced = evaluate(slice.value(), scope);
    Value start = evaluate(slice.start(), scope);
    Value stop = evaluate(slice.stop(), scope);
    Value step = evaluate(slice.step(), scope);
    budget.step(slice.line());
    return sliced.slice(budget, start, stop, step);
  }

  @Override
  public Value call(Expression.Call call, Scope scope) {
    Value function = evaluate(call.function(), scope);
    Arguments arguments = arguments(call.arguments(), scope);
    budget.step(call.line());
    return function.call(budget, arguments);
  }

  @Override
  public Value filter(Expression.Filter filter, Scope scope) {
    Value value = evaluate(filter.value(), scope);
    Arguments arguments = arguments(filter.arguments(), scope);
    budget.step(filter.line());
    return Builtins.filter(filter.name()).call(budget, value, arguments);
  }

  @Override
  public Value test(Expression.Test test, Scope scope) {
    Value value = evaluate(test.value(), scope);
    Arguments arguments = arguments(test.arguments(), scope);
    budget.step(test.line());
    return Builtins.test(test.name()).call(budget, value, arguments);
  }

  /** The arguments of a call. */
  Arguments arguments(CallArguments arguments, Scope scope) {
    if (arguments.isEmpty()) {
      return Arguments.NONE;
    }
    List<Value> positional = new ArrayList<>(arguments.positional().size());
    for (Expression argument : arguments.positional()) {
      positional.add(evaluate(argument, scope));
    }
    Expression unpacked = arguments.unpacked();
    if (unpacked != null) {
      positional.addAll(evaluate(unpacked, scope).list(budget));
    }
    Expression unpackedNamed = arguments.unpackedNamed();
    if (arguments.named().isEmpty() && unpackedNamed == null) {
      return new Arguments(positional, Map.of());
    }
    Map<String, Value> named = new LinkedHashMap<>();
    arguments.named().forEach((name, argument) -> named.put(name, evaluate(argument, scope)));
    if (unpackedNamed != null) {
      unpack(evaluate(unpackedNamed, scope), named);
    }
    return new Arguments(positional, named);
  }

  private void unpack(Value value, Map<String, Value> into) {
    if (!(value instanceof DictValue dict)) {
      throw new EvaluationFailure("argument after ** must be a mapping, not " + value.typeName());
    }
    budget.listing(3 * dict.length());
    for (Value name : dict.keys()) {
      into.put(name.asString().text(), dict.require(name));
    }
  }

  @Override
  public Value arithmetic(Expression.Arithmetic arithmetic, Scope scope) {
    Value value = evaluate(arithmetic.first(), scope);
    for (int index = 0; index < arithmetic.operators().size(); index++) {
      Value operand = evaluate(arithmetic.operands().get(index), scope);
      budget.step(arithmetic.line());
      value = arithmetic.operators().get(index).apply(budget, value, operand);
    }
    return value;
  }

  @Override
  public Value sign(Expression.Sign sign, Scope scope) {
    budget.step(sign.line());
    return sign.operator().apply(budget, evaluate(sign.operand(), scope));
  }

  @Override
  public Value not(Expression.Not not, Scope scope) {
    return BooleanValue.of(!evaluate(not.operand(), scope).isTrue());
  }

  @Override
  public Value junction(Expression.Junction junction, Scope scope) {
    int last = junction.operands().size() - 1;
    for (int index = 0; index < last; index++) {
      Value value = evaluate(junction.operands().get(index), scope);
      if (value.isTrue() == junction.decider()) {
        return value;
      }
    }
    return evaluate(junction.operands().get(last), scope);
  }

  @Override
  public Value comparison(Expression.Comparison comparison, Scope scope) {
    Value left = evaluate(comparison.first(), scope);
    for (int index = 0; index < comparison.operators().size(); index++) {
      Value right = evaluate(comparison.operands().get(index), scope);
      budget.step(comparison.line());
      if (!comparison.operators().get(index).holds(budget, left, right)) {
        return BooleanValue.FALSE;
      }
      left = right;
    }
    return BooleanValue.TRUE;
  }

  @Override
  public Value concatenation(Expression.Concatenation concatenation, Scope scope) {
    budget.step(concatenation.line());
    TextBuilder text = new TextBuilder(budget);
    for (Expression operand : concatenation.operands()) {
      text.append(evaluate(operand, scope).str(budget));
    }
    return text.build();
  }

  @Override
  public Value conditional(Expression.Conditional conditional, Scope scope) {
    budget.step(conditional.line());
    if (evaluate(conditional.test(), scope).isTrue()) {
      return evaluate(conditional.value(), scope);
    }
    Expression otherwise = conditional.otherwise();
    return otherwise != null
        ? evaluate(otherwise, scope)
        : UndefinedValue.because(
            "the inline if-expression on line "
                + conditional.line()
                + " evaluated to false and no else section was defined.");
  }

  @Override
  public Value captured(Expression.Captured captured, Scope scope) {
    StringValue text = bodies.capture(captured.body(), scope.inner());
    Expression filters = captured.filters();
    if (filters == null) {
      return text;
    }
    Scope filtering = scope.inner();
    filtering.set(Expression.Captured.NAME, text);
    return evaluate(filters, filtering);
  }
}
