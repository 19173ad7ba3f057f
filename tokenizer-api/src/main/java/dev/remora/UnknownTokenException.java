package dev.remora;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An id was given that no token of this tokenizer has. */
public final class UnknownTokenException extends TokenizerException {
  private static final long serialVersionUID = 1L;

  private final int id;
  private final int index;
  private final int vocabularySize;

  /**
   * @param id the id
   * @param index its index in the ids that were given, from 0
   * @param vocabularySize how many ids have a token
   */
  public UnknownTokenException(int id, int index, int vocabularySize) {
    this(id, index, vocabularySize, null, List.of());
  }

  private UnknownTokenException(
      int id, int index, int vocabularySize, @Nullable Throwable cause, List<Attempt> attempts) {
    super(
        null,
        String.format(
            Locale.ROOT,
            "id %d at index %d has no token (the vocabulary has %d)",
            id,
            index,
            vocabularySize),
        cause,
        attempts);
    this.id = id;
    this.index = index;
    this.vocabularySize = vocabularySize;
  }

  @Override
  TokenizerException copy(@Nullable Throwable newCause, List<Attempt> newAttempts) {
    return new UnknownTokenException(id, index, vocabularySize, newCause, newAttempts);
  }

  @Override
  public ErrorKind kind() {
    return ErrorKind.UNKNOWN_TOKEN;
  }

  /** The id that has no token. */
  public int id() {
    return id;
  }

  /** Its index in the ids that were given, from 0. */
  public int index() {
    return index;
  }

  /** How many ids have a token. */
  public int vocabularySize() {
    return vocabularySize;
  }
}
