package dev.remora.forms;

import dev.remora.SpecialTokens;
import dev.remora.core.engine.AddedToken;
import dev.remora.core.engine.Vocabulary;
import dev.remora.forms.Components.TemplateToken;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the configs beside a tokenizer.json change in it, as transformers changes it. */
final class ConfiguredParts {
  private final BundleConfigs configs;

  ConfiguredParts(BundleConfigs configs) {
    this.configs = configs;
  }

  /** Adds the tokens that only the configs list; added_tokens_decoder also changes flags. */
  void addTokens(AddedTokens added) {
    for (ConfiguredToken token : configs.addedTokens().values()) {
      if (configs.describesAddedTokens()) {
        added.addOrChange(configs.isSpecial(token) ? token.asSpecial() : token);
      } else {
        addNew(added, token);
      }
    }
    for (ConfiguredToken token : configs.roles().values()) {
      addNew(added, token);
    }
    for (ConfiguredToken token : configs.withoutRole()) {
      addNew(added, token);
    }
  }

  private static void addNew(AddedTokens added, ConfiguredToken token) {
    if (!added.contains(token.content())) {
      added.add(token);
    }
  }

  /** The post-processor that takes the place of the file's own; empty where that one stays. */
  Optional<Map<String, @Nullable Object>> postProcessor(Vocabulary vocabulary) {
    boolean wantsBos = configs.flag("add_bos_token").orElse(false);
    boolean wantsEos = configs.flag("add_eos_token").orElse(false);
    TemplateToken bos = wantsBos ? tokenOf(SpecialTokens.BOS, vocabulary) : null;
    TemplateToken eos = wantsEos ? tokenOf(SpecialTokens.EOS, vocabulary) : null;
    return bos == null && eos == null
        ? Optional.empty()
        : Optional.of(Components.template(bos, eos));
  }

  private @Nullable TemplateToken tokenOf(String role, Vocabulary vocabulary) {
    ConfiguredToken token = configs.roles().get(role);
    return token == null
        ? null
        : new TemplateToken(
            token.content(), vocabulary.idOf(token.content()).orElseThrow()); // it was added
  }

  /** The special tokens and the ids that end a generation. */
  SpecialTokens specialTokens(
      List<AddedToken> addedTokens, Vocabulary vocabulary, Map<String, Object> postProcessor) {
    SpecialTokens.Builder special = SpecialTokens.builder();
    for (AddedToken token : addedTokens) {
      if (token.special()) {
        special.special(token.content(), token.id());
      }
    }
    for (Map.Entry<String, ConfiguredToken> role : configs.roles().entrySet()) {
      special.role(role.getKey(), role.getValue().content());
    }
    for (int id : configs.eosIds()) {
      special.eosId(id);
    }
    ConfiguredToken eos = configs.roles().get(SpecialTokens.EOS);
    if (eos != null) {
      vocabulary.idOf(eos.content()).ifPresent(special::eosId);
    }
    return special
        .adds(
            PostProcessorEnds.begins(postProcessor, content(SpecialTokens.BOS)),
            PostProcessorEnds.ends(postProcessor, content(SpecialTokens.EOS)))
        .build();
  }

  private @Nullable String content(String role) {
    ConfiguredToken token = configs.roles().get(role);
    return token == null ? null : token.content();
  }
}
