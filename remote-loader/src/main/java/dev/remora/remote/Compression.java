package dev.remora.remote;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.remora.BundleException;
import dev.remora.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** How a file or a tar archive is compressed. */
enum Compression {
  NONE,
  GZIP,
  ZSTD;

  /** By the name that a chunk of dialect A gives (rule A3). */
  static Compression named(String name, String file) {
    return switch (name) {
      case "", "none" -> NONE;
      case "gzip" -> GZIP;
      case "zstd" -> ZSTD;
      default -> throw new BundleException(Rule.A3, file, "unknown compression '" + name + "'");
    };
  }

  InputStream decompress(InputStream compressed) throws IOException {
    return switch (this) {
      case NONE -> compressed;
      case GZIP -> new GZIPInputStream(compressed, 1 << 16);
      case ZSTD -> zstd(compressed);
    };
  }

  private static InputStream zstd(InputStream compressed) throws IOException {
    try {
      return new ZstdInputStreamNoFinalizer(compressed);
    } catch (LinkageError e) { // of two kinds: the cause the first time, then "no class"
      throw new IOException(
          "the native library of zstd cannot be loaded; it is extracted to java.io.tmpdir, or to"
              + " the directory that the system property ZstdTempFolder names: "
              + e,
          e);
    }
  }
}
