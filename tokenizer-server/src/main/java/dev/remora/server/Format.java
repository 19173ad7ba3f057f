package dev.remora.server;

/** How the files of a bundle travel: in one archive, or each for itself. */
public enum Format {
  /** A zip archive; what public workers send. */
  ZIP("zip"),
  /** An uncompressed tar archive. */
  TAR("tar"),
  /** A tar archive, compressed with gzip. */
  TAR_GZ("tar.gz"),
  /** A tar archive, compressed with zstd. */
  TAR_ZST("tar.zst"),
  /** File after file without an archive; {@link Dialect#DESCRIBED} only. */
  FILES("files");

  private final String wireName;

  Format(String wireName) {
    this.wireName = wireName;
  }

  /** The name on the wire and on the command line, such as {@code tar.gz}. */
  public String wireName() {
    return wireName;
  }
}
