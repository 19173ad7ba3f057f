package dev.remora.djl;

import dev.remora.Encoding;
import dev.remora.TokenDetails;
import dev.remora.core.engine.EngineSession;
import dev.remora.core.engine.GuardedText;
import dev.remora.core.engine.Refusals;
import java.util.Optional;

/** Stands between callers and the native tokenizer: only sound calls on a live object pass. */
final class DjlSession implements EngineSession {
  private final NativeTokenizer tokenizer;
  private final TextLimits limits;
  private final CallsInFlight calls;

  private final PlainTokenizer plain;

  DjlSession(NativeTokenizer tokenizer, TextLimits limits, PlainTokenizer plain) {
    this.tokenizer = tokenizer;
    this.limits = limits;
    this.plain = plain;
    this.calls =
        new CallsInFlight(
            () -> {
              tokenizer.free();
              plain.free();
            });
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
  public int[] encode(GuardedText text, boolean addSpecialTokens, Refusals refusals) {
    String sound = sound(text.text());
    calls.begin();
    try {
      if (text.trustsNothing()) {
        return plain.get().encode(sound, addSpecialTokens);
      }
      int[] ids = tokenizer.encode(sound, false);
      plain.check(text, new Encoding(ids, () -> tokenizer.details(sound, false)));
      return addSpecialTokens ? tokenizer.encode(sound, true) : ids;
    } finally {
      calls.end();
    }
  }

  @Override
  public TokenDetails details(GuardedText text, boolean addSpecialTokens) {
    String sound = sound(text.text());
    calls.begin();
    try {
      return (text.trustsNothing() ? plain.get() : tokenizer).details(sound, addSpecialTokens);
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
