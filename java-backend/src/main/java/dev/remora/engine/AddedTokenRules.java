package dev.remora.engine;

import dev.remora.core.engine.AddedToken;
import dev.remora.core.engine.TokenizerDefinition;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** Which added tokens are known exactly. */
final class AddedTokenRules {
  /** Bytes of one token; what looks like it may be compared at each place of a text. */
  private static final int LONGEST = 1 << 10;

  /** Bytes of all tokens; each costs about a hundred while they are indexed. */
  private static final int ALL = 1 << 20;

  private AddedTokenRules() {}

  static void check(TokenizerDefinition definition, Normalizer normalizer) throws Unsupported {
    Scratch scratch = new Scratch(new PairTable(0));
    Set<Integer> ids = new HashSet<>();
    Set<String> contents = new HashSet<>();
    long all = 0;
    for (AddedToken token : definition.addedTokens()) {
      if (token.content().isEmpty()) {
        throw new Unsupported("the added token %d is empty".formatted(token.id()));
      }
      byte[] utf8 = token.content().getBytes(StandardCharsets.UTF_8);
      String key = normalizer.key(token, scratch);
      all += utf8.length;
      if (utf8.length > LONGEST || key.length() > 2 * LONGEST || all > ALL) {
        throw new Unsupported("the added token %d is too long".formatted(token.id()));
      }
      int modelId = definition.vocabulary().modelIdOf(utf8, 0, utf8.length);
      if (!ids.add(token.id()) || (modelId >= 0 && modelId != token.id())) {
        throw new Unsupported("the added token %d shares an id".formatted(token.id()));
      }
      if (!contents.add(key)) {
        throw new Unsupported(
            "the added token %d is found where another one is".formatted(token.id()));
      }
    }
  }
}
