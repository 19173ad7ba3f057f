package dev.remora.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.remora.proto.DescribedBundle.GetTokenizerChunk;
import dev.remora.proto.DescribedBundle.TokenizerFileChunk;
import dev.remora.proto.DescribedBundle.TokenizerFileDescriptor;
import dev.remora.proto.DescribedBundle.TokenizerMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Dialect A: metadata with the fingerprint, then numbered chunks (rules A1 to A4).
 *
 * @param modelIdentifier the model's name in the metadata
 */
record DescribedWire(String modelIdentifier) implements Wire {

  @Override
  public List<Message> messages(Payload payload, int chunkSize) {
    List<Message> messages = new ArrayList<>();
    messages.add(GetTokenizerChunk.newBuilder().setMetadata(metadata(payload)).build());
    for (Payload.Part part : payload.parts()) {
      List<ByteString> pieces = part.pieces(chunkSize);
      for (int i = 0; i < pieces.size(); i++) {
        messages.add(chunk(part, pieces.get(i), i, i == pieces.size() - 1));
      }
    }
    return messages;
  }

  private TokenizerMetadata metadata(Payload payload) {
    TokenizerMetadata.Builder metadata =
        TokenizerMetadata.newBuilder()
            .setModelIdentifier(modelIdentifier)
            .setBundleFormat(payload.format().wireName());
    for (String name : payload.fileNames()) {
      metadata.addFiles(
          TokenizerFileDescriptor.newBuilder().setFileName(name).setMimeType(mimeType(name)));
    }
    return metadata.build();
  }

  private static String mimeType(String name) {
    if (name.endsWith(".json")) {
      return "application/json";
    }
    boolean text = name.endsWith(".txt") || name.endsWith(".jinja");
    return text ? "text/plain" : "application/octet-stream";
  }

  private static Message chunk(Payload.Part part, ByteString data, int index, boolean last) {
    TokenizerFileChunk chunk =
        TokenizerFileChunk.newBuilder()
            .setFileName(part.fileName())
            .setData(data)
            .setChunkIndex(index)
            .setIsLastChunk(last)
            .setCompression(part.compression())
            .build();
    return GetTokenizerChunk.newBuilder().setFileChunk(chunk).build();
  }

  @Override
  public List<Message> withFingerprint(List<Message> messages, String fingerprint) {
    List<Message> stamped = new ArrayList<>(messages);
    stamped.replaceAll(
        message ->
            ((GetTokenizerChunk) message).hasMetadata()
                ? withMetadata(message, metadata -> metadata.setFingerprint(fingerprint))
                : message);
    return stamped;
  }

  static Message withMetadata(Message message, UnaryOperator<TokenizerMetadata.Builder> change) {
    GetTokenizerChunk.Builder builder = ((GetTokenizerChunk) message).toBuilder();
    return builder.setMetadata(change.apply(builder.getMetadata().toBuilder())).build();
  }

  static Message withChunk(Message message, UnaryOperator<TokenizerFileChunk.Builder> change) {
    GetTokenizerChunk.Builder builder = ((GetTokenizerChunk) message).toBuilder();
    return builder.setFileChunk(change.apply(builder.getFileChunk().toBuilder())).build();
  }

  @Override
  public boolean isChunk(Message message) {
    return ((GetTokenizerChunk) message).hasFileChunk();
  }

  @Override
  public ByteString data(Message message) {
    return ((GetTokenizerChunk) message).getFileChunk().getData();
  }

  @Override
  public Message notLast(Message chunk, int places) {
    return withChunk(
        chunk, last -> last.setChunkIndex(last.getChunkIndex() + places).setIsLastChunk(false));
  }

  @Override
  public Message withData(Message chunk, ByteString data) {
    return withChunk(chunk, file -> file.setData(data));
  }
}
