package dev.remora.remote.archive;

import dev.remora.BundleException;
import dev.remora.LimitException;
import dev.remora.Rule;
import dev.remora.TokenizerException;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.guard.BuildGuard;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** Turns verified bytes into a bundle, in memory (rules C1, C3). */
public final class Unpacker {
  /** A zip's directory is read whole, so its length is bounded before the entries are counted. */
  private static final int MAX_ZIP_HEADERS = 10_000;

  private static final int ZIP_HEADER = 0x02014B50;

  /** What a tar may hold between two files: headers, long names, the padding of a block. */
  private static final int MAX_TAR_HEADER_BYTES = 1 << 20;

  private Unpacker() {}

  /**
   * Unpacks a bundle.
   *
   * @param guard ends it early
   * @throws BundleException if it holds what is refused, or cannot be unpacked
   * @throws LimitException if it holds more than the limits allow
   */
  public static TokenizerBundle unpack(PackedBundle packed, BundleLimits limits, BuildGuard guard) {
    TokenizerBundle.Builder bundle =
        TokenizerBundle.builder(packed.fingerprint()).modelIdentifier(packed.modelIdentifier());
    EntrySink sink = new EntrySink(bundle, limits, guard);
    for (PackedBundle.Part part : packed.parts()) {
      try {
        switch (packed.format()) {
          case FILES -> file(part, sink);
          case ZIP -> zip(part, sink);
          case TAR, TAR_GZ, TAR_ZST -> tar(part, Compression.of(packed.format()), sink);
        }
      } catch (TokenizerException e) {
        throw e;
      } catch (IOException | RuntimeException e) {
        // The archive readers answer broken bytes with many kinds of runtime exceptions.
        throw new BundleException(
            Rule.C3, part.name(), "it cannot be unpacked: " + e.getMessage(), e);
      }
    }
    return bundle.build();
  }

  private static void file(PackedBundle.Part part, EntrySink sink) throws IOException {
    try (InputStream content = part.compression().decompress(part.data().open())) {
      sink.file(part.name(), content);
    }
  }

  private static void zip(PackedBundle.Part part, EntrySink sink) throws IOException {
    int headers = part.data().occurrences(ZIP_HEADER);
    if (headers > MAX_ZIP_HEADERS) {
      throw new LimitException(Rule.C1, "zip headers", MAX_ZIP_HEADERS, headers);
    }
    // The central directory, not the stream: links show only there.
    try (ZipFile zip =
        ZipFile.builder()
            .setSeekableByteChannel(part.data().channel())
            .setIgnoreLocalFileHeader(true)
            .get()) {
      for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
        zipEntry(zip, entry, sink);
      }
    }
  }

  private static void zipEntry(ZipFile zip, ZipArchiveEntry entry, EntrySink sink)
      throws IOException {
    String name = entry.getName();
    int type = entry.getUnixMode() & 0170000;
    if (new String(entry.getRawName(), StandardCharsets.ISO_8859_1).indexOf('\\') >= 0) {
      // The reader turns them into slashes.
      throw new BundleException(Rule.C3, name, "the name has a backslash");
    }
    if (entry.getGeneralPurposeBit().usesEncryption()) {
      throw new BundleException(Rule.C3, name, "the entry is encrypted");
    }
    if (entry.isDirectory()) {
      sink.directory(name);
    } else if (type != 0 && type != 0100000) {
      throw new BundleException(Rule.C3, name, "the entry is a link or another special file");
    } else if (entry.getMethod() != ZipEntry.STORED && entry.getMethod() != ZipEntry.DEFLATED) {
      throw new BundleException(
          Rule.C3,
          name,
          String.format(Locale.ROOT, "compression method %d is not supported", entry.getMethod()));
    } else {
      try (InputStream content = zip.getInputStream(entry)) {
        sink.file(name, content);
      }
    }
  }

  private static void tar(PackedBundle.Part part, Compression compression, EntrySink sink)
      throws IOException {
    try (HeaderLimit raw =
            new HeaderLimit(
                new BufferedInputStream(compression.decompress(part.data().open()), 1 << 16));
        TarArchiveInputStream tar = new TarArchiveInputStream(raw, "UTF-8")) {
      raw.inHeader();
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        raw.inContent();
        tarEntry(tar, entry, sink);
        raw.inHeader();
      }
    }
  }

  private static void tarEntry(TarArchiveInputStream tar, TarArchiveEntry entry, EntrySink sink)
      throws IOException {
    byte type = entry.getLinkFlag();
    boolean regular =
        type == TarConstants.LF_NORMAL
            || type == TarConstants.LF_OLDNORM
            || type == TarConstants.LF_CONTIG;
    if (entry.isDirectory()) {
      sink.directory(entry.getName());
    } else if (!regular || entry.isSparse()) {
      throw new BundleException(
          Rule.C3, entry.getName(), "the entry is a link or another special file");
    } else {
      sink.file(entry.getName(), tar);
    }
  }

  /** Bounds what the tar reader takes in for one header: long names are read whole into memory. */
  private static final class HeaderLimit extends CountedInput {
    private long allowed;

    HeaderLimit(InputStream in) {
      super(in);
    }

    void inHeader() {
      allowed = MAX_TAR_HEADER_BYTES;
    }

    void inContent() {
      allowed = Long.MAX_VALUE; // the sink counts it
    }

    @Override
    void count(long bytes) {
      allowed -= bytes;
      if (allowed < 0) {
        throw new LimitException(
            Rule.C1, "bytes in a tar header", MAX_TAR_HEADER_BYTES, MAX_TAR_HEADER_BYTES - allowed);
      }
    }
  }
}
