package dev.remora.remote.stream;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.remora.bundle.BundleDialect;
import java.io.IOException;

/** Which dialect a worker speaks: its first message tells. */
public final class DialectDetector {
  private static final int FIELD_1 = 1 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int FIELD_2 = 2 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;

  private DialectDetector() {}

  /**
   * The dialect of a stream that begins with this message.
   *
   * <p>Field 1 of A is a TokenizerMetadata, which begins with a tag of its fields 1 to 4; field 1
   * of B begins an archive, and no archive begins with such a byte. Field 2 of A is a chunk, which
   * begins with a tag too; field 2 of B is hex digits, none of which is one.
   */
  public static BundleDialect of(byte[] message) {
    CodedInputStream input = CodedInputStream.newInstance(message);
    try {
      int tag = input.readTag();
      if (tag != FIELD_1 && tag != FIELD_2) {
        return BundleDialect
            .BARE; // so is the empty message; whatever else it is, it is refused as such
      }
      int length = input.readRawVarint32();
      if (length == 0) {
        return BundleDialect
            .DESCRIBED; // proto3 leaves empty bytes out: this is a message without fields
      }
      int first = input.readRawByte();
      return tag == FIELD_1 ? ofMetadataOrArchive(first) : ofChunkOrHex(first);
    } catch (IOException e) {
      return BundleDialect.BARE; // the parser of that dialect says what is wrong with the bytes
    }
  }

  private static BundleDialect ofMetadataOrArchive(int first) {
    return switch (first) {
      case 0x0A, 0x12, 0x1A, 0x22 -> BundleDialect.DESCRIBED;
      default -> BundleDialect.BARE;
    };
  }

  private static BundleDialect ofChunkOrHex(int first) {
    return switch (first) {
      case 0x0A, 0x12, 0x18, 0x20, 0x2A -> BundleDialect.DESCRIBED;
      default -> BundleDialect.BARE;
    };
  }
}
