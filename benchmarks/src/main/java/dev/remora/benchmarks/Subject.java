package dev.remora.benchmarks;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * A contender with a model: what is timed.
 *
 * @param encode the ids of a text
 * @param count how many ids a text has
 * @param decode the text of ids
 * @param stream the same, id by id
 * @param release frees what the contender holds
 */
record Subject(
    Function<String, int[]> encode,
    ToIntFunction<String> count,
    Function<int[], String> decode,
    Optional<Function<int[], String>> stream,
    Runnable release)
    implements AutoCloseable {

  @Override
  public void close() {
    release.run();
  }
}
