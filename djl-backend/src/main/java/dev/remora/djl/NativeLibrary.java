package dev.remora.djl;

import ai.djl.huggingface.tokenizers.jni.LibUtils;
import dev.remora.EngineException;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * DJL's native library: loaded once, under DJL's own class loader, without a call home and without
 * a download. A failure is remembered, since DJL itself tells the cause only the first time.
 */
final class NativeLibrary {
  private NativeLibrary() {}

  /** What the one attempt of this process led to; made by the first access. */
  private static final class Attempt {
    @SuppressWarnings("StaticAssignmentOfThrowable") // a cause only; what is thrown is made anew
    static final @Nullable Throwable FAILURE = underOwnLoader(Attempt::failure);

    private static @Nullable Throwable failure() {
      setUnlessSet("OPT_OUT_TRACKING", "true");
      setUnlessSet("RUST_FLAVOR", "cpu");
      try {
        LibUtils.checkStatus();
        return null;
      } catch (Throwable e) { // DJL reports a missing library with an Error
        return e;
      }
    }
  }

  /**
   * Loads the library unless it is loaded.
   *
   * @throws EngineException if it cannot be loaded on this system; the same each time
   */
  static void load() {
    Throwable failure = Attempt.FAILURE;
    if (failure != null) {
      throw new EngineException(
          "the native library of the DJL engine cannot be loaded",
          Map.of(DjlEngine.NAME, cause(failure) + "; " + remedy()),
          failure);
    }
  }

  private static String cause(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.toString();
  }

  private static String remedy() {
    return ("this is %s %s, and DJL has builds for Linux x86_64 and aarch64 (glibc 2.34 or newer),"
            + " macOS aarch64 and Windows x86_64; it extracts them to a directory that must be"
            + " writable and allow execution: set the environment variable or system property"
            + " ENGINE_CACHE_DIR to one; where another class loader has loaded DJL, share its jar")
        .formatted(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  /** DJL finds its resources through the thread's context class loader, which may not see them. */
  static <T extends @Nullable Object> T underOwnLoader(Supplier<T> action) {
    Thread thread = Thread.currentThread();
    ClassLoader context = thread.getContextClassLoader();
    thread.setContextClassLoader(LibUtils.class.getClassLoader());
    try {
      return action.get();
    } finally {
      thread.setContextClassLoader(context);
    }
  }

  private static void setUnlessSet(String name, String value) {
    if (System.getenv(name) == null && System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }
}
