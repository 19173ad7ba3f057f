package dev.remora.core.definition;

import java.util.Optional;

/** Where Metaspace puts its replacement before a text that does not begin with it. */
public enum PrependScheme {
  /** Before the first piece of the text only. */
  FIRST("first"),
  /** Nowhere. */
  NEVER("never"),
  /** Before each piece between added tokens. */
  ALWAYS("always");

  private final String jsonName;

  PrependScheme(String jsonName) {
    this.jsonName = jsonName;
  }

  /** Its name in a tokenizer.json. */
  public String jsonName() {
    return jsonName;
  }

  /** The scheme of this name in a tokenizer.json; empty if there is none. */
  public static Optional<PrependScheme> named(String jsonName) {
    for (PrependScheme scheme : values()) {
      if (scheme.jsonName.equals(jsonName)) {
        return Optional.of(scheme);
      }
    }
    return Optional.empty();
  }
}
