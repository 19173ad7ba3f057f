package dev.remora.jinja.run;

import dev.remora.jinja.node.Expression;
import dev.remora.jinja.node.Statement;
import dev.remora.jinja.node.Statement.Body;
import dev.remora.jinja.value.Arguments;
import dev.remora.jinja.value.Budget;
import dev.remora.jinja.value.StringValue;
import dev.remora.jinja.value.TextBuilder;
import dev.remora.jinja.value.UndefinedValue;
import dev.remora.jinja.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs the statements of one rendering. */
public final class Executor implements Statement.Visitor<Scope, Flow> {
  private final Budget budget;
  private final Evaluator evaluator;
  private final Assigner assigner;
  private TextBuilder output;

  private Executor(Budget budget) {
    this.budget = budget;
    this.evaluator = new Evaluator(budget, this::capture);
    this.assigner = new Assigner(budget);
    this.output = new TextBuilder(budget);
  }

  /**
   * What a template prints.
   *
   * @param template its statements
   * @param globals the names that every template knows
   * @param context the other names; the template changes it
   */
  public static StringValue run(
      Body template, Map<String, Value> globals, Map<String, Value> context, Budget budget) {
    Executor executor = new Executor(budget);
    executor.execute(template, Scope.outermost(globals, context));
    return executor.output.build();
  }

  private Flow execute(Statement statement, Scope scope) {
    return statement.accept(this, scope);
  }

  /** Runs a body and gives what it printed instead of printing it. */
  private StringValue capture(Body body, Scope scope) {
    TextBuilder outer = output;
    output = new TextBuilder(budget);
    execute(body, scope);
    StringValue text = output.build();
    output = outer;
    return text;
  }

  private boolean isTrue(Expression test, Scope scope) {
    return evaluator.evaluate(test, scope).isTrue();
  }

  @Override
  public Flow body(Body body, Scope scope) {
    for (Statement statement : body.statements()) {
      Flow flow = execute(statement, scope);
      if (flow != Flow.NEXT) {
        return flow;
      }
    }
    return Flow.NEXT;
  }

  @Override
  public Flow data(Statement.Data data, Scope scope) {
    budget.step();
    output.append(data.text());
    return Flow.NEXT;
  }

  @Override
  public Flow print(Statement.Print print, Scope scope) {
    budget.step(print.line());
    output.append(evaluator.evaluate(print.value(), scope).str(budget));
    return Flow.NEXT;
  }

  @Override
  public Flow condition(Statement.If condition, Scope scope) {
    budget.step(condition.line());
    for (int index = 0; index < condition.tests().size(); index++) {
      if (isTrue(condition.tests().get(index), scope)) {
        return execute(condition.bodies().get(index), scope);
      }
    }
    return execute(condition.otherwise(), scope);
  }

  @Override
  public Flow set(Statement.Set set, Scope scope) {
    budget.step(set.line());
    assigner.assign(set.target(), scope, evaluator.evaluate(set.value(), scope));
    return Flow.NEXT;
  }

  @Override
  public Flow with(Statement.With with, Scope scope) {
    budget.step(with.line());
    Scope inner = scope.inner();
    for (int index = 0; index < with.targets().size(); index++) {
      Value value = evaluator.evaluate(with.values().get(index), scope);
      assigner.assign(with.targets().get(index), inner, value);
    }
    return execute(with.body(), inner);
  }

  @Override
  public Flow loop(Statement.For loop, Scope scope) {
    budget.step(loop.line());
    run(loop, scope, evaluator.evaluate(loop.iterable(), scope), 0);
    return Flow.NEXT;
  }

  /** Runs a loop over a value; {@code depth} counts the loops around it that are the same. */
  private void run(Statement.For loop, Scope scope, Value iterable, int depth) {
    List<Value> items = chosen(loop, scope, iterable.list(budget));
    if (items.isEmpty()) {
      execute(loop.otherwise(), scope);
      return;
    }
    LoopValue variable =
        new LoopValue(items, depth, loop.recursive() ? again(loop, scope, depth) : null);
    do {
      budget.step(loop.line());
      budget.listing(2);
      Scope turn = scope.inner();
      turn.set("loop", variable);
      assigner.assign(loop.target(), turn, variable.item());
      if (execute(loop.body(), turn) == Flow.BREAK) {
        return;
      }
    } while (variable.advance());
  }

  private LoopValue.Again again(Statement.For loop, Scope scope, int depth) {
    return iterable -> {
      TextBuilder outer = output;
      output = new TextBuilder(budget);
      budget.enter(loop.height());
      run(loop, scope, iterable, depth + 1);
      budget.leave(loop.height());
      StringValue text = output.build();
      output = outer;
      return text;
    };
  }

  private List<Value> chosen(Statement.For loop, Scope scope, List<Value> items) {
    @Nullable Expression test = loop.test();
    if (test == null) {
      return items;
    }
    List<Value> chosen = new ArrayList<>();
    Scope testing = scope.inner();
    testing.set("loop", UndefinedValue.name("loop"));
    for (Value item : items) {
      budget.step(loop.line());
      assigner.assign(loop.target(), testing, item);
      if (isTrue(test, testing)) {
        chosen.add(item);
      }
    }
    return chosen;
  }

  @Override
  public Flow jump(Statement.Jump jump, Scope scope) {
    return jump.ends() ? Flow.BREAK : Flow.CONTINUE;
  }

  @Override
  public Flow macro(Statement.Macro macro, Scope scope) {
    budget.step(macro.line());
    budget.listing(10); // it keeps the scope
    String name = macro.signature().name();
    scope.set(
        name, new MacroValue(macro.signature(), macro.body(), scope, evaluator, this::capture));
    return Flow.NEXT;
  }

  @Override
  public Flow callBlock(Statement.CallBlock block, Scope scope) {
    Value function = evaluator.evaluate(block.call().function(), scope);
    Arguments given = evaluator.arguments(block.call().arguments(), scope);
    Map<String, Value> named = new LinkedHashMap<>(given.named());
    named.put(
        "caller", new MacroValue(block.signature(), block.body(), scope, evaluator, this::capture));
    budget.step(block.call().line());
    Value result = function.call(budget, new Arguments(given.positional(), named));
    output.append(result.str(budget));
    return Flow.NEXT;
  }

  @Override
  public Flow enclosed(Statement.Enclosed enclosed, Scope scope) {
    if (enclosed.generated()) {
      output.append(capture(enclosed.body(), scope.inner()).generated());
    } else {
      execute(enclosed.body(), scope.inner());
    }
    return Flow.NEXT;
  }
}
