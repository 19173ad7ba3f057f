package dev.remora.djl;

import dev.remora.TokenDetails;
import dev.remora.core.engine.EngineSession;
import java.util.Optional;

/** Stands between callers and the native tokenizer: only sound calls on a live object pass. */
final class DjlSession implements EngineSession {
  private final NativeTokenizer tokenizer;
  private final TextLimits limits;
  private final CallsInFlight calls;

  DjlSession(NativeTokenizer tokenizer, TextLimits limits) {
    this.tokenizer = tokenizer;
    this.limits = limits;
    this.calls = new CallsInFlight(tokenizer::free);
  }

  @Override
  public int[] encode(String text, boolean addSpecialTokens) {
    String sound = sound(text);
    calls.begin();
    try {
      return tokenizer.encode(sound, addSpecialTokens);
    } finally {
      calls.end();
    }
  }

  @Override
  public int count(String text, boolean addSpecialTokens) {
    String sound = sound(text);
    calls.begin();
    try {
      return tokenizer.count(sound, addSpecialTokens);
    } finally {
      calls.end();
    }
  }

  @Override
  public TokenDetails details(String text, boolean addSpecialTokens) {
    String sound = sound(text);
    calls.begin();
    try {
      return tokenizer.details(sound, addSpecialTokens);
    } finally {
      calls.end();
    }
  }

  @Override
  public Optional<WholeDecoder> wholeDecoder() {
    return Optional.of(this::decode);
  }

  private String decode(int[] ids, boolean skipSpecialTokens) {
    limits.checkIds(ids);
    calls.begin();
    try {
      return tokenizer.decode(ids, skipSpecialTokens);
    } finally {
      calls.end();
    }
  }

  @Override
  public void checkOpen() {
    calls.begin();
    calls.end();
  }

  private String sound(String text) {
    limits.checkText(text);
    return Surrogates.repaired(text);
  }

  @Override
  public void close() {
    calls.close();
  }
}
