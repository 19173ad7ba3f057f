package dev.remora.forms;

import dev.remora.BundleException;
import dev.remora.spi.AddedToken;
import dev.remora.spi.Vocabulary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the added tokens of a tokenizer.json and gives them the ids that tokenizers gives them: the
 * model's where it has the token, else the next free one, whatever the file says.
 */
final class AddedTokens {
  private final Map<String, AddedToken> tokens = new LinkedHashMap<>();
  private final Vocabulary model;
  private final int modelSize;
  private long highest = -1;

  private AddedTokens(Vocabulary model, int modelSize) {
    this.model = model;
    this.modelSize = modelSize;
  }

  /**
   * @param member the member added_tokens, or null
   * @param model the model's vocabulary alone
   * @param modelSize how many tokens it has
   */
  static List<AddedToken> read(@Nullable Object member, Vocabulary model, int modelSize) {
    AddedTokens added = new AddedTokens(model, modelSize);
    for (Object item : Members.list(TokenizerJson.FILE, "added_tokens", member)) {
      added.add(Members.map(TokenizerJson.FILE, "added_tokens", item));
    }
    return List.copyOf(added.tokens.values());
  }

  private void add(Map<String, Object> token) {
    if (!(token.get("content") instanceof String content)) {
      throw new BundleException("C8", TokenizerJson.FILE, "an added token has no content");
    }
    boolean special = flag(token, "special", false);
    if (!content.isEmpty()) {
      AddedToken added =
          new AddedToken(
              idOf(content),
              content,
              flag(token, "single_word", false),
              flag(token, "lstrip", false),
              flag(token, "rstrip", false),
              flag(token, "normalized", !special),
              special);
      tokens.put(content, added);
      highest = Math.max(highest, added.id());
    }
  }

  private int idOf(String content) {
    AddedToken known = tokens.get(content);
    if (known != null) {
      return known.id();
    }
    return model
        .idOf(content)
        .orElseGet(() -> Math.toIntExact(highest >= modelSize ? highest + 1 : modelSize));
  }

  private static boolean flag(Map<String, Object> token, String name, boolean otherwise) {
    return token.get(name) instanceof Boolean flag ? flag : otherwise;
  }
}
