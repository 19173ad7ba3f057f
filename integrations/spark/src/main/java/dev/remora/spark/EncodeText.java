package dev.remora.spark;

import dev.remora.remote.TokenizerHandle;
import org.apache.spark.sql.api.java.UDF1;
import org.jspecify.annotations.Nullable;

/** A text to its ids. */
@SuppressWarnings("NullAway") // Spark's null is a value
record EncodeText(TokenizerHandle handle) implements UDF1<@Nullable String, int @Nullable []> {
  @Override
  public int @Nullable [] call(@Nullable String text) {
    return text == null ? null : handle.tokenizer().encode(text).ids();
  }
}
