package dev.remora.examples.router;

import org.jspecify.annotations.Nullable;

/** A request that is answered with an error, as OpenAI's clients know errors. */
final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String type;
  private final @Nullable String param;
  private final @Nullable String code;

  private ApiException(
      int status,
      String type,
      String message,
      @Nullable String param,
      @Nullable String code,
      @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
    this.type = type;
    this.param = param;
    this.code = code;
  }

  /** A request that cannot be served as it is. */
  static ApiException invalid(@Nullable String param, String message, @Nullable Throwable cause) {
    return new ApiException(400, "invalid_request_error", message, param, null, cause);
  }

  /** A request for something that is valid, but not built here. */
  static ApiException unsupported(String param, String message) {
    return new ApiException(
        400, "invalid_request_error", message, param, "unsupported_value", null);
  }

  static ApiException noSuchModel(String model) {
    return new ApiException(
        404,
        "invalid_request_error",
        "The model `" + model + "` does not exist",
        "model",
        "model_not_found",
        null);
  }

  static ApiException noSuchPath() {
    return new ApiException(404, "invalid_request_error", "no such path", null, null, null);
  }

  static ApiException method(String expected) {
    return new ApiException(
        405, "invalid_request_error", expected + " is expected", null, null, null);
  }

  /** No tokenizer, or no worker, yet. */
  static ApiException unavailable(String message, @Nullable Throwable cause) {
    return new ApiException(503, "server_error", message, null, "unavailable", cause);
  }

  /** The worker failed. */
  static ApiException worker(@Nullable String message, @Nullable Throwable cause) {
    return new ApiException(
        502, "server_error", String.valueOf(message), null, "worker_error", cause);
  }

  /** The router itself failed. */
  static ApiException defect(Throwable cause) {
    return new ApiException(
        500, "server_error", "the router failed: " + cause, null, "internal_error", cause);
  }

  /** The status of the answer. */
  int status() {
    return status;
  }

  String type() {
    return type;
  }

  @Nullable String param() {
    return param;
  }

  @Nullable String code() {
    return code;
  }
}
