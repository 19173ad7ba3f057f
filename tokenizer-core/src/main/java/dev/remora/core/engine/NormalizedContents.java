package dev.remora.core.engine;

import dev.remora.ReferenceVersion;
import dev.remora.bundle.SpecialTokens;
import dev.remora.core.definition.Model;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.guard.BuildGuard;
import dev.remora.core.text.FallbackByte;
import dev.remora.core.vocabulary.AddedToken;
import dev.remora.core.vocabulary.MergeList;
import dev.remora.core.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the contents of added tokens become by a definition's normalizer. The engine that serves the
 * definition normalizes them: it encodes each with a tokenizer that has the same normalizer and,
 * for a model, the 256 bytes.
 */
final class NormalizedContents {
  private static final int BYTES = 256;

  private NormalizedContents() {}

  /** The added tokens that a version decodes in their normalized form. */
  static List<AddedToken> wanted(TokenizerDefinition definition, ReferenceVersion reference) {
    return reference == ReferenceVersion.V0_21 || definition.normalizers().isEmpty()
        ? List.of()
        : definition.addedTokens().stream().filter(AddedToken::normalized).toList();
  }

  /** A definition that encodes a text to the bytes that it has once it is normalized. */
  static TokenizerDefinition normalizerOf(TokenizerDefinition definition) {
    Vocabulary.Builder bytes = Vocabulary.builder();
    for (int value = 0; value < BYTES; value++) {
      byte[] token = FallbackByte.tokenOf(value);
      bytes.token(token, 0, token.length, value);
    }
    return new TokenizerDefinition(
        definition.normalizer(),
        Optional.empty(),
        new Model.Bpe(MergeList.NONE, null, null, null, null, false, true, false),
        Optional.empty(),
        Optional.empty(),
        bytes.build(),
        List.of(),
        SpecialTokens.builder().build(),
        false,
        Optional.empty());
  }

  /**
   * The normalized contents by id; those that stay as they are have none.
   *
   * @param normalizer a session of {@link #normalizerOf}
   * @param guard ends it early
   */
  static Map<Integer, String> of(
      List<AddedToken> tokens, EngineSession normalizer, BuildGuard guard) {
    Map<Integer, String> contents = new HashMap<>();
    int count = 0;
    for (AddedToken token : tokens) {
      guard.check(count++);
      int[] ids = normalizer.encode(token.content(), false);
      byte[] utf8 = new byte[ids.length];
      for (int index = 0; index < ids.length; index++) {
        utf8[index] = (byte) ids[index];
      }
      String content = new String(utf8, StandardCharsets.UTF_8);
      if (!content.equals(token.content())) {
        contents.put(token.id(), content);
      }
    }
    return contents;
  }
}
