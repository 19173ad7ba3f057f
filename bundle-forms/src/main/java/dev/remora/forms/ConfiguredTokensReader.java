package dev.remora.forms;

import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.bundle.FileNames;
import dev.remora.bundle.SpecialTokens;
import dev.remora.core.special.ConfiguredToken;
import dev.remora.core.special.ConfiguredTokens;
import dev.remora.forms.json.AddedTokenReader;
import dev.remora.forms.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads what the configs say about tokens, as transformers 5 does. */
final class ConfiguredTokensReader {
  private static final String DESCRIBED = "added_tokens_decoder";
  private static final String EXTRA = "extra_special_tokens";
  private static final String ADDITIONAL = "additional_special_tokens";

  /** The roles that every tokenizer can have. */
  private static final Set<String> ROLES =
      Set.of(
          SpecialTokens.BOS,
          SpecialTokens.EOS,
          SpecialTokens.UNK,
          SpecialTokens.SEP,
          SpecialTokens.PAD,
          SpecialTokens.CLS,
          SpecialTokens.MASK);

  private final Map<String, ConfiguredToken> roles = new LinkedHashMap<>();
  private final Set<String> unset = new HashSet<>();
  private final List<ConfiguredToken> additional = new ArrayList<>();

  private ConfiguredTokensReader() {}

  /**
   * Reads them.
   *
   * @param config tokenizer_config.json
   * @param specialTokensMap special_tokens_map.json, whose members win over those of the config;
   *     passed over beside {@code added_tokens_decoder}
   * @param addedTokens added_tokens.json; passed over beside {@code added_tokens_decoder}
   * @param modelConfigs the files that may have {@code eos_token_id}
   */
  static ConfiguredTokens read(
      Map<String, @Nullable Object> config,
      Map<String, @Nullable Object> specialTokensMap,
      Map<String, @Nullable Object> addedTokens,
      List<Map<String, @Nullable Object>> modelConfigs) {
    ConfiguredTokensReader reader = new ConfiguredTokensReader();
    Optional<SortedMap<Integer, ConfiguredToken>> described = described(config.get(DESCRIBED));
    Map<String, @Nullable Object> merged = new LinkedHashMap<>(config);
    if (described.isEmpty()) {
      merged.putAll(specialTokensMap);
    }
    reader.readRoles(merged);
    SortedMap<Integer, ConfiguredToken> listed =
        described.isPresent() ? new TreeMap<>() : reader.listed(addedTokens);
    reader.describeRoles(described.orElse(listed));
    return new ConfiguredTokens(
        reader.roles,
        reader.unset,
        described,
        listed,
        reader.additional,
        Boolean.TRUE.equals(config.get("split_special_tokens")),
        eosIds(modelConfigs));
  }

  private void readRoles(Map<String, @Nullable Object> config) {
    for (Map.Entry<String, @Nullable Object> entry : config.entrySet()) {
      Object value = entry.getValue();
      boolean isOwn = entry.getKey().endsWith("_token") && value instanceof String;
      if (ROLES.contains(entry.getKey()) || isOwn) { // its own, such as image_token
        put(entry.getKey(), value, token(value));
      }
    }
    for (String name : List.of(ADDITIONAL, EXTRA)) {
      Object value = config.get(name);
      if (value instanceof Map<?, ?> named) {
        for (Map.Entry<?, ?> entry : named.entrySet()) {
          put(String.valueOf(entry.getKey()), entry.getValue(), token(entry.getValue()));
        }
      } else if (value instanceof List<?> list) {
        for (Object item : list) {
          addAdditional(token(item));
        }
      }
    }
  }

  private void put(String role, @Nullable Object value, @Nullable ConfiguredToken token) {
    if (token != null) {
      roles.put(role, token);
    } else if (value == null) {
      unset.add(role);
    }
  }

  private void addAdditional(@Nullable ConfiguredToken token) {
    if (token != null) {
      additional.add(token);
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
        ? AddedTokenReader.read(JsonObject.of(FileNames.TOKENIZER_CONFIG, "token", token))
            .asSpecial()
        : null;
  }

  /** The flags of a token with a role are those of the list of added tokens, if it is there. */
  private void describeRoles(SortedMap<Integer, ConfiguredToken> added) {
    Map<String, ConfiguredToken> byContent = new HashMap<>();
    for (ConfiguredToken token : added.values()) {
      byContent.put(token.content(), token);
    }
    for (Map.Entry<String, ConfiguredToken> role : roles.entrySet()) {
      ConfiguredToken token = role.getValue();
      role.setValue(byContent.getOrDefault(token.content(), token).asSpecial());
    }
  }

  private static Optional<SortedMap<Integer, ConfiguredToken>> described(@Nullable Object decoder) {
    if (!(decoder instanceof Map<?, ?> tokens)) {
      return Optional.empty();
    }
    SortedMap<Integer, ConfiguredToken> described = new TreeMap<>();
    for (Map.Entry<?, ?> entry : tokens.entrySet()) {
      String id = String.valueOf(entry.getKey());
      JsonObject token =
          JsonObject.of(FileNames.TOKENIZER_CONFIG, DESCRIBED + "." + id, entry.getValue());
      described.put(id(id), AddedTokenReader.read(token));
    }
    return Optional.of(described);
  }

  private static int id(String digits) {
    try {
      int id = Integer.parseInt(digits);
      if (id >= 0) {
        return id;
      }
    } catch (NumberFormatException e) {
      throw notAnId(digits, e);
    }
    throw notAnId(digits, null);
  }

  private static BundleException notAnId(String digits, @Nullable Throwable cause) {
    return new BundleException(
        Rule.C8,
        FileNames.TOKENIZER_CONFIG,
        "'" + digits + "' in " + DESCRIBED + " is not an id",
        cause);
  }

  private SortedMap<Integer, ConfiguredToken> listed(Map<String, @Nullable Object> ids) {
    Set<String> special = new HashSet<>();
    for (ConfiguredToken token : roles.values()) {
      special.add(token.content());
    }
    for (ConfiguredToken token : additional) {
      special.add(token.content());
    }
    SortedMap<Integer, ConfiguredToken> listed = new TreeMap<>();
    for (Map.Entry<String, @Nullable Object> entry : ids.entrySet()) {
      String content = entry.getKey();
      if (entry.getValue() instanceof Long id && id >= 0 && id <= Integer.MAX_VALUE) {
        listed.put(
            id.intValue(),
            special.contains(content)
                ? ConfiguredToken.special(content)
                : ConfiguredToken.ordinary(content));
      }
    }
    return listed;
  }

  /** Every eos_token_id: a number or a list, in the file or in its text_config. */
  private static Set<Integer> eosIds(List<Map<String, @Nullable Object>> configs) {
    Set<Integer> ids = new TreeSet<>();
    for (Map<String, @Nullable Object> config : configs) {
      addIds(ids, config.get("eos_token_id"));
      if (config.get("text_config") instanceof Map<?, ?> textConfig) {
        addIds(ids, textConfig.get("eos_token_id"));
      }
    }
    return ids;
  }

  private static void addIds(Set<Integer> ids, @Nullable Object value) {
    if (value instanceof List<?> list) {
      for (Object id : list) {
        addIds(ids, id);
      }
    } else if (value instanceof Number number
        && number.doubleValue() == number.intValue()
        && number.intValue() >= 0) {
      ids.add(number.intValue());
    }
  }
}
