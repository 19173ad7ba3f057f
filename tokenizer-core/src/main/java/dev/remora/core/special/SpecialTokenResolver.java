package dev.remora.core.special;

import dev.remora.bundle.SpecialTokens;
import dev.remora.core.definition.PostProcessor;
import dev.remora.core.definition.PostProcessor.TemplatePiece;
import dev.remora.core.vocabulary.AddedToken;
import dev.remora.core.vocabulary.Vocabulary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Resolves which tokens are added and special, from what a tokenizer says itself and what the
 * configs beside it say, as transformers 5 does:
 *
 * <ul>
 *   <li>{@code added_tokens_decoder} adds tokens and changes the flags of those that are there;
 *       added_tokens.json only adds.
 *   <li>A token with a role is special, and is added if there is none of its text.
 *   <li>A special token without a role is added if there is none of its text; it changes no flag.
 *   <li>The ids that end a generation are those of the model's configs and that of {@code
 *       eos_token}.
 * </ul>
 */
public final class SpecialTokenResolver {
  private final ConfiguredTokens configured;

  /** A resolver by these configs. */
  public SpecialTokenResolver(ConfiguredTokens configured) {
    this.configured = configured;
  }

  /**
   * The added tokens, in the order in which they are added.
   *
   * @param own those of the tokenizer itself, in its order
   * @param model the model's vocabulary alone
   * @param modelSize how many entries it has
   */
  public List<AddedToken> addedTokens(List<ConfiguredToken> own, Vocabulary model, int modelSize) {
    AddedTokenList added = new AddedTokenList(model, modelSize);
    for (ConfiguredToken token : own) {
      added.add(token);
    }
    for (ConfiguredToken token : configured.added().values()) {
      if (configured.described().isPresent()) {
        added.addOrChange(token);
      } else {
        added.addIfNew(token);
      }
    }
    for (ConfiguredToken token : configured.roles().values()) {
      added.addSpecial(token);
    }
    for (ConfiguredToken token : configured.additional()) {
      added.addIfNew(token);
    }
    return added.toList();
  }

  /**
   * The special tokens.
   *
   * @param added what {@link #addedTokens} gave
   * @param vocabulary the vocabulary with these added tokens
   * @param postProcessor what puts special tokens around a text
   */
  public SpecialTokens specialTokens(
      List<AddedToken> added, Vocabulary vocabulary, Optional<PostProcessor> postProcessor) {
    SpecialTokens.Builder special = SpecialTokens.builder();
    for (AddedToken token : added) {
      if (token.special()) {
        special.special(token.content(), token.id());
      }
    }
    for (Map.Entry<String, ConfiguredToken> role : configured.roles().entrySet()) {
      special.role(role.getKey(), role.getValue().content());
    }
    for (int id : configured.eosIds()) {
      special.eosId(id);
    }
    String eos = content(SpecialTokens.EOS);
    if (eos != null) {
      OptionalInt id = vocabulary.idOf(eos);
      if (id.isPresent()) {
        special.eosId(id.getAsInt());
      }
    }
    List<PostProcessor> steps =
        postProcessor.isPresent() ? postProcessor.get().flattened() : List.of();
    return special
        .adds(has(steps, content(SpecialTokens.BOS), true), has(steps, eos, false))
        .build();
  }

  private @Nullable String content(String role) {
    ConfiguredToken token = configured.roles().get(role);
    return token == null ? null : token.content();
  }

  private static boolean has(List<PostProcessor> steps, @Nullable String token, boolean atStart) {
    for (PostProcessor step : steps) {
      if (token != null && token.equals(end(step, atStart))) {
        return true;
      }
    }
    return false;
  }

  /** The special token that a step puts before a text, or after it; null for none. */
  private static @Nullable String end(PostProcessor step, boolean atStart) {
    if (step instanceof PostProcessor.Bert bert) {
      return (atStart ? bert.cls() : bert.sep()).content();
    }
    if (step instanceof PostProcessor.Roberta roberta) {
      return (atStart ? roberta.cls() : roberta.sep()).content();
    }
    if (step instanceof PostProcessor.Template template && !template.single().isEmpty()) {
      int place = atStart ? 0 : template.single().size() - 1;
      return template.single().get(place) instanceof TemplatePiece.Special piece
          ? piece.name()
          : null;
    }
    return null;
  }
}
