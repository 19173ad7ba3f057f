package dev.remora.remote.archive;

import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.bundle.FileNames;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.guard.BuildGuard;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads the files of a directory that a tokenizer can need; others, such as weights, are left
 * alone.
 */
public final class LocalBundle {
  private LocalBundle() {}

  /**
   * The bundle of a directory.
   *
   * @param fingerprint what proves the files
   * @param guard ends it early
   * @throws BundleException if the directory cannot be read (rule C8)
   */
  public static TokenizerBundle read(
      Path directory, Fingerprint fingerprint, BundleLimits limits, BuildGuard guard) {
    if (!Files.isDirectory(directory)) {
      throw new BundleException(Rule.C8, null, directory + " is not a directory");
    }
    TokenizerBundle.Builder bundle = TokenizerBundle.builder(fingerprint);
    EntrySink sink = new EntrySink(bundle, limits, guard);
    try {
      readDirectory(directory, "", sink);
      if (Files.isDirectory(directory.resolve(FileNames.NAMED_TEMPLATES))) {
        readDirectory(
            directory.resolve(FileNames.NAMED_TEMPLATES), FileNames.NAMED_TEMPLATES + "/", sink);
      }
    } catch (IOException e) {
      throw new BundleException(Rule.C8, null, directory + " cannot be read: " + e, e);
    }
    return bundle.build();
  }

  private static void readDirectory(Path directory, String prefix, EntrySink sink)
      throws IOException {
    for (Path file : regularFiles(directory)) {
      String name = prefix + file.getFileName();
      if (TokenizerBundle.keeps(name)) {
        try (InputStream content = Files.newInputStream(file)) {
          sink.file(name, content);
        }
      }
    }
  }

  private static List<Path> regularFiles(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
