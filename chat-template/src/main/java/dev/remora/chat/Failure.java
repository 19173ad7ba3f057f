package dev.remora.chat;

/**
 * A problem in a template, on its way from deep in the evaluation to the place that knows template
 * and line and makes a {@link dev.remora.TemplateException} of it.
 */
final class Failure extends RuntimeException {
  Failure(String problem) {
    super(
        problem, null, false,
        false); // no stack trace: it would show the interpreter, not the template
  }

  /** What is wrong. */
  String problem() {
    return String.valueOf(getMessage());
  }
}
