package dev.remora.bundle;

import java.util.Set;

/**
 * The names of the files of a bundle that a tokenizer, its special tokens and its chat templates
 * are read from: those that Hugging Face's libraries write.
 */
public final class FileNames {
  /** The tokenizer of Hugging Face tokenizers. */
  public static final String TOKENIZER_JSON = "tokenizer.json";

  /** Tokens to ids, beside {@link #MERGES}. */
  public static final String VOCABULARY = "vocab.json";

  /** The merges of {@link #VOCABULARY}. */
  public static final String MERGES = "merges.txt";

  /** Tokens a line, of WordPiece. */
  public static final String WORD_PIECES = "vocab.txt";

  /** Mistral's ranks, special tokens and pattern. */
  public static final String TEKKEN = "tekken.json";

  /** The ranks of tiktoken; see {@link #isRankFile}. */
  public static final String TIKTOKEN = "tiktoken.model";

  /** The model of SentencePiece; see {@link #isModel}. */
  public static final String SENTENCE_PIECE = "tokenizer.model";

  /** The config of the tokenizer. */
  public static final String TOKENIZER_CONFIG = "tokenizer_config.json";

  /** The special tokens by their roles. */
  public static final String SPECIAL_TOKENS_MAP = "special_tokens_map.json";

  /** The ids of added tokens. */
  public static final String ADDED_TOKENS = "added_tokens.json";

  /** The config of the model. */
  public static final String MODEL_CONFIG = "config.json";

  /** The config of generation. */
  public static final String GENERATION_CONFIG = "generation_config.json";

  /** The chat template as text. */
  public static final String CHAT_TEMPLATE = "chat_template.jinja";

  /** The chat template as a member of an object. */
  public static final String CHAT_TEMPLATE_JSON = "chat_template.json";

  /** The folder of the chat templates with names. */
  public static final String NAMED_TEMPLATES = "additional_chat_templates";

  private static final String TEMPLATE_SUFFIX = ".jinja";

  private static final Set<String> CONFIGS =
      Set.of(
          TOKENIZER_CONFIG,
          SPECIAL_TOKENS_MAP,
          ADDED_TOKENS,
          MODEL_CONFIG,
          GENERATION_CONFIG,
          CHAT_TEMPLATE,
          CHAT_TEMPLATE_JSON);

  private static final Set<String> TOKENIZERS =
      Set.of(TOKENIZER_JSON, VOCABULARY, MERGES, WORD_PIECES, TEKKEN);

  private FileNames() {}

  /** Whether a file is one of tiktoken's ranks by its suffix, {@code .tiktoken}, in no folder. */
  public static boolean isRankFile(String name) {
    return name.endsWith(".tiktoken") && name.indexOf('/') < 0;
  }

  /**
   * Whether a file is a model of SentencePiece or tiktoken by its suffix, {@code .model}, in no
   * folder; {@code spiece.model} and {@code sentencepiece.bpe.model} are.
   */
  public static boolean isModel(String name) {
    return name.endsWith(".model") && name.indexOf('/') < 0;
  }

  /** Whether a file is a chat template of {@link #NAMED_TEMPLATES}. */
  public static boolean isNamedTemplate(String name) {
    return name.startsWith(NAMED_TEMPLATES + "/") && name.endsWith(TEMPLATE_SUFFIX);
  }

  /** Whether a file is the text of a chat template, with a name of its own or without. */
  public static boolean isTemplate(String name) {
    return name.equals(CHAT_TEMPLATE) || isNamedTemplate(name);
  }

  /** The name of a chat template for which {@link #isNamedTemplate} holds: its file's stem. */
  public static String templateName(String name) {
    return name.substring(NAMED_TEMPLATES.length() + 1, name.length() - TEMPLATE_SUFFIX.length());
  }

  /** Whether a file is a config or a chat template: what is of use once a tokenizer is built. */
  static boolean isConfig(String name) {
    return CONFIGS.contains(name) || isNamedTemplate(name);
  }

  /** Whether a tokenizer can be built from a file; SentencePiece's and tiktoken's go by suffix. */
  static boolean isTokenizer(String name) {
    return TOKENIZERS.contains(name) || isRankFile(name) || isModel(name);
  }
}
