package dev.remora.djl;

import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Frees the native tokenizers that were never closed, when the next one is opened: a thread that
 * waited for them would outlive an application that is deployed again. Thread-safe.
 */
final class ForgottenHandles {
  private static final ReferenceQueue<NativeTokenizer> FORGOTTEN = new ReferenceQueue<>();
  private static final Set<Entry> ENTRIES = ConcurrentHashMap.newKeySet();

  private ForgottenHandles() {}

  /** The handle of a tokenizer. */
  static final class Entry extends PhantomReference<NativeTokenizer> {
    private final long handle;

    private Entry(NativeTokenizer owner, long handle) {
      super(owner, FORGOTTEN);
      this.handle = handle;
    }

    /** Frees the handle, unless that was done. */
    void free() {
      if (ENTRIES.remove(this)) {
        TokenizersLibrary.LIB.deleteTokenizer(handle);
      }
    }
  }

  /** The handle is freed by the entry, or once its owner is unreachable. */
  static Entry watch(NativeTokenizer owner, long handle) {
    Entry entry = new Entry(owner, handle);
    ENTRIES.add(entry);
    return entry;
  }

  /** Frees the handles of those that are unreachable. */
  static void free() {
    for (Reference<?> seen = FORGOTTEN.poll(); seen != null; seen = FORGOTTEN.poll()) {
      ((Entry) seen).free();
    }
  }

  /** How many handles are held. */
  static int held() {
    return ENTRIES.size();
  }
}
