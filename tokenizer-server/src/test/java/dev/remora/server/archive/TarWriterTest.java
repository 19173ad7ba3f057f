package dev.remora.server.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;

/** Read by commons-compress. */
class TarWriterTest {
  private static final Instant MODIFIED = Instant.parse("2024-03-01T10:00:00Z");

  private static byte[] tar(Map<String, byte[]> files) {
    TarWriter tar = new TarWriter(MODIFIED);
    files.forEach(tar::add);
    return tar.finish();
  }

  @Test
  void names_ofAnyLength_andContentsOfAny_areKept() throws Exception {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int length : new int[] {1, 93, 94, 99, 100, 101, 120, 989, 990, 991, 992, 993, 1000}) {
      files.put("n".repeat(length), new byte[length]);
    }
    files.put("ü鮣.json", new byte[512]);
    files.put("ü".repeat(51), new byte[513]);
    files.put("empty", new byte[0]);
    try (TarArchiveInputStream archive =
        new TarArchiveInputStream(new ByteArrayInputStream(tar(files)), "UTF-8")) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        assertEquals(file.getKey(), archive.getNextEntry().getName());
        assertArrayEquals(file.getValue(), archive.readAllBytes());
      }
      assertNull(archive.getNextEntry());
    }
  }

  @Test
  void entry_saysWhatItIs() throws Exception {
    byte[] tar = tar(Map.of("a.json", new byte[5]));
    try (TarArchiveInputStream archive =
        new TarArchiveInputStream(new ByteArrayInputStream(tar), "UTF-8")) {
      TarArchiveEntry entry = archive.getNextEntry();
      assertEquals(MODIFIED, entry.getLastModifiedTime().toInstant());
      assertEquals(0100644, 0100000 | entry.getMode());
      assertEquals(true, entry.isFile() && entry.isCheckSumOK());
    }
    assertEquals(0, tar.length % 512);
  }
}
