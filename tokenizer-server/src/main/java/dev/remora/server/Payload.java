package dev.remora.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.remora.bundle.BundleFormat;
import java.util.ArrayList;
import java.util.List;

/**
 * What a bundle's data is before it is cut into messages: one archive, or one part for each file.
 *
 * @param format how the files travel
 * @param fileNames the files that the metadata describes
 * @param parts the data, in stream order
 */
record Payload(BundleFormat format, List<String> fileNames, List<Part> parts) {

  /**
   * @param fileName the name that each chunk of it carries
   * @param compression the compression that each chunk of it carries
   */
  record Part(String fileName, ByteString data, String compression) {

    /** The data in pieces of this size, the last one shorter; one empty piece where it is empty. */
    List<ByteString> pieces(int size) {
      List<ByteString> pieces = new ArrayList<>();
      int start = 0;
      do {
        int end = (int) Math.min((long) start + size, data.size());
        pieces.add(data.substring(start, end));
        start = end;
      } while (start < data.size());
      return pieces;
    }
  }

  static Payload ofArchive(BundleFormat format, List<String> fileNames, byte[] archive) {
    String name = "tokenizer_bundle." + format.wireName();
    Part part = new Part(name, UnsafeByteOperations.unsafeWrap(archive), format.wireName());
    return new Payload(format, fileNames, List.of(part));
  }

  static Payload ofFiles(TokenizerFiles files, FileCompression compression) {
    List<Part> parts = new ArrayList<>();
    files
        .contents()
        .forEach(
            (name, content) -> {
              byte[] data = Archives.compress(compression, content);
              parts.add(
                  new Part(name, UnsafeByteOperations.unsafeWrap(data), compression.wireName()));
            });
    return new Payload(BundleFormat.FILES, files.names(), parts);
  }
}
