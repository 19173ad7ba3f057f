package dev.remora.server;

/** The two dialects of {@code GetTokenizer}; the method paths of both are the same. */
public enum Dialect {
  /** Metadata first, with the fingerprint, then numbered chunks (rules A1 to A6). */
  DESCRIBED(2 << 20),
  /** Pieces of an archive, its SHA-256 on the last one (rules B1 to B3). */
  BARE(64 << 10);

  private final int chunkSize;

  Dialect(int chunkSize) {
    this.chunkSize = chunkSize;
  }

  /** The bytes of data in one message where the builder names no other number. */
  public int defaultChunkSize() {
    return chunkSize;
  }
}
