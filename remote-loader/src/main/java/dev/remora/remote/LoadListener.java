package dev.remora.remote;

import dev.remora.Attempt;
import dev.remora.Rule;
import dev.remora.Tokenizer;
import dev.remora.TokenizerException;
import dev.remora.bundle.BundleDialect;
import dev.remora.bundle.BundleFormat;
import dev.remora.bundle.ContentDigest;
import dev.remora.bundle.TokenizerBundle;
import java.time.Duration;
import java.util.List;

/**
 * Is told of the steps of a load, in order, on the thread that loads. Every method does nothing by
 * default. What a method throws fails the attempt that it is told of; what {@link #attemptFailed}
 * throws ends the load, as the cause of a {@link dev.remora.LoadException}; what {@link #failed}
 * throws takes the place of the failure. No text and no ids are passed.
 *
 * <p>Must be thread-safe if several loads have the same listener.
 */
public interface LoadListener {
  /** A listener that does nothing. */
  LoadListener NONE =
      new LoadListener() {
        @Override
        public String toString() {
          return "LoadListener.NONE";
        }
      };

  /**
   * A call to a service of a worker begins.
   *
   * @param worker the authority of the worker's channel
   * @param service the full name of the gRPC service
   */
  default void attemptStarted(String worker, String service) {}

  /**
   * Data arrived.
   *
   * @param total how many bytes arrived in this call so far
   */
  default void bytesReceived(long total) {}

  /**
   * The stream ended and its bytes have the right fingerprint, or that check was waived.
   *
   * @param dialect the dialect that the worker speaks
   * @param format the format in which it sent the bundle
   * @param bytes how many bytes of data the stream carried
   * @param fetching the time from the call to the end of the stream, without hashing
   * @param hashing the time that SHA-256 took
   */
  default void verified(
      BundleDialect dialect,
      BundleFormat format,
      long bytes,
      Duration fetching,
      Duration hashing) {}

  /** The bundle was unpacked. */
  default void unpacked(TokenizerBundle bundle, Duration elapsed) {}

  /** The tokenizer was built. */
  default void built(Tokenizer tokenizer, Duration elapsed) {}

  /**
   * The tokenizer does not fit what the worker says of its model; the load goes on.
   *
   * @param worker the authority of the worker's channel
   * @param rule {@link Rule#M1} or {@link Rule#M2}
   * @param problem what does not fit
   */
  default void mismatched(String worker, Rule rule, String problem) {}

  /**
   * A source gave nothing that could be used, and the next one is tried.
   *
   * @param from the source that is passed over
   * @param failure why
   * @param to the source that is tried now
   */
  default void movedOn(TokenizerSource from, TokenizerException failure, TokenizerSource to) {}

  /**
   * The load succeeded.
   *
   * @param source the source that serves
   * @param passedOver why those before it do not, in order; empty if it is the preferred one
   */
  default void serving(TokenizerSource source, List<TokenizerException> passedOver) {}

  /** An attempt failed; the load may go on with another one. */
  default void attemptFailed(Attempt attempt) {}

  /** The load failed with this exception, which is then thrown. */
  default void failed(TokenizerException failure) {}

  /**
   * A {@link TokenizerRegistry} gave a name another tokenizer, as its worker now has other files.
   * What this method throws fails the refresh; the name keeps the new tokenizer.
   *
   * @param name the name in the registry
   * @param from the identity of the files until now
   * @param to the identity of the new files
   */
  default void swapped(String name, ContentDigest from, ContentDigest to) {}
}
