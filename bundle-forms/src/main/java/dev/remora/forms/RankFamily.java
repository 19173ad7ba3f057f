package dev.remora.forms;

import java.util.Map;

/** The families of tiktoken vocabularies: what a rank file itself does not say. */
enum RankFamily {
  O200K_BASE(
      "o200k_base",
      "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+"
          + "(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
          + "|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+"
          + "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
          + "|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"),
  CL100K_BASE(
      "cl100k_base",
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
          + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+");

  private final String familyName;
  private final String pattern;

  RankFamily(String familyName, String pattern) {
    this.familyName = familyName;
    this.pattern = pattern;
  }

  String pattern() {
    return pattern;
  }

  Map<String, Integer> specialTokens() {
    return switch (this) {
      case O200K_BASE -> Map.of("<|endoftext|>", 199_999, "<|endofprompt|>", 200_018);
      case CL100K_BASE ->
          Map.of(
              "<|endoftext|>",
              100_257,
              "<|fim_prefix|>",
              100_258,
              "<|fim_middle|>",
              100_259,
              "<|fim_suffix|>",
              100_260,
              "<|endofprompt|>",
              100_276);
    };
  }

  /**
   * The family of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static RankFamily named(String name) {
    for (RankFamily family : values()) {
      if (family.familyName.equals(name)) {
        return family;
      }
    }
    throw new IllegalArgumentException("no family of tiktoken vocabularies named " + name);
  }
}
