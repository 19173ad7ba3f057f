package dev.remora.chat;

/** A value that can be called. */
interface Callable {
  /** The name, for error messages. */
  String name();

  Object call(Rendering rendering, Arguments arguments);
}
