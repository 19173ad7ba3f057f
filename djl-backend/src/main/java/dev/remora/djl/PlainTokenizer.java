package dev.remora.djl;

import dev.remora.Encoding;
import dev.remora.EngineException;
import dev.remora.core.definition.ModelBars;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.engine.GuardedText;
import dev.remora.core.json.TokenizerJsonWriter;
import dev.remora.core.vocabulary.AddedToken;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The same tokenizer without added tokens, made for the first text that needs it: the native
 * library recognises all or none. Thread-safe.
 */
final class PlainTokenizer {
  private final TokenizerDefinition definition;
  private final Map<Integer, AddedToken> addedTokens = new HashMap<>();
  private @Nullable ModelBars bars; // guarded by this
  private @Nullable NativeTokenizer tokenizer; // guarded by this

  PlainTokenizer(TokenizerDefinition definition) {
    this.definition = definition;
    definition.addedTokens().forEach(token -> addedTokens.put(token.id(), token));
  }

  /**
   * The tokenizer; to be asked for within a call of the session.
   *
   * @throws EngineException if it would give ids of added tokens all the same
   */
  synchronized NativeTokenizer get() {
    NativeTokenizer made = tokenizer;
    if (made == null) {
      byte[] json = TokenizerJsonWriter.write(definition.plain(bars()));
      made = NativeTokenizer.open(json);
      tokenizer = made;
    }
    return made;
  }

  private ModelBars bars() {
    ModelBars known = bars;
    if (known == null) {
      known = ModelBars.of(definition);
      bars = known;
    }
    if (known.problem().isPresent()) {
      throw refusal(known.problem().get());
    }
    return known;
  }

  /**
   * Refuses a text in which the native library found an added token that is not trusted.
   *
   * @param found what it gave
   */
  void check(GuardedText text, Encoding found) {
    int[] ids = found.ids();
    int unknown = ModelBars.unknownId(definition).orElse(-1);
    for (int index = 0; index < ids.length; index++) {
      AddedToken token = addedTokens.get(ids[index]);
      if (token == null) {
        continue;
      }
      String source = text.text().substring(found.start(index), found.end(index));
      boolean isUnknown = ids[index] == unknown && !source.strip().equals(token.content());
      if (!isUnknown && !isTrusted(text, found.start(index), found.end(index), token)) {
        throw refusal("the text spells the added token " + token.id() + " where it is not trusted");
      }
    }
  }

  /** White space that a token takes by its flags need not be trusted. */
  private static boolean isTrusted(GuardedText text, int start, int end, AddedToken token) {
    String all = text.text();
    int from = start;
    int to = end;
    while (token.lstrip() && from < to && TextLimits.isSpace(all.codePointAt(from))) {
      from += Character.charCount(all.codePointAt(from));
    }
    while (token.rstrip() && from < to && TextLimits.isSpace(all.codePointBefore(to))) {
      to -= Character.charCount(all.codePointBefore(to));
    }
    return from < to ? text.trustsUnits(from, to) : text.trustsUnits(start, end);
  }

  private static EngineException refusal(String reason) {
    return new EngineException(
        "the text cannot be kept from becoming added tokens", Map.of(DjlEngine.NAME, reason), null);
  }

  synchronized void free() {
    if (tokenizer != null) {
      tokenizer.free();
    }
  }
}
