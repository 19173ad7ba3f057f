package dev.remora.cli.view;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The files that pages are made of, from the jar. */
public final class PageFiles {
  private PageFiles() {}

  /** The text of a file that stands beside a class. */
  public static String read(Class<?> beside, String name) {
    try (InputStream file = Objects.requireNonNull(beside.getResourceAsStream(name), name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file of this package. */
  public static String read(String name) {
    return read(PageFiles.class, name);
  }
}
