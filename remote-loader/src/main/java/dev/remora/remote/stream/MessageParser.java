package dev.remora.remote.stream;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import dev.remora.BundleException;
import dev.remora.Rule;
import java.io.IOException;

/** A generated class's {@code parseFrom}. */
interface MessageParser<T> {
  /** Reads a message. */
  T parse(CodedInputStream input) throws IOException;

  /**
   * Reads a message whose bytes fields alias the array.
   *
   * @param rule the rule that an unreadable message breaks
   */
  static <T> T parse(Rule rule, byte[] message, MessageParser<T> parser) {
    try {
      CodedInputStream input = UnsafeByteOperations.unsafeWrap(message).newCodedInput();
      input.enableAliasing(true);
      return parser.parse(input);
    } catch (InvalidProtocolBufferException e) {
      throw new BundleException(
          rule, null, "a message is not valid protobuf: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new AssertionError("no file is read", e);
    }
  }
}
