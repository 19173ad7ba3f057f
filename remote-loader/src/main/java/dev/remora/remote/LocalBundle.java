package dev.remora.remote;

import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Reads the files of a folder that a tokenizer can need; weights beside them are left alone. */
final class LocalBundle {
  private static final String NAMED_TEMPLATES = "additional_chat_templates";

  private LocalBundle() {}

  static TokenizerBundle read(Path folder, LoadOptions options) {
    if (!Files.isDirectory(folder)) {
      throw new BundleException(Rule.C8, null, folder + " is no folder");
    }
    TokenizerBundle.Builder bundle = TokenizerBundle.builder(Fingerprint.local());
    EntrySink sink = new EntrySink(bundle, options, LoadDeadline.after(options.timeout()));
    try {
      readFolder(folder, "", sink);
      if (Files.isDirectory(folder.resolve(NAMED_TEMPLATES))) {
        readFolder(folder.resolve(NAMED_TEMPLATES), NAMED_TEMPLATES + "/", sink);
      }
    } catch (IOException e) {
      throw new BundleException(Rule.C8, null, folder + " cannot be read: " + e, e);
    }
    return bundle.build();
  }

  private static void readFolder(Path folder, String prefix, EntrySink sink) throws IOException {
    for (Path file : regularFiles(folder)) {
      String name = prefix + file.getFileName();
      if (TokenizerBundle.keeps(name)) {
        try (InputStream content = Files.newInputStream(file)) {
          sink.file(name, content);
        }
      }
    }
  }

  private static List<Path> regularFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
