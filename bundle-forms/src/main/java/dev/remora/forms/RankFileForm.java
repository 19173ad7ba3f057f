package dev.remora.forms;

import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.core.definition.Normalizer;
import dev.remora.core.definition.PostProcessor;
import dev.remora.core.definition.PostProcessor.TokenId;
import dev.remora.core.guard.BuildGuard;
import dev.remora.core.special.ConfiguredToken;
import dev.remora.core.vocabulary.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads tiktoken's rank files, by their families. */
final class RankFileForm {
  /** Real gaps have a few hundred ids; each is filled with a token. */
  private static final int MAX_GAP = 1 << 16;

  private final RankFamily family;
  private final TokenizerConfigs configs;
  private final int size; // the ranks
  private final RankedTokens tokens;
  private final SortedMap<Integer, ConfiguredToken> special = new TreeMap<>();

  private RankFileForm(
      RankFamily family, String name, byte[][] tokens, TokenizerConfigs configs, BuildGuard guard) {
    this.family = family;
    this.configs = configs;
    this.size = tokens.length;
    this.tokens = new RankedTokens(tokens, guard);
    collectSpecialTokens(name);
  }

  /**
   * What a rank file stands for.
   *
   * @param guard ends it early
   * @throws BundleException if a line is not as it must be, or the family cannot be told
   */
  static AssembledForm read(
      String name, byte[] rankFile, TokenizerConfigs configs, BuildGuard guard) {
    byte[][] tokens = RankFile.read(name, rankFile, guard);
    Optional<RankFamily> family = RankFamily.of(name, tokens.length, configs);
    if (family.isEmpty()) {
      throw new BundleException(
          Rule.C8,
          name,
          String.format(
                  Locale.ROOT,
                  "the family of this tiktoken vocabulary of %,d ranks cannot be told: no known file name,",
                  tokens.length)
              + " tokenizer_class or special token, and no pat_str (the bundle holds "
              + configs.files()
              + ")");
    }
    FormParts parts = new RankFileForm(family.get(), name, tokens, configs, guard).parts(name);
    return new AssembledForm(parts, configs);
  }

  /** The configs' tokens with every gap filled, as transformers does; else the family's own. */
  private void collectSpecialTokens(String name) {
    Map<String, Integer> own = family.specialTokens(size);
    own.forEach((token, id) -> special.put(id, ConfiguredToken.special(token)));
    int highest = -1;
    for (Map.Entry<Integer, ConfiguredToken> token : configs.tokens().added().entrySet()) {
      if (token.getKey() >= size) {
        special.put(token.getKey(), token.getValue());
        highest = token.getKey();
      }
    }
    if (highest - size > MAX_GAP) {
      throw new BundleException(
          Rule.C8,
          name,
          String.format(Locale.ROOT, "%,d ranks, but an added token has id %,d", size, highest));
    }
    for (int id = size; id <= highest; id++) {
      special.putIfAbsent(id, ConfiguredToken.special(RankFamily.reserved(id)));
    }
  }

  private FormParts parts(String name) {
    Vocabulary.Builder vocabulary = Vocabulary.builder();
    int entries = putTokens(vocabulary);
    return new FormParts(
        family.normalizes() ? Optional.of(new Normalizer.Nfc()) : Optional.empty(),
        Optional.of(CommonParts.splitThenSpell(family.regex(configs), false)),
        CommonParts.byteLevelModel(tokens.merges(), null, true),
        vocabulary.build(),
        entries,
        Optional.of(postProcessor(name)),
        Optional.of(CommonParts.BYTE_LEVEL_DECODER),
        List.copyOf(special.values()),
        family.cuts());
  }

  private PostProcessor postProcessor(String name) {
    List<TokenId> prefix = new ArrayList<>();
    for (String wanted : family.prefix(configs)) {
      Optional<Integer> id = idOf(wanted);
      if (id.isPresent()) {
        prefix.add(new TokenId(wanted, id.get()));
      } else if (family.needsPrefix()) {
        throw new BundleException(
            Rule.C8, name, "its class puts " + wanted + " before a text, which no config lists");
      }
    }
    return prefix.isEmpty() ? CommonParts.BYTE_LEVEL_PROCESSOR : CommonParts.byteLevelAfter(prefix);
  }

  private Optional<Integer> idOf(String wanted) {
    return special.entrySet().stream()
        .filter(token -> token.getValue().content().equals(wanted))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /**
   * Puts the tokens, and the special tokens too where their ids leave a gap: only so do they keep
   * them.
   *
   * @return how many there are
   */
  private int putTokens(Vocabulary.Builder vocabulary) {
    int entries = tokens.putInto(vocabulary, 0);
    int next = entries;
    for (int id : special.keySet()) {
      if (id != next++) {
        special.forEach((each, token) -> vocabulary.token(token.content(), each));
        return entries + special.size();
      }
    }
    return entries;
  }
}
