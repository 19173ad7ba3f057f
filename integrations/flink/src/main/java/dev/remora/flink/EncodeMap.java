package dev.remora.flink;

import dev.remora.remote.TokenizerHandle;
import org.apache.flink.api.common.functions.MapFunction;

/** A text to its ids. A class, as Flink reads the types off it. */
final class EncodeMap implements MapFunction<String, int[]> {
  private static final long serialVersionUID = 1L;

  private final TokenizerHandle handle;

  EncodeMap(TokenizerHandle handle) {
    this.handle = handle;
  }

  @Override
  public int[] map(String text) {
    return handle.tokenizer().encode(text).ids();
  }
}
