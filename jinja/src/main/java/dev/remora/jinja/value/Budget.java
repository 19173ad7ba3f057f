package dev.remora.jinja.value;

/**
 * What one rendering may use, what it has used, and the line that it has reached. Everything is
 * counted before it takes memory. Not thread-safe.
 */
public final class Budget {
  private static final int CHARACTERS_PER_STEP = 16;

  private final long maxSteps;
  private final long maxCharacters;
  private final int maxDepth;
  private long steps;
  private int depth;
  private int line;

  /**
   * @param maxSteps evaluated expressions, statements and elements, and the reading and copying of
   *     text; nothing takes more than some tens of bytes for each
   * @param maxCharacters UTF-16 units of the output, and of any text on the way to it
   * @param maxDepth levels of nesting, in the source, in calls of macros and in values
   */
  public Budget(long maxSteps, long maxCharacters, int maxDepth) {
    this.maxSteps = maxSteps;
    this.maxCharacters = maxCharacters;
    this.maxDepth = maxDepth;
  }

  /** Counts one step, at this line of the source. */
  public void step(int atLine) {
    line = atLine;
    step();
  }

  /** Counts one step. */
  public void step() {
    use(1);
  }

  private void use(long more) {
    if (more < 0 || more > maxSteps - steps) { // below 0: a sum that overflowed
      throw new LimitFailure(
          LimitFailure.Limit.STEPS, "template steps", maxSteps, Math.max(more, maxSteps + 1));
    }
    steps += more;
  }

  /** Counts text about to be read, or compared. */
  public void reading(long characters) {
    use(characters / CHARACTERS_PER_STEP);
  }

  /** Counts arithmetic on an int of so many words of 32 bits, which may cost their square. */
  public void computing(long words) {
    use(words * words / 32 + words / 8);
  }

  /** Counts text about to be built. */
  public void building(long characters) {
    checkLength(characters);
    use(characters / CHARACTERS_PER_STEP);
  }

  /** Refuses a text of this length. */
  public void checkLength(long characters) {
    if (characters > maxCharacters) {
      throw new LimitFailure(
          LimitFailure.Limit.CHARACTERS, "characters", maxCharacters, characters);
    }
  }

  /** Counts the elements of a list about to be built or read. */
  public void listing(long elements) {
    use(elements);
  }

  /** Goes some levels deeper; the caller leaves them again. */
  public void enter(int levels) {
    depth += levels;
    if (depth > maxDepth) {
      throw LimitFailure.tooDeep(maxDepth, depth);
    }
  }

  /** Leaves what {@link #enter} entered. */
  public void leave(int levels) {
    depth -= levels;
  }

  /** The line of the source that is being evaluated, from 1; 0 before the first. */
  public int line() {
    return line;
  }
}
