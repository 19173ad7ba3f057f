package dev.remora;

/** What kind of failure a {@link TokenizerException} is; each of its types has one kind. */
public enum ErrorKind {
  /** A {@link BundleException}: what arrived breaks a rule. */
  BUNDLE("bundle"),
  /** A {@link FingerprintException}: what arrived has another SHA-256. */
  FINGERPRINT("fingerprint"),
  /** A {@link LimitException}: a bound was exceeded. */
  LIMIT("limit"),
  /** A {@link LoadException}: no worker gave a tokenizer. */
  LOAD("load"),
  /** An {@link EngineException}: no engine can do what was asked. */
  ENGINE("engine"),
  /** An {@link UnknownTokenException}: an id has no token. */
  UNKNOWN_TOKEN("unknown-token"),
  /** A {@link TemplateException}: a chat template failed. */
  TEMPLATE("template"),
  /** A {@link ResponseException}: a model's reply is not what its response template describes. */
  RESPONSE("response"),
  /** A {@link MediaCountException}: a part that is no text has an unknown number of tokens. */
  MEDIA("media");

  private final String code;

  ErrorKind(String code) {
    this.code = code;
  }

  /** The kind's stable name for logs, metrics and JSON, such as {@code unknown-token}. */
  public String code() {
    return code;
  }

  /** The {@link #code()}. */
  @Override
  public String toString() {
    return code;
  }
}
