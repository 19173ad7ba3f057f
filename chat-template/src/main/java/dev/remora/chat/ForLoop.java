package dev.remora.chat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code for target in iterable if test}, with {@code else} for a loop of no turns. */
record ForLoop(
    Target target,
    Expression iterable,
    @Nullable Expression test,
    boolean recursive,
    Statement.Body body,
    Statement.Body otherwise,
    int height,
    int line)
    implements Statement {

  @Override
  public Flow execute(Scope scope) {
    scope.rendering().step(line);
    run(scope, iterable.evaluate(scope), 0);
    return Flow.NEXT;
  }

  /** Runs the loop over a value; {@code depth} counts the loops around it that are the same. */
  private void run(Scope scope, Object value, int depth) {
    List<Object> items = chosen(scope, Iteration.list(scope.rendering(), value));
    if (items.isEmpty()) {
      otherwise.execute(scope);
      return;
    }
    LoopContext loop = new LoopContext(items, depth, recursive ? again(scope, depth) : null);
    do {
      scope.rendering().step(line);
      Scope turn = scope.inner();
      turn.set("loop", loop);
      target.assign(turn, loop.item());
      if (body.execute(turn) == Flow.BREAK) {
        return;
      }
    } while (loop.advance());
  }

  private Function again(Scope scope, int depth) {
    return new Function(
        "loop",
        (rendering, arguments) -> {
          Object value = arguments.bind("loop", "iterable").get("iterable");
          rendering.enter(height);
          String text = rendering.capture(() -> run(scope, value, depth + 1));
          rendering.leave(height);
          return text;
        });
  }

  private List<Object> chosen(Scope scope, List<Object> items) {
    if (test == null) {
      return items;
    }
    List<Object> chosen = new ArrayList<>();
    Scope testing = scope.inner();
    testing.set("loop", Undefined.name("loop"));
    for (Object item : items) {
      scope.rendering().step(line);
      target.assign(testing, item);
      if (Truth.of(test.evaluate(testing))) {
        chosen.add(item);
      }
    }
    return chosen;
  }
}
