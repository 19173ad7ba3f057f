package dev.remora.remote.registry;

import dev.remora.Tokenizer;
import dev.remora.bundle.BundleInfo;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A shared tokenizer as one holder sees it: closing it gives up this holder's share only.
 * Thread-safe.
 */
final class LeasedTokenizer extends ForwardingTokenizer {
  private final SharedTokenizers.Shared shared;
  private final BundleInfo bundle;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Takes over one holding, and releases it when it is closed.
   *
   * @param bundle the bundle as the holder's worker sent it: other workers name other models
   */
  LeasedTokenizer(SharedTokenizers.Shared shared, BundleInfo bundle) {
    this.shared = shared;
    this.bundle = bundle;
    shared.lend();
  }

  @Override
  Tokenizer tokenizer() {
    if (closed.get()) {
      throw new IllegalStateException("the tokenizer was given back to its registry");
    }
    return shared.tokenizer();
  }

  @Override
  public BundleInfo bundle() {
    tokenizer(); // must not be given back
    return bundle;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      shared.takeBack();
    }
  }

  @Override
  public String toString() {
    return shared.toString();
  }
}
