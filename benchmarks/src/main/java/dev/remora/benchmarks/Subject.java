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
 * @param stream the same, id by id; empty where the contender has no streams
 * @param release frees what the contender holds
 */
record Subject(
    Function<String, int[]> encode,
    ToIntFunction<String> count,
    Function<int[], String> decode,
    Optional<Streaming> stream,
    Runnable release)
    implements AutoCloseable {

  @Override
  public void close() {
    release.run();
  }

  /**
   * Ids back to text while they arrive.
   *
   * @param text the text of all ids, as the chunks give it
   * @param push pushes each id; gives the length of the text
   * @param pushWithStops the same through a matcher of stop strings that do not occur
   */
  record Streaming(
      Function<int[], String> text,
      ToIntFunction<int[]> push,
      ToIntFunction<int[]> pushWithStops) {}
}
