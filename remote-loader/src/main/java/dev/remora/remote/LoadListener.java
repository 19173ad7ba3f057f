package dev.remora.remote;

import dev.remora.Attempt;
import dev.remora.Rule;
import dev.remora.Tokenizer;
import dev.remora.TokenizerException;
import dev.remora.bundle.BundleDialect;
import dev.remora.bundle.BundleDrift;
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
   * A load begins; it ends with {@link #serving} or {@link #failed}.
   *
   * @param source where the tokenizer is to come from
   */
  default void started(TokenizerSource source) {}

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

  /**
   * A worker that joined a model of {@link ModelWorkers}, or was asked again, has the model's
   * content now. What this method and those below throw is logged, and changes nothing. They are
   * called one after the other for a model, and must not wait for one of its workers.
   *
   * @param model the name of the model
   * @param worker the authority of the worker's channel
   * @param digest the model's content
   */
  default void workerMatches(String model, String worker, ContentDigest digest) {}

  /**
   * A worker of a model has another content than the model.
   *
   * @param drift what differs
   * @param serves whether the worker serves all the same
   */
  default void workerDrifted(String model, String worker, BundleDrift drift, boolean serves) {}

  /**
   * A worker of a model could not be compared; it is asked again after a pause that doubles from 1
   * s to 1 min, or once its connection is back. One that is only not up keeps its standing.
   */
  default void workerNotCompared(String model, String worker, TokenizerException failure) {}

  /**
   * The workers of a model have another content than before, as far as they serve it. A registry
   * takes it up with its next {@link TokenizerRegistry#refreshAsync refresh}.
   *
   * @param from the identity of the files until now
   * @param to the identity of the new files
   */
  default void modelChanged(String model, ContentDigest from, ContentDigest to) {}
}
