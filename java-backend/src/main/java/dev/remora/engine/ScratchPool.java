package dev.remora.engine;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Lends each call a scratch: about two for each processor are kept, however many threads call, so
 * that a thousand virtual threads do not hold a thousand. Thread-safe.
 */
final class ScratchPool {
  private final PairTable pairs;
  private final AtomicReferenceArray<@Nullable Scratch> kept;

  ScratchPool(PairTable pairs) {
    this.pairs = pairs;
    int size = Integer.highestOneBit(Runtime.getRuntime().availableProcessors()) << 1;
    this.kept = new AtomicReferenceArray<>(size);
  }

  /** A scratch that nobody else has; to be given back. */
  Scratch borrow() {
    int first = first();
    for (int index = 0; index < kept.length(); index++) {
      int slot = (first + index) & (kept.length() - 1);
      Scratch scratch = kept.getPlain(slot) == null ? null : kept.getAndSet(slot, null);
      if (scratch != null) {
        return scratch;
      }
    }
    return new Scratch(pairs);
  }

  /** Keeps the scratch if there is a place for it. */
  void giveBack(Scratch scratch) {
    int first = first();
    for (int index = 0; index < kept.length(); index++) {
      int slot = (first + index) & (kept.length() - 1);
      if (kept.getPlain(slot) == null) {
        kept.setRelease(slot, scratch); // if another comes between, one is lost: no harm
        return;
      }
    }
  }

  /** Forgets all that are kept. */
  void clear() {
    for (int slot = 0; slot < kept.length(); slot++) {
      kept.set(slot, null);
    }
  }

  @SuppressWarnings("deprecation") // threadId() is not there before Java 19
  private int first() {
    return (int) Thread.currentThread().getId() & (kept.length() - 1);
  }
}
