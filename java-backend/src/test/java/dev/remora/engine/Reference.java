package dev.remora.engine;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hugging Face tokenizers as DJL carries it: what every answer here is compared with. */
public final class Reference implements AutoCloseable {
  static {
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("RUST_FLAVOR", "cpu");
  }

  private static final Map<String, String> OPTIONS =
      Map.of("truncation", "false", "padding", "false");

  private final HuggingFaceTokenizer tokenizer;

  private Reference(HuggingFaceTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** The reference of a tokenizer.json. */
  public static Reference of(String tokenizerJson) {
    return of(tokenizerJson.getBytes(StandardCharsets.UTF_8));
  }

  /** The reference of a tokenizer.json. */
  public static Reference of(byte[] tokenizerJson) {
    try {
      return new Reference(
          HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(tokenizerJson), OPTIONS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The ids of a text. */
  public int[] encode(String text, boolean addSpecialTokens) {
    TokenizersLibrary library = TokenizersLibrary.LIB;
    long encoding = library.encode(tokenizer.getHandle(), text, addSpecialTokens);
    try {
      return Arrays.stream(library.getTokenIds(encoding)).mapToInt(Math::toIntExact).toArray();
    } finally {
      library.deleteEncoding(encoding);
    }
  }

  /** The spans of the tokens in code points; null for what the post-processor added. */
  public @Nullable CharSpan[] spans(String text, boolean addSpecialTokens) {
    TokenizersLibrary library = TokenizersLibrary.LIB;
    long encoding = library.encode(tokenizer.getHandle(), text, addSpecialTokens);
    try {
      return library.getTokenCharSpans(encoding);
    } finally {
      library.deleteEncoding(encoding);
    }
  }

  /** The text of ids. */
  public String decode(int[] ids, boolean skipSpecialTokens) {
    return tokenizer.decode(Arrays.stream(ids).asLongStream().toArray(), skipSpecialTokens);
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
