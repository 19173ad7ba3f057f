package dev.remora.jinja.value;

import org.jspecify.annotations.Nullable;

/**
 * Where the characters of a string come from: all of them from one {@link Origin}, or each run of
 * them from its own ({@link OriginRuns}). Null stands for the template's own, which is what most
 * strings are. Immutable.
 */
abstract sealed class Provenance permits Origin, OriginRuns {
  /** The provenance of the characters from one index to another. */
  abstract @Nullable Provenance part(int from, int to);

  /**
   * The origin that wins where one must stand for all characters: one that is not trusted before
   * one that is, and that before the template.
   */
  abstract Origin winner();

  /** The same, but inside of the {@code generation} tag. */
  abstract Provenance generated();

  /** How many runs there are. */
  abstract int runs();
}
