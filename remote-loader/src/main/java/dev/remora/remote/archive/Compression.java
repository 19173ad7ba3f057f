package dev.remora.remote.archive;

import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.bundle.BundleFormat;
import dev.remora.remote.classpath.NeededLibrary;
import java.io.IOException;
import java.io.InputStream;

/** How a file or a tar archive is compressed. */
public enum Compression {
  /** Not at all. */
  NONE,
  /** By gzip. */
  GZIP,
  /** By Zstandard. */
  ZSTD;

  /**
   * By the name that a chunk of the described dialect gives (rule A3).
   *
   * @throws BundleException if there is no such compression
   */
  public static Compression named(String name, String file) {
    return switch (name) {
      case "", "none" -> NONE;
      case "gzip" -> GZIP;
      case "zstd" -> ZSTD;
      default -> throw new BundleException(Rule.A3, file, "unknown compression '" + name + "'");
    };
  }

  /** How an archive of this format is compressed as a whole. */
  static Compression of(BundleFormat format) {
    return switch (format) {
      case TAR_GZ -> GZIP;
      case TAR_ZST -> ZSTD;
      case ZIP, TAR, FILES -> NONE;
    };
  }

  InputStream decompress(InputStream compressed) throws IOException {
    return switch (this) {
      case NONE -> compressed;
      case GZIP -> new GzipInput(compressed);
      case ZSTD -> zstd(compressed);
    };
  }

  private static InputStream zstd(InputStream compressed) throws IOException {
    try {
      return ZstdLibrary.decompress(compressed);
    } catch (LinkageError | AssertionError e) { // the second is what it throws on JDK 22 and newer
      throw new IOException(NeededLibrary.ZSTD.problem() + ": " + e, e);
    }
  }
}
