package dev.remora.remote;

import java.time.Duration;

/** How options are checked; each message begins with the name of a setting. */
final class Checks {
  /** What fits into a long number of nanoseconds. */
  private static final Duration MAX_DURATION = Duration.ofNanos(Long.MAX_VALUE);

  private Checks() {}

  static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  static void requirePositive(String name, long value) {
    require(value > 0, name + " must be positive: " + value);
  }

  /** More than 0, and so short that it fits. */
  static void requirePositive(String name, Duration value) {
    require(!value.isNegative() && !value.isZero(), name + " must be positive: " + value);
    requireFits(name, value);
  }

  /** From 0, and so short that it fits. */
  static void requireNotNegative(String name, Duration value) {
    require(!value.isNegative(), name + " must not be negative: " + value);
    requireFits(name, value);
  }

  private static void requireFits(String name, Duration value) {
    require(value.compareTo(MAX_DURATION) <= 0, name + " must be at most 292 years: " + value);
  }

  static void requireAtMost(String name, Duration value, String boundName, Duration bound) {
    require(
        value.compareTo(bound) <= 0,
        name + " (" + value + ") must be at most " + boundName + " (" + bound + ")");
  }
}
