package dev.remora.jinja.run;

import dev.remora.jinja.builtin.Globals;
import dev.remora.jinja.node.Expression;
import dev.remora.jinja.node.MacroSignature;
import dev.remora.jinja.node.Statement.Body;
import dev.remora.jinja.value.Arguments;
import dev.remora.jinja.value.BooleanValue;
import dev.remora.jinja.value.Budget;
import dev.remora.jinja.value.CallableValue;
import dev.remora.jinja.value.DictValue;
import dev.remora.jinja.value.EvaluationFailure;
import dev.remora.jinja.value.StringValue;
import dev.remora.jinja.value.TupleValue;
import dev.remora.jinja.value.UndefinedValue;
import dev.remora.jinja.value.Value;
import java.util.AbstractList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A macro as a value: a body that sees what was around its definition. */
final class MacroValue extends CallableValue {
  private static final Map<String, Function<MacroSignature, Value>> ATTRIBUTES =
      Map.of(
          "name",
          signature -> StringValue.of(signature.name()),
          "arguments",
          signature -> TupleValue.holding(names(signature.parameters())),
          "catch_kwargs",
          signature -> BooleanValue.of(signature.implicit().contains("kwargs")),
          "catch_varargs",
          signature -> BooleanValue.of(signature.implicit().contains("varargs")),
          "caller",
          signature -> BooleanValue.of(signature.implicit().contains("caller")));

  private final MacroSignature signature;
  private final Body body;
  private final Scope scope;
  private final Evaluator evaluator;
  private final Bodies bodies;

  MacroValue(MacroSignature signature, Body body, Scope scope, Evaluator evaluator, Bodies bodies) {
    this.signature = signature;
    this.body = body;
    this.scope = scope;
    this.evaluator = evaluator;
    this.bodies = bodies;
  }

  /** The names as strings, made when they are asked for. */
  private static List<Value> names(List<String> parameters) {
    return new AbstractList<>() {
      @Override
      public Value get(int index) {
        return StringValue.of(parameters.get(index));
      }

      @Override
      public int size() {
        return parameters.size();
      }
    };
  }

  @Override
  public String typeName() {
    return "Macro";
  }

  @Override
  public @Nullable Value attribute(String name) {
    Function<MacroSignature, Value> attribute = ATTRIBUTES.get(name);
    return attribute == null ? null : attribute.apply(signature);
  }

  @Override
  public Value call(Budget budget, Arguments arguments) {
    int line = budget.line();
    budget.listing(
        4L
            + signature.parameters().size()
            + arguments.positional().size()
            + arguments.named().size());
    budget.enter(signature.height());
    Scope inner = scope.inner();
    bind(arguments, inner);
    StringValue text = bodies.capture(body, inner);
    budget.leave(signature.height());
    budget.step(line);
    return text;
  }

  private void bind(Arguments arguments, Scope inner) {
    List<String> parameters = signature.parameters();
    Map<String, Value> named = new HashMap<>(arguments.named());
    int given = Math.min(arguments.positional().size(), parameters.size());
    for (int index = 0; index < given; index++) {
      inner.set(parameters.get(index), arguments.positional().get(index));
    }
    for (int index = given; index < parameters.size(); index++) {
      Value value = named.remove(parameters.get(index));
      inner.set(parameters.get(index), value == null ? defaultOf(index, inner) : value);
    }
    bindCaller(named, inner);
    bindNamed(arguments, named, inner);
    bindPositional(arguments.positional(), inner);
  }

  private Value defaultOf(int parameter, Scope inner) {
    List<Expression> defaults = signature.defaults();
    int first = signature.parameters().size() - defaults.size();
    int index = parameter - first;
    return index < 0
        ? UndefinedValue.because(
            "parameter '" + signature.parameters().get(parameter) + "' was not provided")
        : evaluator.evaluate(defaults.get(index), inner);
  }

  private void bindCaller(Map<String, Value> named, Scope inner) {
    if (signature.implicit().contains("caller") && !signature.parameters().contains("caller")) {
      Value caller = named.remove("caller");
      inner.set("caller", caller == null ? UndefinedValue.because("No caller defined") : caller);
    }
  }

  /** Binds the named arguments that no parameter has taken. */
  private void bindNamed(Arguments arguments, Map<String, Value> left, Scope inner) {
    if (signature.implicit().contains("kwargs")) {
      DictValue rest = new DictValue();
      arguments
          .named()
          .forEach(
              (name, value) -> {
                if (left.containsKey(name)) {
                  rest.put(Globals.argumentName(name), value);
                }
              });
      inner.set("kwargs", rest);
    } else if (!left.isEmpty()) {
      String name = left.keySet().iterator().next();
      throw EvaluationFailure.quoting(
          name, "macro '" + signature.name() + "' takes no keyword argument '" + name + "'");
    }
  }

  /** Binds the positional arguments that no parameter has taken. */
  private void bindPositional(List<Value> positional, Scope inner) {
    int size = signature.parameters().size();
    if (signature.implicit().contains("varargs")) {
      int given = Math.min(size, positional.size());
      inner.set("varargs", TupleValue.holding(positional.subList(given, positional.size())));
    } else if (positional.size() > size) {
      throw new EvaluationFailure(
          "macro '" + signature.name() + "' takes not more than " + size + " argument(s)");
    }
  }

  @Override
  protected String description() {
    return "<Macro '" + signature.name() + "'>";
  }
}
