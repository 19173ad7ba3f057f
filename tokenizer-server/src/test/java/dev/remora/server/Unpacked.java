package dev.remora.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.github.luben.zstd.ZstdInputStream;
import dev.remora.bundle.BundleFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;

/** Reads archives back with readers that are not the server's own. */
final class Unpacked {
  private Unpacked() {}

  static Map<String, byte[]> archive(BundleFormat format, byte[] bytes) throws IOException {
    InputStream input = new ByteArrayInputStream(bytes);
    return switch (format) {
      case ZIP -> entries(new ZipArchiveInputStream(input));
      case TAR -> entries(new TarArchiveInputStream(input));
      case TAR_GZ -> entries(new TarArchiveInputStream(new GZIPInputStream(input)));
      case TAR_ZST -> entries(new TarArchiveInputStream(new ZstdInputStream(input)));
      case FILES -> throw new IllegalArgumentException("no archive");
    };
  }

  static byte[] file(String compression, byte[] bytes) throws IOException {
    InputStream input = new ByteArrayInputStream(bytes);
    return switch (compression) {
      case "none" -> bytes;
      case "gzip" -> new GZIPInputStream(input).readAllBytes();
      case "zstd" -> new ZstdInputStream(input).readAllBytes();
      default -> throw new IllegalArgumentException(compression);
    };
  }

  private static Map<String, byte[]> entries(ArchiveInputStream<?> archive) throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    ArchiveEntry entry;
    while ((entry = archive.getNextEntry()) != null) {
      contents.put(entry.getName(), archive.readAllBytes());
    }
    return contents;
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  static void assertSame(Map<String, byte[]> expected, Map<String, byte[]> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach((name, content) -> assertArrayEquals(content, actual.get(name), name));
  }
}
