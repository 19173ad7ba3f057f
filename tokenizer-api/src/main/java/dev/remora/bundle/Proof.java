package dev.remora.bundle;

/** What proves that the files of a tokenizer are those of the worker that it is used for. */
public enum Proof {
  /** The worker sent them, with their SHA-256. */
  FINGERPRINT,
  /** A worker gave probe texts of every script the ids that these files give them. */
  PROBES,
  /** Nothing: they are local, or the worker sent no SHA-256. */
  NONE;

  static Proof by(Fingerprint.Check check) {
    return switch (check) {
      case MATCHED -> FINGERPRINT;
      case PROBED -> PROBES;
      case LOCAL, WAIVED -> NONE;
    };
  }
}
