package dev.remora.flink;

import dev.remora.remote.TokenizerHandle;
import org.apache.flink.api.common.functions.MapFunction;

/** A text to the number of its tokens. A class, as Flink reads the types off it. */
final class CountMap implements MapFunction<String, Integer> {
  private static final long serialVersionUID = 1L;

  private final TokenizerHandle handle;

  CountMap(TokenizerHandle handle) {
    this.handle = handle;
  }

  @Override
  public Integer map(String text) {
    return handle.tokenizer().count(text);
  }
}
