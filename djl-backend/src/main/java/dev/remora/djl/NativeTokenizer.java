package dev.remora.djl;

import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import dev.remora.BundleException;
import dev.remora.EngineException;
import dev.remora.Rule;
import dev.remora.TokenDetails;
import dev.remora.bundle.FileNames;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A tokenizer of DJL's native library, which trusts its caller: the handle must live, texts must be
 * sound and of bounded length. {@link DjlSession} sees to that.
 *
 * <p>The native library is asked for what a call needs and no more; DJL's own {@code
 * HuggingFaceTokenizer} copies eight arrays. Each call ends with a reachability fence, as {@link
 * ForgottenHandles} would free the handle under a call that is the last use of the object.
 */
final class NativeTokenizer {
  private static final TokenizersLibrary LIBRARY = TokenizersLibrary.LIB;

  /** A token's text and span as Java objects. */
  private static final long LONGS_A_TOKEN = 10;

  private final long handle;
  private final ForgottenHandles.Entry entry;

  private NativeTokenizer(long handle) {
    this.handle = handle;
    this.entry = ForgottenHandles.watch(this, handle);
  }

  /**
   * Builds the tokenizer of a tokenizer.json, which neither cuts nor pads whatever that says.
   *
   * @throws BundleException if tokenizers 0.21.4 cannot read it
   */
  static NativeTokenizer open(byte[] json) {
    ForgottenHandles.free();
    try {
      long handle = LIBRARY.createTokenizerFromString(new String(json, StandardCharsets.UTF_8));
      LIBRARY.disableTruncation(handle);
      LIBRARY.disablePadding(handle);
      return new NativeTokenizer(handle);
    } catch (RuntimeException e) {
      throw new BundleException(
          Rule.C8,
          FileNames.TOKENIZER_JSON,
          "tokenizers 0.21.4 cannot read it: " + e.getMessage(),
          e);
    }
  }

  int[] encode(String text, boolean addSpecialTokens) {
    return withEncoding(text, addSpecialTokens, NativeTokenizer::ids);
  }

  private static int[] ids(long encoding) {
    long[] wide = LIBRARY.getTokenIds(encoding);
    int[] ids = new int[wide.length];
    Arrays.setAll(ids, index -> (int) wide[index]);
    return ids;
  }

  int count(String text, boolean addSpecialTokens) {
    return withEncoding(text, addSpecialTokens, encoding -> LIBRARY.getTokenIds(encoding).length);
  }

  TokenDetails details(String text, boolean addSpecialTokens) {
    return withEncoding(text, addSpecialTokens, encoding -> details(text, encoding));
  }

  private static TokenDetails details(String text, long encoding) {
    HeapRoom.make(LONGS_A_TOKEN * LIBRARY.getTokenIds(encoding).length);
    List<String> tokens = List.of(LIBRARY.getTokens(encoding));
    @Nullable CharSpan[] spans = LIBRARY.getTokenCharSpans(encoding);
    long[] mask = LIBRARY.getSpecialTokenMask(encoding);
    CodePointIndex index = CodePointIndex.of(text);
    int[] offsets = new int[2 * spans.length];
    boolean[] special = new boolean[mask.length];
    for (int token = 0; token < spans.length; token++) {
      CharSpan span = spans[token]; // null for a token that the post-processor added
      offsets[2 * token] = span == null ? 0 : index.toUtf16(span.getStart());
      offsets[2 * token + 1] = span == null ? 0 : index.toUtf16(span.getEnd());
      special[token] = mask[token] != 0;
    }
    return new TokenDetails(tokens, offsets, special);
  }

  private <T> T withEncoding(String text, boolean addSpecialTokens, LongFunction<T> use) {
    HeapRoom.make(text.length()); // few texts have more tokens
    try {
      long encoding = LIBRARY.encode(handle, text, addSpecialTokens);
      try {
        return use.apply(encoding);
      } finally {
        LIBRARY.deleteEncoding(encoding);
      }
    } catch (RuntimeException e) {
      throw failure("the text cannot be encoded", e);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  String decode(int[] ids, boolean skipSpecialTokens) {
    long[] wide = new long[ids.length];
    Arrays.setAll(wide, index -> ids[index]);
    HeapRoom.make(ids.length); // eight bytes of text for each
    try {
      return LIBRARY.decode(handle, wide, skipSpecialTokens);
    } catch (RuntimeException e) {
      throw failure("the ids cannot be decoded", e);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  private static EngineException failure(String problem, RuntimeException cause) {
    return new EngineException(
        problem, Map.of(DjlEngine.NAME, String.valueOf(cause.getMessage())), cause);
  }

  void free() {
    entry.free();
  }
}
