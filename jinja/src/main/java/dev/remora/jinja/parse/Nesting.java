package dev.remora.jinja.parse;

import dev.remora.jinja.value.LimitFailure;

/** How deep the parser is in the source, and how deep it has been since it was asked. */
final class Nesting {
  private final int bound;
  private int depth;
  private int deepest;

  Nesting(int bound) {
    this.bound = bound;
  }

  void enter() {
    enter(1);
  }

  void enter(int levels) {
    depth += levels;
    deepest = Math.max(deepest, depth);
    if (depth > bound) {
      throw LimitFailure.tooDeep(bound, depth);
    }
  }

  void leave() {
    leave(1);
  }

  void leave(int levels) {
    depth -= levels;
  }

  /** Begins to measure a height; give the answer to {@link #height}. */
  int mark() {
    int outer = deepest;
    deepest = depth;
    return outer;
  }

  /** How much deeper than here it has been since {@link #mark}, at least 1. */
  int height(int mark) {
    int height = deepest - depth + 1;
    deepest = Math.max(mark, deepest);
    return height;
  }
}
