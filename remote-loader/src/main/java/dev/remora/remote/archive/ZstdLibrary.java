package dev.remora.remote.archive;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.util.Native;
import dev.remora.core.natives.PrivateFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * zstd's native library. zstd-jni extracts it by itself, with whatever rights the process gives to
 * new files; in a folder that is the process's alone, nobody writes to it before it is loaded.
 * Nothing else links to zstd-jni, so that it may be left out.
 */
final class ZstdLibrary {
  /** The system properties of zstd-jni: where it extracts to, and what it loads instead. */
  private static final String FOLDER = "ZstdTempFolder";

  private static final String OWN = "ZstdNativePath";

  private ZstdLibrary() {}

  /**
   * What the frames hold, one after the other.
   *
   * @throws IOException if the library cannot be loaded
   */
  static InputStream decompress(InputStream compressed) throws IOException {
    load();
    return new ZstdInputStreamNoFinalizer(compressed);
  }

  /**
   * Loads the library unless it is loaded. Where that failed, the next call tries again.
   *
   * @throws IOException if it cannot be loaded
   */
  static void load() throws IOException {
    try {
      if (System.getProperty(OWN) != null) {
        Native.load();
      } else if (!Native.isLoaded()) {
        loadFromJar();
      }
      Zstd.magicNumber(); // which fails where another library was loaded
    } catch (IOException | UnsatisfiedLinkError e) {
      throw new IOException(
          "the native library of zstd cannot be loaded; it is extracted to java.io.tmpdir, or to"
              + " the directory that the system property "
              + FOLDER
              + " names, which must be writable and allow execution: "
              + e,
          e);
    }
  }

  private static void loadFromJar() throws IOException {
    Path parent = Path.of(System.getProperty(FOLDER, System.getProperty("java.io.tmpdir")));
    try (PrivateFolder folder = PrivateFolder.in(parent, FOLDER)) {
      Native.load(folder.path().toFile());
    }
  }
}
