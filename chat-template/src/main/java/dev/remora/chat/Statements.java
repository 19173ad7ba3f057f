package dev.remora.chat;

import dev.remora.chat.Statement.Body;
import dev.remora.chat.Statement.Flow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The statements but loops. */
final class Statements {
  private Statements() {}

  /** Text outside of tags. */
  record Data(String text) implements Statement {
    @Override
    public Flow execute(Scope scope) {
      scope.rendering().step();
      scope.rendering().output().append(text);
      return Flow.NEXT;
    }
  }

  /** {@code {{ value }}}. */
  record Print(Expression value, int line) implements Statement {
    @Override
    public Flow execute(Scope scope) {
      Rendering rendering = scope.rendering();
      rendering.step(line);
      rendering.output().append(Printer.str(rendering, value.evaluate(scope)));
      return Flow.NEXT;
    }
  }

  /** {@code if}, with one test and one body for it and each {@code elif}. */
  record If(List<Expression> tests, List<Body> bodies, Body otherwise, int line)
      implements Statement {
    @Override
    public Flow execute(Scope scope) {
      scope.rendering().step(line);
      for (int index = 0; index < tests.size(); index++) {
        if (Truth.of(tests.get(index).evaluate(scope))) {
          return bodies.get(index).execute(scope);
        }
      }
      return otherwise.execute(scope);
    }
  }

  /** {@code set target = value}. */
  record Set(Target target, Expression value, int line) implements Statement {
    @Override
    public Flow execute(Scope scope) {
      scope.rendering().step(line);
      target.assign(scope, value.evaluate(scope));
      return Flow.NEXT;
    }
  }

  /** {@code set target} … {@code endset}, through filters or not. */
  record SetBlock(Target target, Captured value, int line) implements Statement {
    @Override
    public Flow execute(Scope scope) {
      scope.rendering().step(line);
      target.assign(scope, value.evaluate(scope));
      return Flow.NEXT;
    }
  }

  /** What a body prints, as a value that can be filtered. */
  record Captured(Body body, @Nullable Expression filters) implements Expression {
    static final String NAME = " captured"; // no name that a template can write

    @Override
    public Object evaluate(Scope scope) {
      Scope inner = scope.inner();
      String text = body.captured(inner);
      if (filters == null) {
        return text;
      }
      Scope filtering = scope.inner();
      filtering.set(NAME, text);
      return filters.evaluate(filtering);
    }
  }

  /** {@code with name = value, …}: the values are those outside. */
  record With(List<Target> targets, List<Expression> values, Body body, int line)
      implements Statement {
    @Override
    public Flow execute(Scope scope) {
      scope.rendering().step(line);
      Scope inner = scope.inner();
      for (int index = 0; index < targets.size(); index++) {
        targets.get(index).assign(inner, values.get(index).evaluate(scope));
      }
      return body.execute(inner);
    }
  }

  /** {@code break} or {@code continue}. */
  record Jump(Flow flow) implements Statement {
    @Override
    public Flow execute(Scope scope) {
      return flow;
    }
  }

  /** {@code macro}. */
  record MacroDefinition(Macro.Signature signature, Body body, int line) implements Statement {
    @Override
    public Flow execute(Scope scope) {
      scope.rendering().step(line);
      scope.set(signature.name(), new Macro(signature, body, scope));
      return Flow.NEXT;
    }
  }

  /** {@code call(…) macro(…)} … {@code endcall}: the body becomes the macro's {@code caller}. */
  record CallBlock(Accesses.Call call, Macro.Signature signature, Body body) implements Statement {
    @Override
    public Flow execute(Scope scope) {
      Rendering rendering = scope.rendering();
      Object callee = call.function().evaluate(scope);
      Arguments given = call.inputs().evaluate(scope);
      Map<String, Object> named = new LinkedHashMap<>(given.named());
      named.put("caller", new Macro(signature, body, scope));
      Object result = call.call(scope, callee, new Arguments(given.positional(), named));
      rendering.output().append(Printer.str(rendering, result));
      return Flow.NEXT;
    }
  }

  /** {@code block} and {@code generation}: a body in a scope of its own. */
  record Enclosed(Body body) implements Statement {
    @Override
    public Flow execute(Scope scope) {
      body.execute(scope.inner());
      return Flow.NEXT;
    }
  }
}
