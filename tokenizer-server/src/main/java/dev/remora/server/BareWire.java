package dev.remora.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.remora.proto.BareBundle.GetTokenizerChunk;
import java.util.ArrayList;
import java.util.List;

/** Dialect B: pieces of an archive, the fingerprint on the last (rules B1 and B2). */
record BareWire() implements Wire {

  @Override
  public List<Message> messages(Payload payload, int chunkSize) {
    List<Message> messages = new ArrayList<>();
    for (Payload.Part part : payload.parts()) {
      for (ByteString piece : part.pieces(chunkSize)) {
        messages.add(GetTokenizerChunk.newBuilder().setData(piece).build());
      }
    }
    return messages;
  }

  @Override
  public List<Message> withFingerprint(List<Message> messages, String fingerprint) {
    List<Message> stamped = new ArrayList<>(messages);
    int last = stamped.size() - 1;
    if (last >= 0) {
      stamped.set(last, withSha256(stamped.get(last), fingerprint));
    }
    return stamped;
  }

  static Message withSha256(Message chunk, String sha256) {
    return ((GetTokenizerChunk) chunk).toBuilder().setSha256(sha256).build();
  }

  @Override
  public boolean isChunk(Message message) {
    return true;
  }

  @Override
  public ByteString data(Message message) {
    return ((GetTokenizerChunk) message).getData();
  }

  @Override
  public Message notLast(Message chunk, int places) {
    return withSha256(chunk, "");
  }

  @Override
  public Message withData(Message chunk, ByteString data) {
    return ((GetTokenizerChunk) chunk).toBuilder().setData(data).build();
  }
}
