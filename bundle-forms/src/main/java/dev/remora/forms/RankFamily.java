package dev.remora.forms;

import dev.remora.bundle.SpecialTokens;
import dev.remora.core.definition.TextCuts;
import dev.remora.core.regex.KnownRegex;
import dev.remora.core.special.ConfiguredToken;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The families of tiktoken vocabularies: what a rank file itself does not say. All of them take a
 * piece that is a token whole, as tiktoken does.
 */
enum RankFamily {
  O200K_BASE(KnownRegex.O200K, "o200k_base.tiktoken", null, null) {
    @Override
    Map<String, Integer> specialTokens(int size) {
      return Map.of("<|endoftext|>", 199_999, "<|endofprompt|>", 200_018);
    }
  },

  CL100K_BASE(KnownRegex.CL100K, "cl100k_base.tiktoken", null, null) {
    @Override
    Map<String, Integer> specialTokens(int size) {
      Map<String, Integer> tokens = numbered(100_257, "<|endoftext|>", "<|fim_prefix|>");
      tokens.putAll(numbered(100_259, "<|fim_middle|>", "<|fim_suffix|>"));
      tokens.put("<|endofprompt|>", 100_276);
      return tokens;
    }
  },

  P50K_BASE(KnownRegex.GPT2, "p50k_base.tiktoken", null, null) {
    @Override
    Map<String, Integer> specialTokens(int size) {
      return Map.of("<|endoftext|>", Names.GPT2_END); // its id lies between the ranks
    }
  },

  R50K_BASE(KnownRegex.GPT2, "r50k_base.tiktoken", null, null) {
    @Override
    Map<String, Integer> specialTokens(int size) {
      return Map.of("<|endoftext|>", Names.GPT2_END);
    }
  },

  LLAMA_4(KnownRegex.O200K, null, null, "<|header_start|>") {
    @Override
    List<String> prefix(TokenizerConfigs configs) {
      return llamaPrefix(configs);
    }
  },

  LLAMA_3(KnownRegex.CL100K, null, null, Names.LLAMA_BOS) {
    @Override
    int maxRanks() {
      return 128_000; // Llama 4 has more, and another pattern
    }

    @Override
    List<String> prefix(TokenizerConfigs configs) {
      return llamaPrefix(configs);
    }
  },

  GLM_4(KnownRegex.CL100K, null, "ChatGLM4Tokenizer", null) {
    @Override
    List<String> prefix(TokenizerConfigs configs) {
      return List.of("[gMASK]", "<sop>");
    }

    @Override
    boolean needsPrefix() {
      return true;
    }
  },

  QWEN_1(KnownRegex.QWEN, "qwen.tiktoken", "QWenTokenizer", null) {
    @Override
    Map<String, Integer> specialTokens(int size) {
      Map<String, Integer> tokens = numbered(size, "<|endoftext|>", "<|im_start|>", "<|im_end|>");
      for (int i = 0; i < 205; i++) {
        tokens.put("<|extra_" + i + "|>", size + tokens.size());
      }
      return tokens;
    }
  },

  KIMI(KnownRegex.KIMI, null, "TikTokenTokenizer", "<|im_user|>") {
    @Override
    Map<String, Integer> specialTokens(int size) {
      Map<String, Integer> tokens = new LinkedHashMap<>();
      for (int id = size; id < size + 256; id++) {
        tokens.put(reserved(id), id);
      }
      return tokens;
    }

    @Override
    Optional<TextCuts> cuts() {
      return Optional.of(new TextCuts(400_000, 25_000));
    }
  },

  /** A family of its own: its pattern is in the tokenizer_config.json. */
  CONFIGURED(null, null, null, null);

  /** The member of tokenizer_config.json that holds a pattern; it wins over the family's own. */
  static final String PATTERN = "pat_str";

  private final @Nullable KnownRegex regex;
  private final @Nullable String file;
  private final @Nullable String tokenizerClass;
  private final @Nullable String addedToken;

  /**
   * The last three say what the family is recognised by.
   *
   * @param file the name of its rank file
   * @param tokenizerClass its class in the tokenizer_config.json
   * @param addedToken one of its added tokens
   */
  RankFamily(
      @Nullable KnownRegex regex,
      @Nullable String file,
      @Nullable String tokenizerClass,
      @Nullable String addedToken) {
    this.regex = regex;
    this.file = file;
    this.tokenizerClass = tokenizerClass;
    this.addedToken = addedToken;
  }

  /** The regex that splits; the configs' own wins. */
  String regex(TokenizerConfigs configs) {
    return configs
        .text(PATTERN)
        .orElseGet(
            () -> Objects.requireNonNull(regex, "a family that the configs describe").expression());
  }

  /** Whether text is brought to NFC first. */
  boolean normalizes() {
    return this == QWEN_1;
  }

  /** The tokens that the class puts before a text. */
  List<String> prefix(TokenizerConfigs configs) {
    return List.of();
  }

  /** Whether a bundle that lists no such tokens is refused. */
  boolean needsPrefix() {
    return false;
  }

  private static List<String> llamaPrefix(TokenizerConfigs configs) {
    return configs.flag("add_bos_token").orElse(true) ? List.of(Names.LLAMA_BOS) : List.of();
  }

  /** The special tokens that are in no file, by token; {@code size} is the number of ranks. */
  Map<String, Integer> specialTokens(int size) {
    return Map.of();
  }

  /** Where the model's own code cuts a text before it asks tiktoken; empty for nowhere. */
  Optional<TextCuts> cuts() {
    return Optional.empty();
  }

  /** The largest number of ranks that a member of the family has. */
  int maxRanks() {
    return Integer.MAX_VALUE;
  }

  /** The name that fills a gap between special tokens. */
  static String reserved(int id) {
    return "<|reserved_token_" + id + "|>";
  }

  private static Map<String, Integer> numbered(int first, String... tokens) {
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (String token : tokens) {
      ids.put(token, first + ids.size());
    }
    return ids;
  }

  /**
   * The family of a rank file: by its name, else its tokenizer class, else an added token, else by
   * the pattern that is in tokenizer_config.json.
   */
  static Optional<RankFamily> of(String fileName, int ranks, TokenizerConfigs configs) {
    String className = configs.tokenizerClass().orElse("");
    for (RankFamily family : values()) {
      if (fileName.equals(family.file)) {
        return Optional.of(family);
      }
    }
    for (RankFamily family : values()) {
      if (ranks <= family.maxRanks()
          && (className.equals(family.tokenizerClass) || family.isNamedBy(configs))) {
        return Optional.of(family);
      }
    }
    return configs.text(PATTERN).map(pattern -> CONFIGURED);
  }

  private boolean isNamedBy(TokenizerConfigs configs) {
    ConfiguredToken bos = configs.tokens().roles().get(SpecialTokens.BOS);
    return addedToken != null
        && ((bos != null && bos.content().equals(addedToken))
            || configs.tokens().added().values().stream()
                .anyMatch(token -> token.content().equals(addedToken)));
  }

  /** What several families name. */
  private static final class Names {
    static final int GPT2_END = 50_256;
    static final String LLAMA_BOS = "<|begin_of_text|>";

    private Names() {}
  }
}
