package dev.remora.engine.encode;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lends each caller an {@link EncodeCall}: about two for each processor are kept, however many
 * threads call, so that a thousand virtual threads do not hold a thousand. Thread-safe.
 */
final class CallPool {
  private final Supplier<EncodeCall> source;
  private final AtomicReferenceArray<@Nullable EncodeCall> kept;

  CallPool(Supplier<EncodeCall> source) {
    this.source = source;
    int size = Integer.highestOneBit(Runtime.getRuntime().availableProcessors()) << 1;
    this.kept = new AtomicReferenceArray<>(size);
  }

  /** One that nobody else has; to be given back. */
  EncodeCall borrow() {
    int first = first();
    for (int index = 0; index < kept.length(); index++) {
      int slot = (first + index) & (kept.length() - 1);
      EncodeCall call = kept.getPlain(slot) == null ? null : kept.getAndSet(slot, null);
      if (call != null) {
        return call;
      }
    }
    return source.get();
  }

  /** Keeps a call that has ended, if there is a place for it. */
  void giveBack(EncodeCall call) {
    int first = first();
    for (int index = 0; index < kept.length(); index++) {
      int slot = (first + index) & (kept.length() - 1);
      if (kept.getPlain(slot) == null) {
        kept.setRelease(slot, call); // if another thread does the same, one is lost: no harm
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
