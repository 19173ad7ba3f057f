package dev.remora.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Changes the data before it is cut into messages; the fingerprint is that of the changed data. */
record PayloadFault(String name, Requirement requirement, UnaryOperator<Payload> change)
    implements Fault {

  static final PayloadFault NO_DATA = ofData("no-data", data -> ByteString.EMPTY);
  static final PayloadFault TRUNCATED =
      ofData("truncated", data -> data.substring(0, data.size() / 2));
  static final PayloadFault CORRUPTED = ofData("corrupted", PayloadFault::flipSecondHalf);
  static final PayloadFault MISSING_FILE =
      new PayloadFault("missing-file", Requirement.FILES, PayloadFault::describeOneMore);
  static final PayloadFault UNKNOWN_COMPRESSION =
      new PayloadFault(
          "unknown-compression",
          Requirement.FILES,
          payload ->
              withParts(payload, part -> new Payload.Part(part.fileName(), part.data(), "brotli")));

  private static PayloadFault ofData(String name, UnaryOperator<ByteString> change) {
    return new PayloadFault(
        name,
        Requirement.NONE,
        payload ->
            withParts(
                payload,
                part ->
                    new Payload.Part(
                        part.fileName(), change.apply(part.data()), part.compression())));
  }

  private static Payload withParts(Payload payload, UnaryOperator<Payload.Part> change) {
    return new Payload(
        payload.format(), payload.fileNames(), payload.parts().stream().map(change).toList());
  }

  private static ByteString flipSecondHalf(ByteString data) {
    byte[] bytes = data.toByteArray();
    for (int i = bytes.length / 2; i < bytes.length; i++) {
      bytes[i] = (byte) ~bytes[i];
    }
    return UnsafeByteOperations.unsafeWrap(bytes);
  }

  private static Payload describeOneMore(Payload payload) {
    List<String> names = new ArrayList<>(payload.fileNames());
    names.add("required-but-never-sent.json");
    return new Payload(payload.format(), names, payload.parts());
  }

  @Override
  public String toString() {
    return name;
  }
}
