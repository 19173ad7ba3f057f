package dev.remora;

/** An id was given that no token of this tokenizer has. */
public final class UnknownTokenException extends TokenizerException {
  private final int id;
  private final int index;
  private final int vocabularySize;

  /**
   * @param id the id
   * @param index where it stands in the ids that were given, from 0
   * @param vocabularySize how many ids have a token
   */
  public UnknownTokenException(int id, int index, int vocabularySize) {
    super(
        null,
        "id %d at index %d has no token (the vocabulary has %d)"
            .formatted(id, index, vocabularySize),
        null);
    this.id = id;
    this.index = index;
    this.vocabularySize = vocabularySize;
  }

  @Override
  public String kind() {
    return "unknown-token";
  }

  /** The id that has no token. */
  public int id() {
    return id;
  }

  /** Where it stands in the ids that were given, from 0. */
  public int index() {
    return index;
  }

  /** How many ids have a token. */
  public int vocabularySize() {
    return vocabularySize;
  }
}
