package dev.remora.core.special;

import dev.remora.core.vocabulary.AddedToken;
import dev.remora.core.vocabulary.Vocabulary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Collects the added tokens of a tokenizer and gives them the ids that tokenizers gives them: the
 * model's where it has the token, else the next free one, whatever the file says. Not thread-safe.
 */
final class AddedTokenList {
  private final Map<String, AddedToken> tokens = new LinkedHashMap<>();
  private final Vocabulary model;
  private final int modelSize;
  private long highest = -1;

  /**
   * @param model the model's vocabulary alone
   * @param modelSize how many entries it has
   */
  AddedTokenList(Vocabulary model, int modelSize) {
    this.model = model;
    this.modelSize = modelSize;
  }

  /** Adds a token; one of the same content takes the new flags and keeps its id. */
  void add(ConfiguredToken token) {
    if (!token.content().isEmpty()) {
      AddedToken added = token.withId(idOf(token.content()));
      tokens.put(token.content(), added);
      highest = Math.max(highest, added.id());
    }
  }

  /** Adds a token unless there is one of the same content. */
  void addIfNew(ConfiguredToken token) {
    if (!tokens.containsKey(token.content())) {
      add(token);
    }
  }

  /**
   * Adds a token that may be there with other flags, as adding it to a running tokenizer does: it
   * strips and matches words as the new one, remains special once it was, and is still looked for
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

  /** Adds a token of a role; one that is there becomes special and keeps its other flags. */
  void addSpecial(ConfiguredToken token) {
    AddedToken known = tokens.get(token.content());
    if (known == null) {
      add(token.asSpecial());
    } else if (!known.special()) {
      tokens.put(token.content(), known.asSpecial());
    }
  }

  /** The tokens in the order in which they were added. */
  List<AddedToken> toList() {
    return List.copyOf(tokens.values());
  }

  private int idOf(String content) {
    AddedToken known = tokens.get(content);
    if (known != null) {
      return known.id();
    }
    OptionalInt ofModel = model.idOf(content);
    return ofModel.isPresent()
        ? ofModel.getAsInt()
        : Math.toIntExact(highest >= modelSize ? highest + 1 : modelSize);
  }
}
