package dev.remora.forms;

/** The names of the files of a bundle that the forms read. */
final class FileNames {
  static final String TOKENIZER_JSON = "tokenizer.json";
  static final String VOCABULARY = "vocab.json";
  static final String MERGES = "merges.txt";
  static final String TIKTOKEN = "tiktoken.model";
  static final String SENTENCE_PIECE = "tokenizer.model";
  static final String TOKENIZER_CONFIG = "tokenizer_config.json";
  static final String SPECIAL_TOKENS_MAP = "special_tokens_map.json";
  static final String ADDED_TOKENS = "added_tokens.json";
  static final String MODEL_CONFIG = "config.json";
  static final String GENERATION_CONFIG = "generation_config.json";

  private FileNames() {}
}
