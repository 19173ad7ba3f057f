package dev.remora;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Stands, in a serialized {@link TokenizerException}, for a cause that is not serializable: its
 * text, stack trace and causes. Only the type is lost, which the message names.
 */
final class SerializedCause extends Exception {
  private static final long serialVersionUID = 1L;

  private SerializedCause(Throwable original, Set<Throwable> seen) {
    super(original.toString());
    setStackTrace(original.getStackTrace());
    Throwable cause = original.getCause();
    if (cause != null && seen.add(cause)) {
      initCause(of(cause, seen));
    }
    for (Throwable suppressed : original.getSuppressed()) {
      if (seen.add(suppressed)) {
        addSuppressed(of(suppressed, seen));
      }
    }
  }

  /** The throwable itself if it can be serialized, otherwise what stands for it. */
  static Throwable of(Throwable original) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    seen.add(original);
    return of(original, seen);
  }

  private static Throwable of(Throwable original, Set<Throwable> seen) {
    return isSerializable(original) ? original : new SerializedCause(original, seen);
  }

  private static boolean isSerializable(Throwable original) {
    try (ObjectOutputStream out = new ObjectOutputStream(OutputStream.nullOutputStream())) {
      out.writeObject(original);
      return true;
    } catch (IOException | RuntimeException e) {
      return false; // a field somewhere in it is not serializable, or its own writeObject fails
    }
  }
}
