package dev.remora;

import java.util.Optional;

/**
 * The version of Hugging Face tokenizers whose behavior a tokenizer has, where versions differ: the
 * one that the workers run. Ids are the same by all of them.
 */
public enum ReferenceVersion {
  /** From 0.21 on: an added token decodes to its text. */
  V0_21("0.21"),

  /**
   * From 0.23 on: an added token that is looked for in the normalized text ({@code normalized:
   * true}) decodes as its text is once it is normalized.
   */
  V0_23("0.23");

  private final String number;

  ReferenceVersion(String number) {
    this.number = number;
  }

  /** The version that has this number, such as {@code 0.23}; empty if there is none. */
  public static Optional<ReferenceVersion> of(String number) {
    for (ReferenceVersion version : values()) {
      if (version.number.equals(number)) {
        return Optional.of(version);
      }
    }
    return Optional.empty();
  }

  /** Its number, such as {@code 0.23}. */
  @Override
  public String toString() {
    return number;
  }
}
