package dev.remora.bundle;

import dev.remora.text.Printable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The identity of a bundle: equal for two bundles exactly if they hold the same files, in whatever
 * order, archive or dialect they came.
 *
 * <p>It is the SHA-256 over the files in the order of their names' UTF-8 bytes, each as: length of
 * the name (4 bytes, big-endian), the name in UTF-8, length of the content (8 bytes, big-endian),
 * SHA-256 of the content (32 bytes). Immutable.
 */
public final class ContentDigest {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  private final String hex;

  private ContentDigest(String hex) {
    this.hex = hex;
  }

  /** The digest of these files; their order does not matter. */
  public static ContentDigest of(List<BundleFile> files) {
    MessageDigest sha256 = sha256();
    files.stream()
        .sorted(Comparator.comparing(ContentDigest::nameBytes, Arrays::compareUnsigned))
        .forEach(file -> update(sha256, file));
    return new ContentDigest(HexFormat.of().formatHex(sha256.digest()));
  }

  /**
   * The digest that was written as {@link #hex()}.
   *
   * @throws IllegalArgumentException if it is not 64 digits of lower-case hex
   */
  public static ContentDigest ofHex(String hex) {
    if (!HEX.matcher(hex).matches()) {
      throw new IllegalArgumentException(
          "not the hex of a content digest: " + Printable.of(hex, Printable.NAME));
    }
    return new ContentDigest(hex);
  }

  private static void update(MessageDigest sha256, BundleFile file) {
    byte[] name = nameBytes(file);
    sha256.update(ByteBuffer.allocate(4).putInt(name.length).flip());
    sha256.update(name);
    sha256.update(ByteBuffer.allocate(8).putLong(file.length()).flip());
    sha256.update(HexFormat.of().parseHex(file.sha256()));
  }

  private static byte[] nameBytes(BundleFile file) {
    return file.name().getBytes(StandardCharsets.UTF_8);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** The digest in lower-case hex. */
  public String hex() {
    return hex;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ContentDigest that && hex.equals(that.hex);
  }

  @Override
  public int hashCode() {
    return hex.hashCode();
  }

  @Override
  public String toString() {
    return hex;
  }
}
