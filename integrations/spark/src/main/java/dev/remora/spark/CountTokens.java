package dev.remora.spark;

import dev.remora.remote.TokenizerHandle;
import org.apache.spark.sql.api.java.UDF1;
import org.jspecify.annotations.Nullable;

/** A text to the number of its tokens. */
@SuppressWarnings("NullAway") // Spark's null is a value
record CountTokens(TokenizerHandle handle) implements UDF1<@Nullable String, @Nullable Integer> {
  @Override
  public @Nullable Integer call(@Nullable String text) {
    return text == null ? null : handle.tokenizer().count(text);
  }
}
