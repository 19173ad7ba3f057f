package dev.remora.core.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrivateFolderTest {
  @TempDir private Path parent;

  @BeforeEach
  void realPath() throws IOException {
    parent = parent.toRealPath();
  }

  private static void setMode(Path path, int mode) throws IOException {
    Files.setAttribute(path, "unix:mode", mode);
  }

  @Test
  void in_parentIsMissing_makesItAndAFolderForTheOwnerAlone() throws Exception {
    try (PrivateFolder folder = PrivateFolder.in(parent.resolve("a/b"), "SETTING")) {
      assertEquals(parent.resolve("a/b"), folder.path().getParent());
      assertEquals(
          PosixFilePermissions.fromString("rwx------"),
          Files.getPosixFilePermissions(folder.path()));
    }
  }

  @Test
  void in_parentIsAFile_fails() throws Exception {
    Path file = Files.createFile(parent.resolve("file"));
    assertThrows(IOException.class, () -> PrivateFolder.in(file, "SETTING"));
  }

  @Test
  void close_deletesItsFiles() throws Exception {
    PrivateFolder folder = PrivateFolder.in(parent, "SETTING");
    Files.writeString(folder.path().resolve("library"), "");
    folder.close();
    folder.close();
    assertFalse(Files.exists(folder.path()));
    assertTrue(Files.exists(parent));
  }

  @Test
  void openToOthers_everyoneMayWriteAbove_isThatFolder() throws Exception {
    setMode(parent, 0777);
    assertEquals(Optional.of(parent), open("near"));
    assertEquals(Optional.of(parent), open("far/away"));
  }

  @Test
  void openToOthers_onlyOwnersMayRename_isNone() throws Exception {
    setMode(parent, 01777);
    assertEquals(Optional.empty(), open("near"));
  }

  @Test
  void openToOthers_onlyTheOwnerMayWrite_isNone() throws Exception {
    setMode(parent, 0755);
    assertEquals(Optional.empty(), open("near"));
  }

  private Optional<Path> open(String below) throws IOException {
    return PrivateFolder.openToOthers(Files.createDirectories(parent.resolve(below)));
  }

  @Test
  void deleteLeftovers_deletesOldOnesAlone() throws Exception {
    Path old = PrivateFolder.in(parent, "SETTING").path();
    Path recent = PrivateFolder.in(parent, "SETTING").path();
    Path foreign = Files.createDirectory(parent.resolve("foreign"));
    Files.writeString(old.resolve("library"), "");
    Instant now = Instant.now();
    Files.setLastModifiedTime(old, FileTime.from(now.minusSeconds(60)));
    Files.setLastModifiedTime(foreign, FileTime.from(now.minusSeconds(60)));
    PrivateFolder.deleteLeftovers(parent, now.minusSeconds(30));
    assertFalse(Files.exists(old));
    assertTrue(Files.exists(recent));
    assertTrue(Files.exists(foreign));
  }
}
