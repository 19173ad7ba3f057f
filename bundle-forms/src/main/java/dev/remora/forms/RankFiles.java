package dev.remora.forms;

import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.engine.Vocabulary;
import dev.remora.forms.Components.TemplateToken;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns tiktoken's rank files into a tokenizer.json. Thread-safe.
 *
 * <p>A rank file names tokens, not merges. They are recovered as Hugging Face recovers them: every
 * way to cut a token into two tokens is a merge, in the order of the token's rank, then of the
 * ranks of the two parts.
 */
public final class RankFiles {
  /** Real gaps have a few hundred ids; each is filled with a token. */
  private static final int LARGEST_GAP = 1 << 16;

  private static final Comparator<int[]> BY_RANKS =
      Comparator.<int[]>comparingInt(cut -> cut[0]).thenComparingInt(cut -> cut[1]);

  private final RankFamily family;
  private final BundleConfigs configs;
  private final byte[][] tokens; // by rank; a rank without a token is empty
  private final Vocabulary ranks;
  private final Map<Integer, ConfiguredToken> special = new TreeMap<>();

  private RankFiles(RankFamily family, String name, byte[][] tokens, BundleConfigs configs) {
    this.family = family;
    this.configs = configs;
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
   * The tokenizer.json of a rank file, in UTF-8.
   *
   * @param family {@code o200k_base} or {@code cl100k_base}
   * @param rankFile lines of a token in base64, a space and its rank
   * @throws IllegalArgumentException if there is no such family
   * @throws BundleException if a line is not as it must be
   */
  public static byte[] toTokenizerJson(String family, byte[] rankFile) {
    BundleConfigs none = BundleConfigs.of(TokenizerBundle.builder(Fingerprint.local()).build());
    byte[][] tokens = RankFile.read(family, rankFile);
    return new RankFiles(RankFamily.named(family), family, tokens, none).write();
  }

  /**
   * The tokenizer.json of a bundle's rank file.
   *
   * @throws BundleException if a line is not as it must be, or the family cannot be told
   */
  static byte[] toTokenizerJson(String name, byte[] rankFile, BundleConfigs configs) {
    byte[][] tokens = RankFile.read(name, rankFile);
    Optional<RankFamily> family = RankFamily.of(name, tokens.length, configs);
    if (family.isEmpty()) {
      throw new BundleException(
          Rule.C8,
          name,
          "the family of this tiktoken vocabulary of %,d ranks cannot be told: no known file name,"
                  .formatted(tokens.length)
              + " tokenizer_class or special token, and no pat_str (the bundle holds "
              + configs.files()
              + ")");
    }
    return new RankFiles(family.get(), name, tokens, configs).write();
  }

  /** The configs' tokens with every gap filled, as transformers does; else the family's own. */
  private void collectSpecialTokens(String name) {
    Map<String, Integer> own = family.specialTokens(tokens.length);
    own.forEach((token, id) -> special.put(id, ConfiguredToken.special(token)));
    int highest = -1;
    for (Map.Entry<Integer, ConfiguredToken> token : configs.addedTokens().entrySet()) {
      if (token.getKey() >= tokens.length) {
        special.put(token.getKey(), token.getValue());
        highest = token.getKey();
      }
    }
    if (highest - tokens.length > LARGEST_GAP) {
      throw new BundleException(
          Rule.C8,
          name,
          "%,d ranks, but an added token has id %,d".formatted(tokens.length, highest));
    }
    for (int id = tokens.length; id <= highest; id++) {
      special.putIfAbsent(id, ConfiguredToken.special(RankFamily.reserved(id)));
    }
  }

  private byte[] write() {
    Map<String, @Nullable Object> components = new LinkedHashMap<>();
    components.put("normalizer", family.normalizes() ? Components.object("NFC") : null);
    String pattern = configs.text(RankFamily.PATTERN).orElse(family.pattern());
    components.put("pre_tokenizer", Components.splitThenByteLevel(pattern, false));
    components.put("post_processor", postProcessor());
    components.put("decoder", Components.byteLevel(true, true, true));
    AssembledJson json =
        new AssembledJson(components, List.copyOf(special.values()))
            .model(Components.byteLevelModel(null, true))
            .beginVocabulary();
    writeVocabulary(json);
    json.beginMerges();
    writeMerges(json);
    return json.end();
  }

  private Map<String, @Nullable Object> postProcessor() {
    Map<String, @Nullable Object> byteLevel = Components.byteLevel(true, false, true);
    for (Map.Entry<Integer, ConfiguredToken> token : special.entrySet()) {
      String content = token.getValue().content();
      if (family.bos().filter(content::equals).isPresent()
          && configs.flag("add_bos_token").orElse(true)) {
        TemplateToken bos = new TemplateToken(content, token.getKey());
        return Components.object(
            "Sequence", "processors", List.of(byteLevel, Components.template(bos, null)));
      }
    }
    return byteLevel;
  }

  /** The special tokens too where their ids leave a gap: only so do they keep them. */
  private void writeVocabulary(AssembledJson json) {
    for (int rank = 0; rank < tokens.length; rank++) {
      if (tokens[rank].length > 0) {
        json.token(tokens[rank], rank);
      }
    }
    int next = ranks.size();
    for (int id : special.keySet()) {
      if (id != next++) {
        special.forEach((each, token) -> json.token(token.content(), each));
        return;
      }
    }
  }

  private void writeMerges(AssembledJson json) {
    List<int[]> cuts = new ArrayList<>();
    for (byte[] token : tokens) {
      cuts.clear();
      for (int cut = 1; cut < token.length; cut++) {
        int left = ranks.modelIdOf(token, 0, cut);
        int right = left < 0 ? -1 : ranks.modelIdOf(token, cut, token.length);
        if (right >= 0) {
          cuts.add(new int[] {left, right, cut});
        }
      }
      if (cuts.size() > 1) {
        cuts.sort(BY_RANKS);
      }

      cuts.forEach(cut -> json.merge(token, cut[2]));
    }
  }
}
