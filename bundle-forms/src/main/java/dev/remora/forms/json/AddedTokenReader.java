package dev.remora.forms.json;

import dev.remora.core.special.ConfiguredToken;

/** Reads an added token as tokenizer.json and the configs write it. */
public final class AddedTokenReader {
  private AddedTokenReader() {}

  public static ConfiguredToken read(JsonObject token) {
    String content = token.string("content");
    boolean special = isSet(token, "special", false);
    return new ConfiguredToken(
        content,
        isSet(token, "single_word", false),
        isSet(token, "lstrip", false),
        isSet(token, "rstrip", false),
        isSet(token, "normalized", !special),
        special);
  }

  /** Tolerant, as configs are written by many hands. */
  private static boolean isSet(JsonObject token, String name, boolean otherwise) {
    return token.value(name) instanceof Boolean flag ? flag : otherwise;
  }
}
