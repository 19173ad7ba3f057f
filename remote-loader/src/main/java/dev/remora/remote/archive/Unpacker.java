package dev.remora.remote.archive;

import dev.remora.BundleException;
import dev.remora.LimitException;
import dev.remora.Rule;
import dev.remora.bundle.BundleFormat;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.guard.BuildGuard;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Turns verified bytes into a bundle, in memory (rules C1, C3). */
public final class Unpacker {
  private Unpacker() {}

  /**
   * Unpacks a bundle.
   *
   * @param guard ends it early
   * @throws BundleException if it holds what is refused, or cannot be unpacked
   * @throws LimitException if it holds more than the limits allow
   */
  public static TokenizerBundle unpack(PackedBundle packed, BundleLimits limits, BuildGuard guard) {
    TokenizerBundle.Builder bundle =
        TokenizerBundle.builder(packed.fingerprint()).modelIdentifier(packed.modelIdentifier());
    EntrySink sink = new EntrySink(bundle, limits, guard);
    for (PackedBundle.Part part : packed.parts()) {
      try {
        unpack(part, packed.format(), sink, guard);
      } catch (IOException e) {
        throw new BundleException(
            Rule.C3, part.name(), "it cannot be unpacked: " + e.getMessage(), e);
      }
    }
    return bundle.build();
  }

  private static void unpack(
      PackedBundle.Part part, BundleFormat format, EntrySink sink, BuildGuard guard)
      throws IOException {
    if (format == BundleFormat.ZIP) {
      new ZipReader(part.data(), sink).read();
      return;
    }
    Compression compression =
        format == BundleFormat.FILES ? part.compression() : Compression.of(format);
    InputStream watched =
        new CountedInput(part.data().open()) { // empty members and frames unpack to nothing
          @Override
          void count(long bytes) {
            guard.check();
          }
        };
    try (InputStream content = compression.decompress(watched)) {
      if (format == BundleFormat.FILES) {
        sink.file(part.name(), content);
      } else {
        new TarReader(new BufferedInputStream(content, 1 << 16), sink).read();
      }
    }
  }
}
