package dev.remora.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.util.Ec2Utils;
import dev.remora.conformance.contract.ContractBundle;
import dev.remora.core.engine.EngineSession;
import dev.remora.core.guard.BuildGuard;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketImpl;
import java.net.SocketImplFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The engine opens no socket, in Java or in native code. */
final class NoCallHomeTest {
  @Test
  void open_opensNoSocket() throws Exception {
    ChildJvm.Result result = new ChildJvm().run(Watched.class, "");
    assertEquals("sockets: 0, open at the end: 0, A", result.output());
    assertEquals(0, result.exitCode());
  }

  /** DJL would ask an instance-metadata address unless told not to; nobody told it. */
  @Test
  void open_opensNoSocketWhereDjlItselfDoes() throws Exception {
    ChildJvm.Result result = new ChildJvm().run(Watched.class, "DJL");
    assertTrue(result.output().matches("sockets: [1-9][0-9]*, .*"), result.output());
  }

  /** Opens, encodes and decodes, and prints how many sockets that took. */
  static final class Watched {
    private Watched() {}

    @SuppressWarnings("deprecation") // no other way sees the sockets of java.net
    public static void main(String[] arguments) throws IOException {
      AtomicInteger sockets = new AtomicInteger();
      SocketImplFactory refusing =
          new SocketImplFactory() {
            @Override
            public SocketImpl createSocketImpl() {
              sockets.incrementAndGet();
              throw new IllegalStateException("no sockets here");
            }
          };
      Socket.setSocketImplFactory(refusing);
      Files.delete(Files.createTempFile("watched", "")); // some JVMs open a pair to close files
      long before = openSockets();
      if (arguments[0].equals("DJL")) {
        assertThrows(IllegalStateException.class, () -> Ec2Utils.callHome("Huggingface"));
      }
      String decoded;
      try (EngineSession session =
          DjlEngine.open(ContractBundle.BYTE_LEVEL.definition(), BuildGuard.NONE)) {
        decoded = session.wholeDecoder().orElseThrow().decode(session.encode("A", false), false);
      }
      System.out.printf(
          "sockets: %d, open at the end: %d, %s", sockets.get(), openSockets() - before, decoded);
    }

    private static long openSockets() throws IOException {
      try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
        return descriptors.filter(Watched::isSocket).count();
      }
    }

    private static boolean isSocket(Path descriptor) {
      try {
        return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
      } catch (IOException e) {
        return false; // the descriptor of the listing itself
      }
    }
  }
}
