package dev.remora.jinja.value;

/** A value that can be called: a function, a bound method, a macro, or the variable of a loop. */
public abstract non-sealed class CallableValue extends Value {
  @Override
  public final Kind kind() {
    return Kind.CALLABLE;
  }

  @Override
  public final boolean isCallable() {
    return true;
  }

  @Override
  public abstract Value call(Budget budget, Arguments arguments);

  /** What {@code repr} gives. */
  protected abstract String description();

  @Override
  final void writeRepr(ReprWriter writer) {
    writer.append(description());
  }

  @Override
  public final String toString() {
    return description();
  }
}
