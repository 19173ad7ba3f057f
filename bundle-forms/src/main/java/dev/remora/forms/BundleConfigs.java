package dev.remora.forms;

import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.bundle.BundleFile;
import dev.remora.bundle.TokenizerBundle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The configs beside a tokenizer, read as transformers reads them and tolerantly: a value of
 * another type than the expected one counts as absent.
 */
final class BundleConfigs {
  static final String TOKENIZER_CONFIG = "tokenizer_config.json";

  private static final String SPECIAL_TOKENS_MAP = "special_tokens_map.json";
  private static final String ADDED_TOKENS = "added_tokens.json";

  /** The tokenizer classes of transformers for model types that need no tokenizer_config.json. */
  private static final Map<String, String> CLASS_OF_MODEL_TYPE =
      Map.of("gpt2", "GPT2Tokenizer", "qwen2", "Qwen2Tokenizer", "qwen2_moe", "Qwen2Tokenizer");

  private final Map<String, Object> config;
  private final boolean hasTokenizerConfig;
  private final Map<String, Object> modelConfig;
  private final Map<String, Object> generationConfig;
  private final Set<String> nulls;
  private final ConfiguredTokens tokens;
  private final List<String> files;

  private BundleConfigs(TokenizerBundle bundle) {
    this.config = new LinkedHashMap<>(read(bundle, TOKENIZER_CONFIG));
    this.hasTokenizerConfig = bundle.content(TOKENIZER_CONFIG).isPresent();
    this.nulls =
        bundle
            .content(TOKENIZER_CONFIG)
            .map(json -> JsonValues.nullMembers(TOKENIZER_CONFIG, json))
            .orElse(Set.of());
    this.modelConfig = read(bundle, "config.json");
    this.generationConfig = read(bundle, "generation_config.json");
    if (!describesAddedTokens()) {
      config.putAll(read(bundle, SPECIAL_TOKENS_MAP));
    }
    this.tokens = new ConfiguredTokens(config, read(bundle, ADDED_TOKENS));
    this.files = bundle.files().stream().map(BundleFile::name).toList();
  }

  static BundleConfigs of(TokenizerBundle bundle) {
    return new BundleConfigs(bundle);
  }

  private static Map<String, Object> read(TokenizerBundle bundle, String file) {
    Optional<byte[]> content = bundle.content(file);
    if (content.isEmpty()) {
      return Map.of();
    }
    Object value = JsonValues.parse(file, content.get());
    if (value == null) {
      throw new BundleException(Rule.C8, file, "it is empty");
    }
    return Members.map(file, "the file", value);
  }

  /** The names of all files of the bundle, for messages. */
  List<String> files() {
    return files;
  }

  boolean hasTokenizerConfig() {
    return hasTokenizerConfig;
  }

  /** The class of the tokenizer in transformers, without the ending Fast. */
  Optional<String> tokenizerClass() {
    String name =
        text("tokenizer_class")
            .orElseGet(
                () -> CLASS_OF_MODEL_TYPE.get(String.valueOf(modelConfig.get("model_type"))));
    return Optional.ofNullable(name)
        .map(full -> full.endsWith("Fast") ? full.substring(0, full.length() - 4) : full);
  }

  /** A text of tokenizer_config.json. */
  Optional<String> text(String name) {
    return config.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** A flag of tokenizer_config.json; empty if it is absent, null or no boolean. */
  Optional<Boolean> flag(String name) {
    return config.get(name) instanceof Boolean flag ? Optional.of(flag) : Optional.empty();
  }

  /** The added tokens that the configs list, by id, ascending. */
  Map<Integer, ConfiguredToken> addedTokens() {
    return tokens.added();
  }

  /** Whether they are from added_tokens_decoder, which knows every flag. */
  boolean describesAddedTokens() {
    return config.get(ConfiguredTokens.DECODER) instanceof Map;
  }

  /** Whether the configs name the token as a special one, with a role or without. */
  boolean isSpecial(ConfiguredToken token) {
    return Stream.concat(tokens.roles().values().stream(), tokens.withoutRole().stream())
        .anyMatch(special -> special.content().equals(token.content()));
  }

  /** The tokens with a role. */
  Map<String, ConfiguredToken> roles() {
    return tokens.roles();
  }

  /** Gives a role the token that its class gives it, unless the configs say a token or null. */
  void defaultRole(String role, ConfiguredToken token) {
    if (!nulls.contains(role)) {
      tokens.roles().putIfAbsent(role, token);
    }
  }

  /** The special tokens without a role. */
  List<ConfiguredToken> withoutRole() {
    return tokens.withoutRole();
  }

  /** Every eos_token_id of generation_config.json and config.json (its text_config too). */
  Set<Integer> eosIds() {
    List<@Nullable Object> values = new ArrayList<>();
    values.add(generationConfig.get("eos_token_id"));
    values.add(modelConfig.get("eos_token_id"));
    if (modelConfig.get("text_config") instanceof Map<?, ?> textConfig) {
      values.add(textConfig.get("eos_token_id"));
    }
    Set<Integer> ids = new TreeSet<>();
    for (Object value : values) {
      if (value instanceof List<?> list) {
        list.forEach(id -> addId(ids, id));
      } else {
        addId(ids, value);
      }
    }
    return ids;
  }

  private static void addId(Set<Integer> ids, @Nullable Object value) {
    if (value instanceof Number number
        && number.doubleValue() == number.intValue()
        && number.intValue() >= 0) {
      ids.add(number.intValue());
    }
  }
}
