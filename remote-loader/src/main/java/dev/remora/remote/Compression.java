package dev.remora.remote;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.remora.BundleException;
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
      default -> throw new BundleException("A3", file, "unknown compression '" + name + "'");
    };
  }

  InputStream decompress(InputStream compressed) throws IOException {
    return switch (this) {
      case NONE -> compressed;
      case GZIP -> new GZIPInputStream(compressed, 1 << 16);
      case ZSTD -> new ZstdInputStreamNoFinalizer(compressed);
    };
  }
}
