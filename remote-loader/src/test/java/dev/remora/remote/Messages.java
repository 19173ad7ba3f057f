package dev.remora.remote;

import com.google.protobuf.ByteString;
import dev.remora.proto.BareBundle;
import dev.remora.proto.DescribedBundle;
import dev.remora.proto.DescribedBundle.TokenizerFileDescriptor;
import dev.remora.remote.archive.Sha256;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Messages of both dialects, as the bytes that go over the wire. */
final class Messages {
  private Messages() {}

  static byte[] metadata(String format, String fingerprint, String... required) {
    DescribedBundle.TokenizerMetadata.Builder metadata =
        DescribedBundle.TokenizerMetadata.newBuilder()
            .setModelIdentifier("test/model")
            .setFingerprint(fingerprint)
            .setBundleFormat(format);
    for (String file : required) {
      metadata.addFiles(TokenizerFileDescriptor.newBuilder().setFileName(file));
    }
    return DescribedBundle.GetTokenizerChunk.newBuilder()
        .setMetadata(metadata)
        .build()
        .toByteArray();
  }

  static byte[] chunk(String file, int index, byte[] data, boolean last, String compression) {
    return DescribedBundle.GetTokenizerChunk.newBuilder()
        .setFileChunk(
            DescribedBundle.TokenizerFileChunk.newBuilder()
                .setFileName(file)
                .setData(ByteString.copyFrom(data))
                .setChunkIndex(index)
                .setIsLastChunk(last)
                .setCompression(compression))
        .build()
        .toByteArray();
  }

  static byte[] chunk(int index, byte[] data, boolean last) {
    return chunk("tokenizer_bundle.zip", index, data, last, "zip");
  }

  static byte[] bare(byte[] data, String sha256) {
    return BareBundle.GetTokenizerChunk.newBuilder()
        .setData(ByteString.copyFrom(data))
        .setSha256(sha256)
        .build()
        .toByteArray();
  }

  /** A whole described stream of one archive, in one chunk. */
  static List<byte[]> described(String format, byte[] archive) {
    return List.of(metadata(format, sha256(archive)), chunk(0, archive, true));
  }

  /** A whole bare stream, in pieces of at most {@code piece} bytes. */
  static List<byte[]> bareStream(byte[] archive, int piece) {
    List<byte[]> messages = new ArrayList<>();
    for (int from = 0; from < archive.length; from += piece) {
      int to = Math.min(archive.length, from + piece);
      byte[] data = Arrays.copyOfRange(archive, from, to);
      messages.add(bare(data, to == archive.length ? sha256(archive) : ""));
    }
    return messages;
  }

  static String sha256(byte[]... pieces) {
    MessageDigest digest = Sha256.newDigest();
    for (byte[] piece : pieces) {
      digest.update(piece);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
