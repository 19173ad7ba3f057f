package dev.remora.remote.archive;

import dev.remora.bundle.BundleFormat;
import dev.remora.bundle.Fingerprint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a stream carried, once verified and not before; still packed.
 *
 * @param format what {@code parts} are: files, or one archive
 * @param modelIdentifier the model's name, if the worker gave one
 * @param fingerprint how the bytes were verified
 * @param parts the files, or the one archive
 */
public record PackedBundle(
    BundleFormat format,
    @Nullable String modelIdentifier,
    Fingerprint fingerprint,
    List<Part> parts) {
  /** One file or archive as it was sent, still compressed. */
  public record Part(String name, Compression compression, ReceivedBytes data) {}
}
