package dev.remora.server;

import com.github.luben.zstd.ZstdOutputStream;
import dev.remora.bundle.BundleFormat;
import dev.remora.server.archive.TarWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes archives in memory: equal files and an equal time give equal bytes. */
final class Archives {
  private Archives() {}

  static byte[] write(BundleFormat format, TokenizerFiles files, Instant modified) {
    return switch (format) {
      case ZIP -> zip(files, modified);
      case TAR -> tar(files, modified);
      case TAR_GZ -> compress(FileCompression.GZIP, tar(files, modified));
      case TAR_ZST -> compress(FileCompression.ZSTD, tar(files, modified));
      case FILES -> throw new IllegalArgumentException("files travel without an archive");
    };
  }

  static byte[] compress(FileCompression compression, byte[] content) {
    return switch (compression) {
      case NONE -> content;
      case GZIP -> filter(content, GZIPOutputStream::new);
      case ZSTD -> filter(content, out -> new ZstdOutputStream(out).setChecksum(true));
    };
  }

  private static byte[] zip(TokenizerFiles files, Instant modified) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.contents().entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTimeLocal(LocalDateTime.ofInstant(modified, ZoneOffset.UTC));
        zip.putNextEntry(entry);
        zip.write(file.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }

  private static byte[] tar(TokenizerFiles files, Instant modified) {
    TarWriter tar = new TarWriter(modified);
    files.contents().forEach(tar::add);
    return tar.finish();
  }

  private static byte[] filter(byte[] content, Filter filter) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = filter.over(bytes)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }

  private interface Filter {
    OutputStream over(OutputStream out) throws IOException;
  }
}
