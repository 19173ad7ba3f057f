package dev.remora;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tokens were to be counted in a conversation with an image, audio or video part, and nobody said
 * how many tokens such a part takes: a count of the text alone would be wrong by a factor.
 */
public final class MediaCountException extends TokenizerException {
  private static final long serialVersionUID = 1L;

  private final String path;
  private final String type;

  /**
   * @param path where the part stands in the request, such as {@code messages[0].content[1]}
   * @param type its type, such as {@code image_url}
   */
  public MediaCountException(String path, String type) {
    this(path, type, null, List.of());
  }

  private MediaCountException(
      String path, String type, @Nullable Throwable cause, List<Attempt> attempts) {
    super(
        null,
        path + " is of the type " + type + ", and it is not said how many tokens it takes",
        cause,
        attempts);
    this.path = path;
    this.type = type;
  }

  @Override
  TokenizerException copy(@Nullable Throwable newCause, List<Attempt> newAttempts) {
    return new MediaCountException(path, type, newCause, newAttempts);
  }

  @Override
  public ErrorKind kind() {
    return ErrorKind.MEDIA;
  }

  /** Where the part stands in the request, such as {@code messages[0].content[1]}. */
  public String path() {
    return path;
  }

  /** The type of the part, such as {@code image_url}. */
  public String type() {
    return type;
  }
}
