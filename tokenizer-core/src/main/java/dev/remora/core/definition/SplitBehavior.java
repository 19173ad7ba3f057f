package dev.remora.core.definition;

import java.util.Optional;

/** What becomes of the text at which a pre-tokenizer splits. */
public enum SplitBehavior {
  /** It is dropped. */
  REMOVED("Removed"),
  /** It is a piece of its own. */
  ISOLATED("Isolated"),
  /** It joins the piece before it. */
  MERGED_WITH_PREVIOUS("MergedWithPrevious"),
  /** It joins the piece after it. */
  MERGED_WITH_NEXT("MergedWithNext"),
  /** Adjacent matches are one piece. */
  CONTIGUOUS("Contiguous");

  private final String jsonName;

  SplitBehavior(String jsonName) {
    this.jsonName = jsonName;
  }

  /** Its name in a tokenizer.json. */
  public String jsonName() {
    return jsonName;
  }

  /** The behavior of this name in a tokenizer.json; empty if there is none. */
  public static Optional<SplitBehavior> named(String jsonName) {
    for (SplitBehavior behavior : values()) {
      if (behavior.jsonName.equals(jsonName)) {
        return Optional.of(behavior);
      }
    }
    return Optional.empty();
  }
}
