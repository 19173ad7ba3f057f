package dev.remora.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code loop} is in the body of a loop. */
final class LoopContext implements Callable {
  private final List<Object> items;
  private final int depth;
  private final @Nullable Function again;
  private int index;
  private @Nullable Object lastChecked;

  LoopContext(List<Object> items, int depth, @Nullable Function again) {
    this.items = items;
    this.depth = depth;
    this.again = again;
  }

  /** The element of this turn. */
  Object item() {
    return items.get(index);
  }

  /** Goes on to the next turn; false if there is none. */
  boolean advance() {
    return ++index < items.size();
  }

  long length() {
    return items.size();
  }

  @Override
  public String name() {
    return "loop";
  }

  @Override
  public Object call(Rendering rendering, Arguments arguments) {
    if (again == null) {
      throw new Failure("The loop must have the 'recursive' marker to be called recursively.");
    }
    return again.call(rendering, arguments);
  }

  Object attribute(String name) {
    return switch (name) {
      case "index" -> index + 1L;
      case "index0" -> (long) index;
      case "revindex" -> (long) items.size() - index;
      case "revindex0" -> items.size() - index - 1L;
      case "first" -> index == 0;
      case "last" -> index == items.size() - 1;
      case "length" -> length();
      case "depth" -> depth + 1L;
      case "depth0" -> (long) depth;
      case "previtem" ->
          index > 0 ? items.get(index - 1) : Undefined.because("there is no previous item");
      case "nextitem" ->
          index + 1 < items.size()
              ? items.get(index + 1)
              : Undefined.because("there is no next item");
      case "cycle" -> new Function(name, (rendering, arguments) -> cycle(arguments));
      case "changed" -> new Function(name, this::changed);
      default -> Undefined.attribute(this, name);
    };
  }

  private Object cycle(Arguments arguments) {
    if (arguments.positional().isEmpty()) {
      throw new Failure("no items for cycling given");
    }
    return arguments.positional().get(index % arguments.positional().size());
  }

  private Object changed(Rendering rendering, Arguments arguments) {
    Object values = new Tuple(arguments.positional());
    boolean changed = lastChecked == null || !Comparison.equal(rendering, lastChecked, values);
    lastChecked = values;
    return changed;
  }

  @Override
  public String toString() {
    return "<LoopContext " + (index + 1) + "/" + items.size() + ">";
  }
}
