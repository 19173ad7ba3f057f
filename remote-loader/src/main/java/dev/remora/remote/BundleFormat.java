package dev.remora.remote;

import dev.remora.BundleException;
import dev.remora.Rule;

/** The forms in which a bundle travels. */
enum BundleFormat {
  ZIP("zip", Compression.NONE),
  TAR("tar", Compression.NONE),
  TAR_GZ("tar.gz", Compression.GZIP),
  TAR_ZST("tar.zst", Compression.ZSTD),
  FILES("files", Compression.NONE);

  private static final int TAR_BLOCK = 512;

  private final String wireName;
  private final Compression compression;

  BundleFormat(String wireName, Compression compression) {
    this.wireName = wireName;
    this.compression = compression;
  }

  String wireName() {
    return wireName;
  }

  /** How the archive as a whole is compressed. */
  Compression compression() {
    return compression;
  }

  /** By the bundle_format of dialect A (rule A2). */
  static BundleFormat named(String wireName) {
    for (BundleFormat format : values()) {
      if (format.wireName.equals(wireName)) {
        return format;
      }
    }
    throw new BundleException(Rule.A2, null, "unknown bundle_format '" + wireName + "'");
  }

  /** By the first bytes, as dialect B names no format (rule B1). */
  static BundleFormat ofMagic(Segments archive) {
    byte[] head = archive.head(TAR_BLOCK);
    if (startsWith(head, 0x50, 0x4B)) {
      return ZIP;
    }
    if (startsWith(head, 0x28, 0xB5, 0x2F, 0xFD)) {
      return TAR_ZST;
    }
    if (startsWith(head, 0x1F, 0x8B)) {
      return TAR_GZ;
    }
    if (head.length == TAR_BLOCK) {
      return TAR; // the reader checks the header
    }
    throw new BundleException(Rule.B1, null, "the data is no zip, tar, gzip or zstd archive");
  }

  private static boolean startsWith(byte[] head, int... magic) {
    for (int i = 0; i < magic.length; i++) {
      if (i >= head.length || (head[i] & 0xFF) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
