package dev.remora.bundle;

import java.util.Locale;

/** The two dialects of {@code GetTokenizer}; the method paths of both are the same. */
public enum BundleDialect {
  /** Metadata first, with the fingerprint, then numbered chunks (rules A1 to A6). */
  DESCRIBED,
  /** Pieces of one archive, with its fingerprint in the last message (rules B1 to B3). */
  BARE;

  /** The name in lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
