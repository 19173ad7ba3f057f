package dev.remora.chat;

import dev.remora.LimitException;
import java.time.Clock;

/**
 * One rendering under way: where its text goes, what it has used, and where in the source it is.
 */
final class Rendering {
  private static final int CHARACTERS_A_STEP = 16;

  private final Limits limits;
  private final Clock clock;
  private Text output;
  private long steps;
  private int depth;
  private int line;

  Rendering(Limits limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
    this.output = new Text(this);
  }

  /** Counts one step, at this line of the source. */
  void step(int atLine) {
    line = atLine;
    step();
  }

  /** Counts one step. */
  void step() {
    use(1);
  }

  private void use(long more) {
    if (more < 0 || more > limits.steps() - steps) { // below 0: a sum that overflowed
      throw new LimitException(
          Limits.STEPS, "template steps", limits.steps(), Math.max(more, steps + 1));
    }
    steps += more;
  }

  /** Counts text about to be built, before it takes memory. */
  void building(long characters) {
    checkLength(characters);
    use(characters / CHARACTERS_A_STEP);
  }

  /** Refuses a text of this length. */
  void checkLength(long characters) {
    if (characters > limits.characters()) {
      throw new LimitException(Limits.CHARACTERS, "characters", limits.characters(), characters);
    }
  }

  /** Counts a list about to be built, before it takes memory. */
  void listing(long elements) {
    use(elements);
  }

  /** Goes some levels deeper; the caller leaves them again. */
  void enter(int levels) {
    depth += levels;
    if (depth > limits.depth()) {
      throw tooDeep(limits.depth(), depth);
    }
  }

  /** Leaves what {@link #enter} entered. */
  void leave(int levels) {
    depth -= levels;
  }

  static LimitException tooDeep(long bound, long observed) {
    return new LimitException(Limits.DEPTH, "levels of nesting", bound, observed);
  }

  /** Where printed text goes. */
  Text output() {
    return output;
  }

  /** Runs a body and gives what it printed instead of printing it. */
  String capture(Runnable body) {
    Text outer = output;
    output = new Text(this);
    try {
      body.run();
      return output.toString();
    } finally {
      output = outer;
    }
  }

  /** The clock that {@code strftime_now} reads. */
  Clock clock() {
    return clock;
  }

  /** The line of the source that is being evaluated, from 1. */
  int line() {
    return line;
  }
}
