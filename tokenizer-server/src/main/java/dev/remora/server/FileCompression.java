package dev.remora.server;

import dev.remora.bundle.BundleFormat;

/**
 * How each file is compressed where they travel without an archive ({@link BundleFormat#FILES}).
 */
public enum FileCompression {
  /** As it is. */
  NONE("none"),
  /** With gzip. */
  GZIP("gzip"),
  /** With zstd. */
  ZSTD("zstd");

  private final String wireName;

  FileCompression(String wireName) {
    this.wireName = wireName;
  }

  /** The name on the wire, such as {@code gzip}. */
  public String wireName() {
    return wireName;
  }
}
