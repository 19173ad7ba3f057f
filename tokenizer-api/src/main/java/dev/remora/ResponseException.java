package dev.remora;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model's reply is not what its response template describes, or there is no such template. What
 * was understood of the reply comes with it: {@link #partial()} and {@link #openText()}.
 */
public final class ResponseException extends TokenizerException {
  private static final long serialVersionUID = 1L;

  private final Problem problem;
  private final @Nullable String field;
  private final String detail;
  private final Map<String, @Nullable Object> partial;
  private final String openText;

  /** What is wrong. */
  public enum Problem {
    /** There is no response template for the model. */
    NO_TEMPLATE,
    /** The response template breaks a rule of its format. */
    TEMPLATE,
    /** The text of a field is not of the kind that the template says, such as JSON. */
    CONTENT,
    /** A field's value lacks what the template makes the message from. */
    TRANSFORM,
    /** A field that is to be joined is no text. */
    JOIN,
    /** A pattern of the template cannot be used, or does not get on with this reply. */
    PATTERN,
    /** A field is missing that the template requires. */
    REQUIRED,
    /** A bound was passed: the length of a reply, or the steps of a pattern. */
    LIMIT
  }

  /**
   * @param problem what is wrong
   * @param field the field that it is about; null if it is about none
   * @param detail what is wrong, in words
   * @param partial what the message was when it happened, not to be changed any more
   * @param openText the text of the field that had not ended
   * @param cause what showed it
   */
  public ResponseException(
      Problem problem,
      @Nullable String field,
      String detail,
      Map<String, @Nullable Object> partial,
      String openText,
      @Nullable Throwable cause) {
    this(problem, field, detail, partial, openText, cause, List.of());
  }

  private ResponseException(
      Problem problem,
      @Nullable String field,
      String detail,
      Map<String, @Nullable Object> partial,
      String openText,
      @Nullable Throwable cause,
      List<Attempt> attempts) {
    super(null, (field == null ? "" : "field " + field + ": ") + detail, cause, attempts);
    this.problem = problem;
    this.field = field;
    this.detail = detail;
    this.partial = partial;
    this.openText = openText;
  }

  @Override
  TokenizerException copy(@Nullable Throwable newCause, List<Attempt> newAttempts) {
    return new ResponseException(problem, field, detail, partial, openText, newCause, newAttempts);
  }

  @Override
  public ErrorKind kind() {
    return ErrorKind.RESPONSE;
  }

  /** What is wrong. */
  public Problem problem() {
    return problem;
  }

  /** The field that it is about; empty if it is about none. */
  public Optional<String> field() {
    return Optional.ofNullable(field);
  }

  /** What is wrong, in words; it quotes no text of the reply. */
  public String detail() {
    return detail;
  }

  /**
   * What the message was when it happened: the fields that had ended, with the defaults of the
   * template, as a message for the chat template. Empty if the template itself is at fault.
   */
  public Map<String, @Nullable Object> partial() {
    return partial;
  }

  /** The text so far of the field that had not ended, as the model wrote it; empty if none had. */
  public String openText() {
    return openText;
  }
}
