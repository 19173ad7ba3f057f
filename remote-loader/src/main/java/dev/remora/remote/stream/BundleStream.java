package dev.remora.remote.stream;

import dev.remora.bundle.BundleDialect;
import dev.remora.remote.archive.PackedBundle;
import java.util.Optional;

/**
 * Collects the messages of one dialect, and refuses what breaks its rules as soon as that shows.
 * Not thread-safe.
 */
public sealed interface BundleStream permits DescribedStream, BareStream {
  /** Takes the next message. */
  void accept(byte[] message);

  /** The fingerprint that the worker announced before its data; empty if it did not. */
  default Optional<String> announced() {
    return Optional.empty();
  }

  /**
   * Ends the stream: nothing may be missing, and the fingerprint must be right (rule C2).
   *
   * @return what was collected, verified
   */
  PackedBundle finish();

  /** Which dialect the messages have. */
  BundleDialect dialect();

  /**
   * A stream of the dialect that its first message shows, which is not taken yet.
   *
   * @param hash counts and hashes the data
   * @param maxEntries how many files the stream may carry
   */
  static BundleStream startingWith(
      byte[] first, StreamHash hash, FingerprintPolicy fingerprints, int maxEntries) {
    return switch (DialectDetector.of(first)) {
      case DESCRIBED -> new DescribedStream(hash, fingerprints, maxEntries);
      case BARE -> new BareStream(hash, fingerprints);
    };
  }
}
