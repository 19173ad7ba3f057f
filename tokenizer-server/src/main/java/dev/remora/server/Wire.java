package dev.remora.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A dialect's messages, and the questions that faults ask of either dialect. */
sealed interface Wire permits DescribedWire, BareWire {

  /** The messages that carry a payload, without a fingerprint. */
  List<Message> messages(Payload payload, int chunkSize);

  /** The same messages with this fingerprint where the dialect has it. */
  List<Message> withFingerprint(List<Message> messages, String fingerprint);

  /** Whether it is one that carries data, if only none. */
  boolean isChunk(Message message);

  /** The data that a message carries; empty where it carries none. */
  ByteString data(Message message);

  /**
   * The chunk that stands so many places further in a stream without end.
   *
   * @param chunk one that ends a stream
   */
  Message notLast(Message chunk, int places);

  /** A chunk with other data. */
  Message withData(Message chunk, ByteString data);

  /** The SHA-256, in hex, of the data of all messages in their order (rules A4 and B2). */
  default String fingerprint(List<Message> messages) {
    MessageDigest sha256 = sha256();
    for (Message message : messages) {
      data(message).asReadOnlyByteBufferList().forEach(sha256::update);
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
