package dev.remora.forms;

import dev.remora.BundleException;
import dev.remora.Rule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The tokens that the configs name: with a role, special without one, or merely added. */
final class ConfiguredTokens {
  /** The member of tokenizer_config.json that takes the place of the older files. */
  static final String DECODER = "added_tokens_decoder";

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

  private final Map<Integer, ConfiguredToken> added = new TreeMap<>();
  private final Map<String, ConfiguredToken> roles = new LinkedHashMap<>();
  private final Map<String, ConfiguredToken> withoutRole = new LinkedHashMap<>();

  /**
   * @param config tokenizer_config.json
   * @param addedTokensFile added_tokens.json, which counts only without added_tokens_decoder
   */
  ConfiguredTokens(Map<String, Object> config, Map<String, Object> addedTokensFile) {
    readRoles(config);
    if (config.get(DECODER) instanceof Map) {
      readDecoder(config);
    } else {
      readFile(addedTokensFile);
    }
    Map<String, ConfiguredToken> byContent = new LinkedHashMap<>();
    for (ConfiguredToken token : added.values()) {
      byContent.put(token.content(), token);
    }
    for (Map.Entry<String, ConfiguredToken> role : roles.entrySet()) {
      ConfiguredToken token = role.getValue();
      role.setValue(byContent.getOrDefault(token.content(), token).asSpecial());
    }
  }

  /** The added tokens by id, ascending. */
  Map<Integer, ConfiguredToken> added() {
    return added;
  }

  /** The tokens with a role. */
  Map<String, ConfiguredToken> roles() {
    return roles;
  }

  /** The special tokens without a role. */
  List<ConfiguredToken> withoutRole() {
    return List.copyOf(withoutRole.values());
  }

  private void readRoles(Map<String, Object> config) {
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
    return value instanceof Map<?, ?> token
            && token.get("content") instanceof String content
            && !content.isEmpty()
        ? ConfiguredToken.read(
                BundleConfigs.TOKENIZER_CONFIG,
                Members.map(BundleConfigs.TOKENIZER_CONFIG, "token", token))
            .asSpecial()
        : null;
  }

  private void readDecoder(Map<String, Object> config) {
    Members.map(BundleConfigs.TOKENIZER_CONFIG, DECODER, config.get(DECODER))
        .forEach(
            (id, token) ->
                added.put(
                    id(id),
                    ConfiguredToken.read(
                        BundleConfigs.TOKENIZER_CONFIG,
                        Members.map(BundleConfigs.TOKENIZER_CONFIG, id, token))));
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
        Rule.C8,
        BundleConfigs.TOKENIZER_CONFIG,
        "'" + digits + "' in added_tokens_decoder is no id",
        cause);
  }

  private void readFile(Map<String, Object> ids) {
    Set<String> special = new TreeSet<>(withoutRole.keySet());
    for (ConfiguredToken token : roles.values()) {
      special.add(token.content());
    }
    for (Map.Entry<String, Object> entry : ids.entrySet()) {
      String content = entry.getKey();
      if (entry.getValue() instanceof Long id && id >= 0 && id <= Integer.MAX_VALUE) {
        added.put(
            id.intValue(),
            special.contains(content)
                ? ConfiguredToken.special(content)
                : ConfiguredToken.ordinary(content));
      }
    }
  }
}
