package dev.remora.remote.stream;

import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Messages as the bytes that they are: the first one shows which of two types they have. */
public enum RawMarshaller implements MethodDescriptor.Marshaller<byte[]> {
  /** The only one. */
  INSTANCE;

  @Override
  public InputStream stream(byte[] message) {
    return new ByteArrayInputStream(message);
  }

  @Override
  public byte[] parse(InputStream stream) {
    try {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw Status.INTERNAL.withDescription("reading a message").withCause(e).asRuntimeException();
    }
  }
}
