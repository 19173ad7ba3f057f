package dev.remora.core.guard;

/**
 * Ends the building of a tokenizer whose load must end: what builds asks before each stage, and in
 * each loop whose length the bundle chooses. Thread-safe.
 */
@FunctionalInterface
public interface BuildGuard {
  /** Lets everything be built to its end. */
  BuildGuard NONE = () -> {};

  /**
   * Throws once the load must end.
   *
   * @throws dev.remora.LoadException if its deadline has passed, or its caller gave it up
   */
  void check();

  /** The same in a loop of small steps, numbered one by one: looks at every 4,096th. */
  default void check(int step) {
    if ((step & 0xFFF) == 0) {
      check();
    }
  }
}
