package dev.remora.core.special;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the configs beside a tokenizer say about its tokens. Immutable.
 *
 * @param roles the token of each role, such as {@code bos_token}: the seven that every tokenizer
 *     can have, and those of the model's own, such as {@code image_token}
 * @param unsetRoles the roles that the configs set to null: these take no default
 * @param described {@code added_tokens_decoder}: every added token by id, with all flags; empty if
 *     the configs have no such list
 * @param listed added_tokens.json, by id; empty where {@code described} is there
 * @param additional special tokens without a role
 * @param splitsSpecialTokens whether special tokens in a text are split like other text
 * @param eosIds the ids that end a generation, from generation_config.json and config.json
 */
public record ConfiguredTokens(
    Map<String, ConfiguredToken> roles,
    Set<String> unsetRoles,
    Optional<SortedMap<Integer, ConfiguredToken>> described,
    SortedMap<Integer, ConfiguredToken> listed,
    List<ConfiguredToken> additional,
    boolean splitsSpecialTokens,
    Set<Integer> eosIds) {

  /** Keeps copies; not those of Set.copyOf, which take the square of what is made to collide. */
  public ConfiguredTokens {
    roles = Collections.unmodifiableMap(new LinkedHashMap<>(roles));
    unsetRoles = Collections.unmodifiableSet(new HashSet<>(unsetRoles));
    if (described.isPresent()) {
      described = Optional.of(Collections.unmodifiableSortedMap(new TreeMap<>(described.get())));
    }
    listed = Collections.unmodifiableSortedMap(new TreeMap<>(listed));
    additional = List.copyOf(additional);
    eosIds = Collections.unmodifiableSet(new TreeSet<>(eosIds));
  }

  /** The added tokens that the configs list, by id, ascending. */
  public SortedMap<Integer, ConfiguredToken> added() {
    return described.orElse(listed);
  }

  /** The same where special tokens in a text are split like other text. */
  public ConfiguredTokens splittingSpecialTokens() {
    return new ConfiguredTokens(roles, unsetRoles, described, listed, additional, true, eosIds);
  }

  /** The same with defaults for roles that are neither set nor set to null. */
  public ConfiguredTokens withDefaults(Map<String, String> defaults) {
    Map<String, ConfiguredToken> all = new LinkedHashMap<>(roles);
    for (Map.Entry<String, String> entry : defaults.entrySet()) {
      if (!unsetRoles.contains(entry.getKey())) {
        ConfiguredToken token = ConfiguredToken.special(entry.getValue());
        for (ConfiguredToken known : added().values()) {
          token = known.content().equals(token.content()) ? known.asSpecial() : token;
        }
        all.putIfAbsent(entry.getKey(), token);
      }
    }
    return new ConfiguredTokens(
        all, unsetRoles, described, listed, additional, splitsSpecialTokens, eosIds);
  }
}
