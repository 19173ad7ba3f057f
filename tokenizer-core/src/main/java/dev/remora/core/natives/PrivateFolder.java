package dev.remora.core.natives;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A new folder that only this user can enter, for a native library on its way from its jar into the
 * process. What is loaded is then what this process has just written: there is no cache that
 * someone could have planted a file in, and no moment between a check and the load.
 *
 * <p>Closing deletes it; a loaded library stays in memory. Windows does not delete the file of one,
 * so there the next process does.
 */
public final class PrivateFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PrivateFolder.class);
  private static final String PREFIX = "remora-native-";
  private static final Duration LEFT_BEHIND = Duration.ofHours(1); // no library loads for so long
  private static final String UNIX = "unix"; // the attributes of POSIX, and the whole mode
  private static final int OTHERS_WRITE = 0002;
  private static final int STICKY = 01000; // as /tmp has it: who writes may not rename
  private static final int ROOT = 0;

  private final Path path;

  private PrivateFolder(Path path) {
    this.path = path;
  }

  /**
   * Makes one, and warns if others could put another in its place.
   *
   * @param parent where; is made unless it exists
   * @param setting what names another parent, for the warning
   * @throws IOException if nothing can be written there
   */
  public static PrivateFolder in(Path parent, String setting) throws IOException {
    Files.createDirectories(parent);
    Path path = Files.createTempDirectory(parent, PREFIX); // its rights are the owner's alone
    if (hasUnixAttributes(path)) {
      openToOthers(path)
          .ifPresent(
              open ->
                  LOG.warn(
                      "a native library is loaded from {}, and other users may replace what is in"
                          + " {}: name a folder of your own with {}",
                      path,
                      open,
                      setting));
    } else {
      deleteLeftovers(parent, Instant.now().minus(LEFT_BEHIND));
    }
    return new PrivateFolder(path);
  }

  private static boolean hasUnixAttributes(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains(UNIX);
  }

  /** The first folder above in which a user who is neither this one nor root may rename entries. */
  static Optional<Path> openToOthers(Path path) throws IOException {
    int self = uid(path);
    for (Path above = path.toRealPath().getParent(); above != null; above = above.getParent()) {
      int mode = (int) Files.getAttribute(above, "unix:mode");
      boolean anyoneRenames = (mode & OTHERS_WRITE) != 0 && (mode & STICKY) == 0;
      int owner = uid(above);
      boolean ownerIsAnother = owner != self && owner != ROOT;
      if (anyoneRenames || ownerIsAnother) {
        return Optional.of(above);
      }
    }
    return Optional.empty();
  }

  private static int uid(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:uid");
  }

  /** Deletes what processes before this one could not; what is in use stays. */
  static void deleteLeftovers(Path parent, Instant before) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : folders) {
        if (Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS)
            .toInstant()
            .isBefore(before)) {
          deleteUnlessInUse(folder);
        }
      }
    }
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** Deletes it, with all files in it. */
  @Override
  public void close() {
    deleteUnlessInUse(path);
  }

  private static void deleteUnlessInUse(Path folder) {
    try {
      for (Path file : files(folder)) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("{} stays: {}", folder, e.toString());
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
