package dev.remora.djl;

import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import ai.djl.util.ClassLoaderUtils;
import dev.remora.EngineException;
import dev.remora.core.natives.PrivateFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * DJL's native library, taken out of DJL's jar and loaded without DJL's own loader. That one looks
 * for a GPU through JNA, which leaves threads and a child process behind, runs whatever file stands
 * in its cache, calls home, and fails for ever once it has failed.
 *
 * <p>Each class loader loads a file of its own. A JVM loads a file for one class loader only, and
 * an application that is deployed again cannot wait until the one before it is collected.
 */
final class NativeLibrary {
  /** Where the library is extracted to: an environment variable or system property of DJL's. */
  private static final String FOLDER = "ENGINE_CACHE_DIR";

  /** A library, or its folder, that is loaded in place of the jar's; likewise of DJL's. */
  private static final String OWN = "RUST_LIBRARY_PATH";

  private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");

  /** The files of a build, in the order in which they need each other. */
  private static final List<String> FILES =
      WINDOWS
          ? List.of(
              "libwinpthread-1.dll", "libgcc_s_seh-1.dll", "libstdc++-6.dll", "tokenizers.dll")
          : List.of(System.mapLibraryName("tokenizers"));

  private static final byte[] SMALLEST =
      "{'model':{'type':'WordLevel','vocab':{'a':0},'unk_token':'a'}}"
          .replace('\'', '"')
          .getBytes(StandardCharsets.UTF_8);

  private static boolean loaded;

  private NativeLibrary() {}

  /**
   * Loads the library unless it is loaded. Where that failed, the next call tries again.
   *
   * @throws EngineException if it cannot be loaded
   */
  static synchronized void load() {
    if (loaded) {
      return;
    }
    if (!isComplete()) { // it is where the application uses DJL itself
      loadFiles();
      if (!isComplete()) {
        throw failure(
            String.format(
                    Locale.ROOT,
                    "it lacks functions of DJL's tokenizers; if %s is set, it must name the library of the",
                    OWN)
                + " same version as DJL's jar",
            null);
      }
    }
    loaded = true;
  }

  /** Whether every function that a tokenizer needs is found. */
  private static boolean isComplete() {
    try {
      NativeTokenizer tokenizer = NativeTokenizer.open(SMALLEST);
      tokenizer.details("a", true);
      tokenizer.decode(new int[] {0}, true);
      tokenizer.free();
      return true;
    } catch (UnsatisfiedLinkError e) {
      return false;
    }
  }

  private static void loadFiles() {
    Path own = named(OWN);
    if (own == null) {
      loadFromJar();
    } else if (Files.isDirectory(own)) {
      loadFrom(own);
    } else {
      load(own);
    }
  }

  private static void loadFromJar() {
    Path named = named(FOLDER);
    Path parent = named == null ? Path.of(System.getProperty("java.io.tmpdir")) : named;
    try (PrivateFolder folder = PrivateFolder.in(parent, FOLDER)) {
      for (String file : FILES) {
        extract(file, folder.path());
      }
      loadFrom(folder.path());
    } catch (IOException e) {
      throw failure(
          String.format(
              Locale.ROOT, "it cannot be written to %s: %s; %s", parent, e, folderRemedy()),
          e);
    }
  }

  private static void extract(String file, Path folder) throws IOException {
    String resource =
        String.format(Locale.ROOT, "/native/lib/%s-%s/cpu/%s", system(), architecture(), file);
    try (InputStream content = TokenizersLibrary.class.getResourceAsStream(resource)) {
      if (content == null) {
        throw failure(systemRemedy(), null);
      }
      Files.copy(content, folder.resolve(file));
    }
  }

  private static String system() {
    String name = System.getProperty("os.name");
    return WINDOWS ? "win" : name.startsWith("Mac") ? "osx" : name.toLowerCase(Locale.ROOT);
  }

  private static String architecture() {
    String name = System.getProperty("os.arch");
    return name.equals("amd64") ? "x86_64" : name;
  }

  private static void loadFrom(Path folder) {
    for (String file : FILES) {
      load(folder.resolve(file));
    }
  }

  /**
   * Has a class of DJL's call {@link System#load}: a library belongs to the class loader of its
   * caller, and only DJL's own, which may be another one than ours, finds its functions.
   */
  private static void load(Path file) {
    try {
      ClassLoaderUtils.nativeLoad(System.class.getName(), file.toString());
    } catch (IllegalArgumentException e) {
      Throwable cause = rootCause(e);
      throw failure(
          String.format(Locale.ROOT, "%s; %s; %s", cause, systemRemedy(), folderRemedy()), cause);
    }
  }

  private static Throwable rootCause(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static EngineException failure(String reason, @Nullable Throwable cause) {
    return new EngineException(
        "the native library of the DJL engine cannot be loaded",
        Map.of(DjlEngine.NAME, reason),
        cause);
  }

  private static String systemRemedy() {
    return String.format(
        Locale.ROOT,
        "this is %s %s, and DJL has builds for Linux x86_64 and aarch64 (glibc 2.34 or newer),"
            + " macOS aarch64 and Windows x86_64",
        System.getProperty("os.name"),
        System.getProperty("os.arch"));
  }

  private static String folderRemedy() {
    return "it is extracted to a directory that must be writable and allow execution: name one with"
        + " the environment variable or system property "
        + FOLDER;
  }

  private static @Nullable Path named(String setting) {
    String variable = System.getenv(setting);
    String value = variable == null ? System.getProperty(setting) : variable;
    try {
      return value == null || value.isEmpty() ? null : Path.of(value).toAbsolutePath();
    } catch (InvalidPathException e) {
      throw failure(String.format(Locale.ROOT, "%s names no path: %s", setting, e.getMessage()), e);
    }
  }
}
