package dev.remora.forms;

import dev.remora.core.engine.AddedToken;
import dev.remora.core.engine.Vocabulary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects the added tokens of a tokenizer and gives them the ids that tokenizers gives them: the
 * model's where it has the token, else the next free one, whatever the file says.
 */
final class AddedTokens {
  private final Map<String, AddedToken> tokens = new LinkedHashMap<>();
  private final Vocabulary model;
  private final int modelSize;
  private long highest = -1;

  /**
   * @param model the model's vocabulary alone
   * @param modelSize how many tokens it has
   */
  AddedTokens(Vocabulary model, int modelSize) {
    this.model = model;
    this.modelSize = modelSize;
  }

  /** Adds the tokens of a tokenizer.json's member added_tokens, which may be null. */
  void addAll(@Nullable Object member) {
    for (Object item : Members.list(TokenizerJson.FILE, "added_tokens", member)) {
      Map<String, Object> token = Members.map(TokenizerJson.FILE, "added_tokens", item);
      add(ConfiguredToken.read(TokenizerJson.FILE, token));
    }
  }

  /** Adds a token; one of the same content takes the new flags and keeps its id. */
  void add(ConfiguredToken token) {
    if (!token.content().isEmpty()) {
      AddedToken added = token.withId(idOf(token.content()));
      tokens.put(token.content(), added);
      highest = Math.max(highest, added.id());
    }
  }

  /**
   * Adds a token that may be there with other flags, as adding it to a running tokenizer does: it
   * strips and matches words as the new one, was once special stays so, and is still looked for
   * where it was.
   */
  void addOrChange(ConfiguredToken token) {
    AddedToken known = tokens.get(token.content());
    if (known == null) {
      add(token);
      return;
    }
    boolean normalized = known.normalized() && (known.special() || token.normalized());
    tokens.put(
        token.content(),
        new AddedToken(
            known.id(),
            token.content(),
            token.singleWord(),
            token.lstrip(),
            token.rstrip(),
            normalized,
            known.special() || token.special()));
  }

  /** Whether there is a token of this content. */
  boolean contains(String content) {
    return tokens.containsKey(content);
  }

  /** The tokens in the order of their adding. */
  List<AddedToken> toList() {
    return List.copyOf(tokens.values());
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
}
