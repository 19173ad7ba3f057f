package dev.remora.conformance.hostile;

import dev.remora.bundle.FileNames;
import dev.remora.conformance.DirectoryEntries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A bundle made to do harm.
 *
 * @param name of its directory, or of its definition
 * @param directory of its files
 * @param texts its own, on which it was seen to do harm; empty if none is known
 */
record HostileBundle(String name, Path directory, List<String> texts) {
  private static final String DEFINITION = ".json";
  private static final String TEXT = ".text";

  /**
   * The bundles of a directory, by name: each directory is one, and each definition {@code
   * NAME.json} beside its {@code NAME.text} is one.
   *
   * @param work where definitions become directories
   * @throws IOException if the directory cannot be read, holds no bundle, or a text is not one
   */
  static List<HostileBundle> list(Path directory, Path work) throws IOException {
    List<HostileBundle> bundles = new ArrayList<>();
    for (Path entry : DirectoryEntries.of(directory)) {
      String file = entry.getFileName().toString();
      if (Files.isDirectory(entry)) {
        bundles.add(new HostileBundle(file, entry.toAbsolutePath(), List.of()));
      } else if (file.endsWith(DEFINITION)) {
        bundles.add(definition(entry, work));
      }
    }
    if (bundles.isEmpty()) {
      throw new IOException(directory + " holds neither directories nor NAME.json and NAME.text");
    }
    return bundles;
  }

  private static HostileBundle definition(Path file, Path work) throws IOException {
    String name = file.getFileName().toString().replaceFirst("\\.json$", "");
    Path directory = Files.createDirectory(work.resolve(name));
    Files.copy(file, directory.resolve(FileNames.TOKENIZER_JSON));
    String text = Files.readString(file.resolveSibling(name + TEXT));
    return new HostileBundle(name, directory, List.of(text(name, text.strip())));
  }

  /** A digit, which tells whether special tokens are added, and UTF-16 units of four hex digits. */
  private static String text(String name, String written) throws IOException {
    if (!written.matches("[01]( ([0-9a-fA-F]{4})*)?")) {
      throw new IOException(name + TEXT + " is not '0 ' or '1 ' and UTF-16 units in hex");
    }
    StringBuilder text = new StringBuilder();
    for (int unit = 2; unit < written.length(); unit += 4) {
      text.append((char) Integer.parseInt(written.substring(unit, unit + 4), 16));
    }
    return text.toString();
  }
}
