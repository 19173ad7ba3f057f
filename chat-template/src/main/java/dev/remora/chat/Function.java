package dev.remora.chat;

/**
 * A function of the language: a global, a filter, a test, or a method that is bound to its value.
 *
 * @param name its name
 * @param body what it does
 */
record Function(String name, Body body) implements Callable {
  /** What a function does. */
  @FunctionalInterface
  interface Body {
    Object call(Rendering rendering, Arguments arguments);
  }

  @Override
  public Object call(Rendering rendering, Arguments arguments) {
    return body.call(rendering, arguments);
  }
}
