package dev.remora.jinja.run;

import dev.remora.jinja.value.Arguments;
import dev.remora.jinja.value.BooleanValue;
import dev.remora.jinja.value.Budget;
import dev.remora.jinja.value.CallableValue;
import dev.remora.jinja.value.EvaluationFailure;
import dev.remora.jinja.value.IntegerValue;
import dev.remora.jinja.value.TupleValue;
import dev.remora.jinja.value.UndefinedValue;
import dev.remora.jinja.value.Value;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What {@code loop} is in the body of a loop. Calling it runs a recursive loop once more. */
final class LoopValue extends CallableValue {
  private static final Map<String, Function<LoopValue, Value>> ATTRIBUTES =
      Map.ofEntries(
          Map.entry("index", loop -> IntegerValue.of(loop.index + 1L)),
          Map.entry("index0", loop -> IntegerValue.of(loop.index)),
          Map.entry("revindex", loop -> IntegerValue.of((long) loop.items.size() - loop.index)),
          Map.entry("revindex0", loop -> IntegerValue.of(loop.items.size() - loop.index - 1L)),
          Map.entry("first", loop -> BooleanValue.of(loop.index == 0)),
          Map.entry("last", loop -> BooleanValue.of(loop.index == loop.items.size() - 1)),
          Map.entry("length", loop -> IntegerValue.of(loop.items.size())),
          Map.entry("depth", loop -> IntegerValue.of(loop.depth + 1L)),
          Map.entry("depth0", loop -> IntegerValue.of(loop.depth)),
          Map.entry("previtem", LoopValue::previous),
          Map.entry("nextitem", LoopValue::next),
          Map.entry("cycle", loop -> new LoopMethod("cycle", loop::cycle)),
          Map.entry("changed", loop -> new LoopMethod("changed", loop::changed)));

  private final List<Value> items;
  private final int depth;
  private final @Nullable Again again;
  private int index;
  private @Nullable Value lastChecked;

  /**
   * @param items the elements, of which there is at least one
   * @param depth how many loops around it are the same
   * @param again runs the loop over other elements; null for a loop that is not recursive
   */
  LoopValue(List<Value> items, int depth, @Nullable Again again) {
    this.items = items;
    this.depth = depth;
    this.again = again;
  }

  /** Runs the loop over other elements, one level deeper. */
  interface Again {
    Value run(Value iterable);
  }

  /** The element of this turn. */
  Value item() {
    return items.get(index);
  }

  /** Goes on to the next turn; false if there is none. */
  boolean advance() {
    return ++index < items.size();
  }

  @Override
  public String typeName() {
    return "LoopContext";
  }

  @Override
  public boolean isIterable() {
    return true;
  }

  @Override
  public long length() {
    return items.size();
  }

  @Override
  public @Nullable Value attribute(String name) {
    Function<LoopValue, Value> attribute = ATTRIBUTES.get(name);
    return attribute == null ? null : attribute.apply(this);
  }

  @Override
  public Value call(Budget budget, Arguments arguments) {
    if (again == null) {
      throw new EvaluationFailure(
          "The loop must have the 'recursive' marker to be called recursively.");
    }
    if (arguments.positional().size() != 1 || !arguments.named().isEmpty()) {
      throw new EvaluationFailure("loop() takes exactly one argument");
    }
    return again.run(arguments.positional().get(0));
  }

  private Value previous() {
    return index > 0 ? items.get(index - 1) : UndefinedValue.because("there is no previous item");
  }

  private Value next() {
    return index + 1 < items.size()
        ? items.get(index + 1)
        : UndefinedValue.because("there is no next item");
  }

  private Value cycle(Budget budget, Arguments arguments) {
    if (arguments.positional().isEmpty()) {
      throw new EvaluationFailure("no items for cycling given");
    }
    return arguments.positional().get(index % arguments.positional().size());
  }

  private Value changed(Budget budget, Arguments arguments) {
    Value last = lastChecked;
    Value values = TupleValue.holding(arguments.positional());
    lastChecked = values;
    return BooleanValue.of(last == null || !last.isEqual(budget, values));
  }

  @Override
  protected String description() {
    return "<LoopContext " + (index + 1) + "/" + items.size() + ">";
  }

  /** A method of a loop. */
  private static final class LoopMethod extends CallableValue {
    private final String name;
    private final Body body;

    LoopMethod(String name, Body body) {
      this.name = name;
      this.body = body;
    }

    /** What the method does. */
    interface Body {
      Value call(Budget budget, Arguments arguments);
    }

    @Override
    public String typeName() {
      return "function";
    }

    @Override
    public Value call(Budget budget, Arguments arguments) {
      return body.call(budget, arguments);
    }

    @Override
    protected String description() {
      return "<function " + name + ">";
    }
  }
}
