package dev.remora.conformance;

import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.vocabulary.AddedToken;
import java.util.ArrayList;
import java.util.List;

/**
 * Added tokens that are parts of each other, take white space, ask for borders, are normalized:
 * what stands at one of them may depend on what is around it.
 */
public final class AdversarialTokens {
  private static final List<String> CONTENTS =
      List.of(
          "<im_end>",
          "<im_end>s", // so the one above is no seam
          "<eot>",
          "x<cut>y", // so the next one is none
          "<cut>",
          "end<eos>", // and this one stays: it is the end
          "<eos>",
          "<l>",
          "<r>",
          "<w>",
          "qzword",
          "<n>\u00C9",
          " <sp>",
          "<a\u0301>",
          "\u4E2D<zh>",
          "\uD83D\uDE00\uD83D\uDE00\u200D");

  private AdversarialTokens() {}

  /** A definition with those of these tokens beside its own that it does not have. */
  public static TokenizerDefinition in(TokenizerDefinition base) {
    List<AddedToken> tokens = new ArrayList<>(base.addedTokens());
    int next = base.vocabulary().idBound();
    for (String content : CONTENTS) {
      if (base.vocabulary().idOf(content).isPresent()) {
        continue;
      }
      int id = next++;
      tokens.add(
          new AddedToken(
              id,
              content,
              content.contains("w"),
              content.equals("<l>"),
              content.equals("<r>"),
              content.startsWith("<n>"),
              id % 2 == 0));
    }
    return base.withAddedTokens(tokens);
  }
}
