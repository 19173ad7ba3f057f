package dev.remora.bundle;

/** What proves that the files of a tokenizer are those of the worker that it is used for. */
public enum Proof {
  /** The worker sent them, with their SHA-256. */
  FINGERPRINT,
  /** They have the content digest of files that a worker sent before, and lay in a cache since. */
  CONTENT_DIGEST,
  /** A worker gave probe texts of every script the ids that these files give them. */
  PROBES,
  /** Nothing: they are local, or the worker sent no SHA-256. */
  NONE;

  static Proof by(Fingerprint.Check check) {
    return switch (check) {
      case MATCHED -> FINGERPRINT;
      case CACHED -> CONTENT_DIGEST;
      case PROBED -> PROBES;
      case LOCAL, WAIVED -> NONE;
    };
  }
}
