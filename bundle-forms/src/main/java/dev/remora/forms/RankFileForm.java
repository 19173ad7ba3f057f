package dev.remora.forms;

import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.core.definition.Normalizer;
import dev.remora.core.definition.PostProcessor;
import dev.remora.core.definition.PostProcessor.TokenId;
import dev.remora.core.guard.BuildGuard;
import dev.remora.core.special.ConfiguredToken;
import dev.remora.core.text.ByteAlphabet;
import dev.remora.core.vocabulary.MergeList;
import dev.remora.core.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads tiktoken's rank files.
 *
 * <p>A rank file names tokens, not merges. They are recovered as Hugging Face recovers them: every
 * way to cut a token into two tokens is a merge, in the order of the token's rank, then of the
 * ranks of the two parts.
 */
final class RankFileForm {
  /** Real gaps have a few hundred ids; each is filled with a token. */
  private static final int MAX_GAP = 1 << 16;

  private static final Comparator<int[]> BY_RANKS =
      Comparator.<int[]>comparingInt(cut -> cut[0]).thenComparingInt(cut -> cut[1]);

  private final RankFamily family;
  private final TokenizerConfigs configs;
  private final BuildGuard guard;
  private final byte[][] tokens; // by rank; a rank without a token is empty
  private final Vocabulary ranks; // of the bytes themselves, not spelled
  private final Map<Integer, ConfiguredToken> special = new TreeMap<>();
  private final byte[] spelled = new byte[2 * RankFile.MAX_TOKEN_BYTES];

  private RankFileForm(
      RankFamily family, String name, byte[][] tokens, TokenizerConfigs configs, BuildGuard guard) {
    this.family = family;
    this.configs = configs;
    this.guard = guard;
    this.tokens = tokens;
    Vocabulary.Builder builder = Vocabulary.builder();
    for (int rank = 0; rank < tokens.length; rank++) {
      if (tokens[rank].length > 0) {
        builder.token(tokens[rank], 0, tokens[rank].length, rank);
      }
    }
    this.ranks = builder.build();
    collectSpecialTokens(name);
  }

  /**
   * The parts that a rank file stands for.
   *
   * @param guard ends it early
   * @throws BundleException if a line is not as it must be, or the family cannot be told
   */
  static FormParts read(String name, byte[] rankFile, TokenizerConfigs configs, BuildGuard guard) {
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
    return new RankFileForm(family.get(), name, tokens, configs, guard).parts();
  }

  /** The configs' tokens with every gap filled, as transformers does; else the family's own. */
  private void collectSpecialTokens(String name) {
    Map<String, Integer> own = family.specialTokens(tokens.length);
    own.forEach((token, id) -> special.put(id, ConfiguredToken.special(token)));
    int highest = -1;
    for (Map.Entry<Integer, ConfiguredToken> token : configs.tokens().added().entrySet()) {
      if (token.getKey() >= tokens.length) {
        special.put(token.getKey(), token.getValue());
        highest = token.getKey();
      }
    }
    if (highest - tokens.length > MAX_GAP) {
      throw new BundleException(
          Rule.C8,
          name,
          String.format(
              Locale.ROOT, "%,d ranks, but an added token has id %,d", tokens.length, highest));
    }
    for (int id = tokens.length; id <= highest; id++) {
      special.putIfAbsent(id, ConfiguredToken.special(RankFamily.reserved(id)));
    }
  }

  private FormParts parts() {
    Vocabulary.Builder vocabulary = Vocabulary.builder();
    int entries = putTokens(vocabulary);
    return new FormParts(
        family.normalizes() ? Optional.of(new Normalizer.Nfc()) : Optional.empty(),
        Optional.of(CommonParts.splitThenSpell(family.regex(configs), false)),
        CommonParts.byteLevelModel(merges(), null, true),
        vocabulary.build(),
        entries,
        Optional.of(postProcessor()),
        Optional.of(CommonParts.BYTE_LEVEL_DECODER),
        List.copyOf(special.values()),
        family.cuts());
  }

  private PostProcessor postProcessor() {
    for (Map.Entry<Integer, ConfiguredToken> token : special.entrySet()) {
      String content = token.getValue().content();
      if (family.bos().filter(content::equals).isPresent()
          && configs.flag("add_bos_token").orElse(true)) {
        TokenId bos = new TokenId(content, token.getKey());
        return new PostProcessor.Sequence(
            List.of(CommonParts.BYTE_LEVEL_PROCESSOR, CommonParts.template(bos, null)));
      }
    }
    return CommonParts.BYTE_LEVEL_PROCESSOR;
  }

  /**
   * Puts the tokens, and the special tokens too where their ids leave a gap: only so do they keep
   * them.
   *
   * @return how many there are
   */
  private int putTokens(Vocabulary.Builder vocabulary) {
    int entries = 0;
    for (int rank = 0; rank < tokens.length; rank++) {
      if (tokens[rank].length > 0) {
        vocabulary.token(spelled, 0, spell(tokens[rank], 0, tokens[rank].length), rank);
        entries++;
      }
    }
    int next = entries;
    for (int id : special.keySet()) {
      if (id != next++) {
        special.forEach((each, token) -> put(vocabulary, token.content(), each));
        return entries + special.size();
      }
    }
    return entries;
  }

  private static void put(Vocabulary.Builder vocabulary, String token, int id) {
    byte[] utf8 = token.getBytes(StandardCharsets.UTF_8);
    vocabulary.token(utf8, 0, utf8.length, id);
  }

  /** Spells bytes in the alphabet, into {@link #spelled}; gives the length. */
  private int spell(byte[] token, int from, int to) {
    return ByteAlphabet.spell(token, from, to, spelled, 0);
  }

  private MergeList merges() {
    MergeList.Builder merges = MergeList.builder();
    List<int[]> cuts = new ArrayList<>();
    int lookedUp = 0;
    for (byte[] token : tokens) {
      cuts.clear();
      for (int cut = 1; cut < token.length; cut++) {
        guard.check(lookedUp++);
        int left = ranks.modelIdOf(token, 0, cut);
        int right = left < 0 ? -1 : ranks.modelIdOf(token, cut, token.length);
        if (right >= 0) {
          cuts.add(new int[] {left, right, cut});
        }
      }
      if (cuts.size() > 1) {
        cuts.sort(BY_RANKS);
      }
      for (int[] cut : cuts) {
        merges.left(spelled, 0, spell(token, 0, cut[2]));
        merges.right(spelled, 0, spell(token, cut[2], token.length));
      }
      BundleForms.checkRecovered(merges);
    }
    return merges.build();
  }
}
