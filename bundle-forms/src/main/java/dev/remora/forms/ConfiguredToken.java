package dev.remora.forms;

import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.core.engine.AddedToken;
import java.util.LinkedHashMap;
import java.util.Map;

/** An added token as a file names it, before it has an id. */
record ConfiguredToken(
    String content,
    boolean singleWord,
    boolean lstrip,
    boolean rstrip,
    boolean normalized,
    boolean special) {

  /** A special token of which only the text is known. */
  static ConfiguredToken special(String content) {
    return new ConfiguredToken(content, false, false, false, false, true);
  }

  /** A token that is not special and of which only the text is known. */
  static ConfiguredToken ordinary(String content) {
    return new ConfiguredToken(content, false, false, false, true, false);
  }

  /** A JSON object of a token. */
  static ConfiguredToken read(String file, Map<String, ?> token) {
    if (!(token.get("content") instanceof String content)) {
      throw new BundleException(Rule.C8, file, "an added token has no content");
    }
    boolean special = flag(token, "special", false);
    return new ConfiguredToken(
        content,
        flag(token, "single_word", false),
        flag(token, "lstrip", false),
        flag(token, "rstrip", false),
        flag(token, "normalized", !special),
        special);
  }

  private static boolean flag(Map<String, ?> token, String name, boolean otherwise) {
    return token.get(name) instanceof Boolean flag ? flag : otherwise;
  }

  /** The same token, marked special. */
  ConfiguredToken asSpecial() {
    return new ConfiguredToken(content, singleWord, lstrip, rstrip, normalized, true);
  }

  AddedToken withId(int id) {
    return new AddedToken(id, content, singleWord, lstrip, rstrip, normalized, special);
  }

  /** As it stands in the added tokens of a tokenizer.json. */
  static Map<String, Object> toJson(AddedToken token) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", token.id());
    json.put("content", token.content());
    json.put("single_word", token.singleWord());
    json.put("lstrip", token.lstrip());
    json.put("rstrip", token.rstrip());
    json.put("normalized", token.normalized());
    json.put("special", token.special());
    return json;
  }
}
