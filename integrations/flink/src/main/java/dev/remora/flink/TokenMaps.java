package dev.remora.flink;

import dev.remora.remote.TokenizerHandle;
import org.apache.flink.api.common.functions.MapFunction;

/**
 * Maps texts to tokens: how many a text has, and which. Special tokens are added, as {@code
 * Tokenizer.count(text)} and {@code Tokenizer.encode(text)} do.
 *
 * <p>Each task manager has one tokenizer, whatever the parallelism. A job carries the files of a
 * handle that has them; where they are large, a handle with a source keeps the job small.
 */
public final class TokenMaps {
  private TokenMaps() {}

  /** A text to the number of its tokens. */
  public static MapFunction<String, Integer> count(TokenizerHandle handle) {
    return new CountMap(handle);
  }

  /** A text to its ids. */
  public static MapFunction<String, int[]> encode(TokenizerHandle handle) {
    return new EncodeMap(handle);
  }
}
