package dev.remora.remote;

import dev.remora.Attempt;
import dev.remora.Rule;
import dev.remora.Tokenizer;
import dev.remora.TokenizerException;
import dev.remora.bundle.ContentDigest;
import dev.remora.bundle.TokenizerBundle;
import java.time.Duration;

/**
 * Is told of the steps of a load, in order, on the thread that loads. What a method throws ends the
 * load with that exception. No text and no ids are ever passed.
 */
public interface LoadListener {
  /** A listener that does nothing. */
  LoadListener NONE = new LoadListener() {};

  /** A call to a service of a worker begins. */
  default void attemptStarted(String worker, String service) {}

  /** Data arrived; {@code total} bytes of it in this attempt so far. */
  default void bytesReceived(long total) {}

  /**
   * The stream ended and its bytes have the right fingerprint, or that check was waived.
   *
   * @param dialect {@code described} or {@code bare}
   * @param format the format of the bundle, such as {@code zip}
   * @param bytes how many bytes of data the stream carried
   * @param fetching from the call to the end of the stream, hashing left out
   * @param hashing the part of the time that SHA-256 took
   */
  default void verified(
      String dialect, String format, long bytes, Duration fetching, Duration hashing) {}

  /** The bundle was unpacked. */
  default void unpacked(TokenizerBundle bundle, Duration elapsed) {}

  /** The tokenizer was built. */
  default void built(Tokenizer tokenizer, Duration elapsed) {}

  /**
   * The tokenizer does not fit what the worker says of its model; the load goes on.
   *
   * @param rule {@code M1} or {@code M2}, as docs/rules.md says
   * @param problem what does not fit
   */
  default void mismatched(String worker, Rule rule, String problem) {}

  /** A try at a worker failed; the load may go on elsewhere. */
  default void attemptFailed(Attempt attempt) {}

  /** The load failed. */
  default void failed(TokenizerException failure) {}

  /**
   * A {@link TokenizerRegistry} gave a name another tokenizer, as its worker now has other files.
   * What this method throws fails the refresh; the swap stays.
   */
  default void swapped(String name, ContentDigest from, ContentDigest to) {}
}
