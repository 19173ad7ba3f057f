package dev.remora.bundle;

/** The formats in which a bundle is sent. */
public enum BundleFormat {
  /** One zip archive. */
  ZIP("zip"),
  /** One tar archive. */
  TAR("tar"),
  /** One tar archive in gzip. */
  TAR_GZ("tar.gz"),
  /** One tar archive in zstd. */
  TAR_ZST("tar.zst"),
  /** One file after the other, each compressed on its own or not at all. */
  FILES("files");

  private final String wireName;

  BundleFormat(String wireName) {
    this.wireName = wireName;
  }

  /** The format's name on the wire, such as {@code tar.gz}. */
  public String wireName() {
    return wireName;
  }

  /** The {@link #wireName()}. */
  @Override
  public String toString() {
    return wireName;
  }
}
