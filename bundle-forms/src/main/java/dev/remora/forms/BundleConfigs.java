package dev.remora.forms;

import dev.remora.BundleException;
import dev.remora.bundle.TokenizerBundle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The configs beside a tokenizer, read as transformers reads them and tolerantly: a value of
 * another type than the expected one counts as absent.
 */
final class BundleConfigs {
  static final String TOKENIZER_CONFIG = "tokenizer_config.json";

  private static final String SPECIAL_TOKENS_MAP = "special_tokens_map.json";
  private static final String ADDED_TOKENS = "added_tokens.json";

  /** The roles of tokens that transformers knows. */
  private static final List<String> ROLES =
      List.of(
          "bos_token",
          "eos_token",
          "unk_token",
          "sep_token",
          "pad_token",
          "cls_token",
          "mask_token");

  private static final List<String> WITHOUT_ROLE =
      List.of("additional_special_tokens", "extra_special_tokens");

  /** The tokenizer classes of transformers for model types that need no tokenizer_config.json. */
  private static final Map<String, String> CLASS_OF_MODEL_TYPE =
      Map.of("gpt2", "GPT2Tokenizer", "qwen2", "Qwen2Tokenizer", "qwen2_moe", "Qwen2Tokenizer");

  private final Map<String, Object> config;
  private final boolean hasTokenizerConfig;
  private final Map<String, Object> modelConfig;
  private final Map<String, Object> generationConfig;
  private final Set<String> nulls;
  private final Map<Integer, ConfiguredToken> addedTokens = new TreeMap<>();
  private final Map<String, ConfiguredToken> roles = new LinkedHashMap<>();
  private final Map<String, ConfiguredToken> withoutRole = new LinkedHashMap<>();

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
    boolean modern = config.get("added_tokens_decoder") instanceof Map;
    if (!modern) {
      config.putAll(read(bundle, SPECIAL_TOKENS_MAP));
    }
    readRoles();
    if (modern) {
      readAddedTokensDecoder();
    } else {
      readAddedTokensFile(read(bundle, ADDED_TOKENS));
    }
    Map<String, ConfiguredToken> byContent = new LinkedHashMap<>();
    addedTokens.values().forEach(token -> byContent.put(token.content(), token));
    roles.replaceAll((role, token) -> byContent.getOrDefault(token.content(), token).asSpecial());
  }

  static BundleConfigs of(TokenizerBundle bundle) {
    return new BundleConfigs(bundle);
  }

  private static Map<String, Object> read(TokenizerBundle bundle, String file) {
    Optional<byte[]> content = bundle.content(file);
    if (content.isEmpty()) {
      return Map.of();
    }
    byte[] json = content.get();
    Object value = JsonValues.parse(file, json, 0, json.length);
    if (value == null) {
      throw new BundleException("C8", file, "it is empty");
    }
    return Members.map(file, "the file", value);
  }

  private void readRoles() {
    for (String role : ROLES) {
      ConfiguredToken token = token(config.get(role));
      if (token != null) {
        roles.put(role, token);
      }
    }
    for (String name : WITHOUT_ROLE) {
      Object value = config.get(name);
      Iterable<?> items =
          value instanceof Map<?, ?> named
              ? named.values()
              : value instanceof List<?> list ? list : List.of();
      for (Object item : items) {
        ConfiguredToken token = token(item);
        if (token != null) {
          withoutRole.put(token.content(), token);
        }
      }
    }
  }

  /** A special token as a string or as an object; null for anything else. */
  private static @Nullable ConfiguredToken token(@Nullable Object value) {
    if (value instanceof String content) {
      return content.isEmpty() ? null : ConfiguredToken.special(content);
    }
    return value instanceof Map<?, ?> token && token.get("content") instanceof String
        ? ConfiguredToken.read(TOKENIZER_CONFIG, Members.map(TOKENIZER_CONFIG, "token", token))
            .asSpecial()
        : null;
  }

  private void readAddedTokensDecoder() {
    Members.map(TOKENIZER_CONFIG, "added_tokens_decoder", config.get("added_tokens_decoder"))
        .forEach(
            (id, token) ->
                addedTokens.put(
                    id(id),
                    ConfiguredToken.read(
                        TOKENIZER_CONFIG, Members.map(TOKENIZER_CONFIG, id, token))));
  }

  private static int id(String digits) {
    try {
      int id = Integer.parseInt(digits);
      if (id >= 0) {
        return id;
      }
    } catch (NumberFormatException e) {
      throw noId(digits, e);
    }
    throw noId(digits, null);
  }

  private static BundleException noId(String digits, @Nullable Throwable cause) {
    return new BundleException(
        "C8", TOKENIZER_CONFIG, "'" + digits + "' in added_tokens_decoder is no id", cause);
  }

  private void readAddedTokensFile(Map<String, Object> ids) {
    Set<String> special = new TreeSet<>(withoutRole.keySet());
    roles.values().forEach(token -> special.add(token.content()));
    ids.forEach(
        (content, id) -> {
          if (id instanceof Long number && number >= 0 && number <= Integer.MAX_VALUE) {
            addedTokens.put(
                number.intValue(),
                special.contains(content)
                    ? ConfiguredToken.special(content)
                    : ConfiguredToken.ordinary(content));
          }
        });
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
    return addedTokens;
  }

  /** The tokens with a role. */
  Map<String, ConfiguredToken> roles() {
    return roles;
  }

  /** Gives a role the token that its class gives it, unless the configs say a token or null. */
  void defaultRole(String role, ConfiguredToken token) {
    if (!nulls.contains(role)) {
      roles.putIfAbsent(role, token);
    }
  }

  /** The special tokens without a role. */
  List<ConfiguredToken> withoutRole() {
    return List.copyOf(withoutRole.values());
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
