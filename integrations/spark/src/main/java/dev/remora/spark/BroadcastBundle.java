package dev.remora.spark;

import dev.remora.bundle.TokenizerBundle;
import dev.remora.remote.TokenizerHandle;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.UncheckedIOException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * The bundle of a handle that was broadcast. It is read only where an executor has no tokenizer of
 * its content yet, so that a task carries no more than the content's digest.
 *
 * @param bytes a serialized handle: bytes are the same to each of Spark's serializers
 */
record BroadcastBundle(Broadcast<byte[]> bytes) implements TokenizerHandle.BundleSource {
  static TokenizerHandle broadcast(JavaSparkContext context, TokenizerHandle handle) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(handle);
    } catch (IOException e) {
      throw new UncheckedIOException("a handle whose source cannot be serialized", e);
    }
    BroadcastBundle source = new BroadcastBundle(context.broadcast(bytes.toByteArray()));
    return TokenizerHandle.of(handle.content(), source);
  }

  @Override
  public TokenizerBundle load() throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new OfTheJob(bytes.value())) {
      return ((TokenizerHandle) in.readObject()).bundle();
    }
  }

  /** Finds the classes of the job, which the context's class loader knows on an executor. */
  private static final class OfTheJob extends ObjectInputStream {
    OfTheJob(byte[] bytes) throws IOException {
      super(new ByteArrayInputStream(bytes));
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass described)
        throws IOException, ClassNotFoundException {
      try {
        return Class.forName(
            described.getName(), false, Thread.currentThread().getContextClassLoader());
      } catch (ClassNotFoundException e) {
        return super.resolveClass(described);
      }
    }
  }
}
