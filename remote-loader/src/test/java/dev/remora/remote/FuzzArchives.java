package dev.remora.remote;

import com.github.luben.zstd.Zstd;
import dev.remora.bundle.BundleFormat;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Archives of every format: odd ones by structure, then changed byte by byte. */
final class FuzzArchives {
  static final List<String> NAMES =
      List.of(
          "tokenizer.json",
          "tokenizer_config.json",
          "merges.txt",
          "notes.bin",
          "additional_chat_templates/tool.jinja",
          "./tokenizer.json",
          "a/",
          "../x",
          "/x",
          "C:x",
          "",
          "é".repeat(60),
          "long/".repeat(60) + "x");

  private static final List<BundleFormat> FORMATS =
      List.of(BundleFormat.ZIP, BundleFormat.TAR, BundleFormat.TAR_GZ, BundleFormat.TAR_ZST);

  private FuzzArchives() {}

  /** A sound archive of these files. */
  static byte[] archive(BundleFormat format, Map<String, byte[]> files) {
    return switch (format) {
      case ZIP -> Archives.zip(files);
      case TAR -> Archives.tar(files);
      case TAR_GZ -> Archives.gzip(Archives.tar(files));
      case TAR_ZST -> Zstd.compress(Archives.tar(files));
      case FILES -> throw new IllegalArgumentException("files are no archive");
    };
  }

  /** A hostile stream whose fingerprint is right, so that it is unpacked. */
  static List<byte[]> mutated(Random random) {
    BundleFormat format = FORMATS.get(random.nextInt(FORMATS.size()));
    byte[] archive =
        switch (format) {
          case ZIP -> FuzzZips.any(random);
          case TAR -> FuzzTars.any(random);
          case TAR_GZ -> pieces("gzip", FuzzTars.any(random), random);
          case TAR_ZST -> pieces("zstd", FuzzTars.any(random), random);
          case FILES -> throw new AssertionError(format);
        };
    if (random.nextInt(3) > 0) {
      archive = FuzzBytes.mutated(archive, random);
    }
    return random.nextBoolean()
        ? Messages.described(format.wireName(), archive)
        : Messages.bareStream(archive, 1 + random.nextInt(4000));
  }

  /** Compressed in one piece, or in several that follow each other. */
  private static byte[] pieces(String compression, byte[] tar, Random random) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int from = 0;
    while (from < tar.length) {
      int to = random.nextBoolean() ? tar.length : from + random.nextInt(tar.length - from) + 1;
      all.writeBytes(compressed(compression, Arrays.copyOfRange(tar, from, to)));
      from = to;
    }
    return all.toByteArray();
  }

  static byte[] compressed(String compression, byte[] content) {
    return switch (compression) {
      case "gzip" -> Archives.gzip(content);
      case "zstd" -> Zstd.compress(content);
      default -> content;
    };
  }

  static byte[] content(Random random) {
    byte[] content = new byte[random.nextInt(32) == 0 ? 1 << 17 : random.nextInt(2000)];
    if (random.nextBoolean()) {
      random.nextBytes(content);
    }
    return content;
  }

  static String name(Random random) {
    return NAMES.get(random.nextInt(NAMES.size()));
  }
}
