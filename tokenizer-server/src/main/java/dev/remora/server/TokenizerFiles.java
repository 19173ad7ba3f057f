package dev.remora.server;

import dev.remora.bundle.FileNames;
import dev.remora.bundle.TokenizerBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files that a worker ships as its tokenizer, in memory, in the order of their names.
 *
 * <p>Immutable and thread-safe.
 */
public final class TokenizerFiles {
  private final Map<String, byte[]> contents;

  private TokenizerFiles(Map<String, byte[]> contents) {
    this.contents = Collections.unmodifiableMap(contents);
  }

  /**
   * Reads the files of a model's directory that make its tokenizer: the regular files, or links to
   * such, that {@link TokenizerBundle#keeps} names, in the directory itself and in {@code
   * additional_chat_templates}. Nothing else is opened, so the weights may lie beside them.
   *
   * @throws NotDirectoryException if this is not a directory
   * @throws IOException if a file cannot be read
   */
  public static TokenizerFiles of(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new NotDirectoryException(folder.toString());
    }
    Map<String, byte[]> contents = new TreeMap<>();
    read(folder, "", contents);
    if (Files.isDirectory(folder.resolve(FileNames.NAMED_TEMPLATES))) {
      read(folder.resolve(FileNames.NAMED_TEMPLATES), FileNames.NAMED_TEMPLATES + "/", contents);
    }
    return new TokenizerFiles(contents);
  }

  /**
   * Files that are in memory, by their names; the arrays are copied. Any name is taken, {@code
   * ../x} too, so that a client can be tested against it.
   */
  public static TokenizerFiles of(Map<String, byte[]> contents) {
    Map<String, byte[]> copies = new TreeMap<>();
    contents.forEach((name, content) -> copies.put(name, content.clone()));
    return new TokenizerFiles(copies);
  }

  private static void read(Path folder, String prefix, Map<String, byte[]> contents)
      throws IOException {
    for (Path file : list(folder)) {
      String name = prefix + file.getFileName();
      if (TokenizerBundle.keeps(name) && Files.isRegularFile(file)) {
        contents.put(name, Files.readAllBytes(file));
      }
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  /** The files' names, sorted. */
  public List<String> names() {
    return List.copyOf(contents.keySet());
  }

  /** By name; not to be changed. */
  Map<String, byte[]> contents() {
    return contents;
  }
}
