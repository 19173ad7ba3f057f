package dev.remora.forms;

import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.core.definition.PostProcessor.TokenId;
import dev.remora.core.special.ConfiguredToken;
import dev.remora.core.special.ConfiguredTokens;
import dev.remora.core.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The tokens with a role and their ids, for the post-processor of a form.
 *
 * @param file the file of the vocabulary, for messages
 * @param tokens what the configs say of tokens, with those that the class has by default
 * @param vocabulary the model's vocabulary
 */
record RoleTokens(String file, ConfiguredTokens tokens, Vocabulary vocabulary) {
  /** The token with a role; null if there is none in the vocabulary. */
  @Nullable TokenId find(String role) {
    ConfiguredToken token = tokens.roles().get(role);
    if (token == null) {
      return null;
    }
    byte[] utf8 = token.content().getBytes(StandardCharsets.UTF_8);
    int id = vocabulary.modelIdOf(utf8, 0, utf8.length);
    return id < 0 ? null : new TokenId(token.content(), id);
  }

  /**
   * The token with a role that the class puts around a text.
   *
   * @throws BundleException if there is none in the vocabulary
   */
  TokenId of(String role) {
    TokenId token = find(role);
    if (token == null) {
      throw new BundleException(
          Rule.C8, file, "its class puts " + role + " around a text, which is no token of it");
    }
    return token;
  }
}
