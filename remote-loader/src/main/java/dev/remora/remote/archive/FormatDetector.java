package dev.remora.remote.archive;

import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.bundle.BundleFormat;

/** Which format a bundle has, by what the worker says or sends. */
public final class FormatDetector {
  private static final int TAR_BLOCK = 512;

  private FormatDetector() {}

  /**
   * By the bundle_format of the described dialect (rule A2).
   *
   * @throws BundleException if there is no such format
   */
  public static BundleFormat ofName(String wireName) {
    for (BundleFormat format : BundleFormat.values()) {
      if (format.wireName().equals(wireName)) {
        return format;
      }
    }
    throw new BundleException(Rule.A2, null, "unknown bundle_format '" + wireName + "'");
  }

  /**
   * By the first bytes, as the bare dialect names no format (rule B1).
   *
   * @throws BundleException if no archive begins so
   */
  public static BundleFormat ofFirstBytes(ReceivedBytes archive) {
    byte[] head = archive.head(TAR_BLOCK);
    if (startsWith(head, 0x50, 0x4B)) {
      return BundleFormat.ZIP;
    }
    if (startsWith(head, 0x28, 0xB5, 0x2F, 0xFD) || isSkippableFrame(head)) {
      return BundleFormat.TAR_ZST;
    }
    if (startsWith(head, 0x1F, 0x8B)) {
      return BundleFormat.TAR_GZ;
    }
    if (head.length == TAR_BLOCK) {
      return BundleFormat.TAR; // the reader checks the header
    }
    throw new BundleException(Rule.B1, null, "the data is not a zip, tar, gzip or zstd archive");
  }

  /** Whether it begins with a frame of zstd that holds no content, of which there are 16 kinds. */
  private static boolean isSkippableFrame(byte[] head) {
    return head.length > 0 && startsWith(head, 0x50 | (head[0] & 0x0F), 0x2A, 0x4D, 0x18);
  }

  private static boolean startsWith(byte[] head, int... magic) {
    for (int i = 0; i < magic.length; i++) {
      if (i >= head.length || (head[i] & 0xFF) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
