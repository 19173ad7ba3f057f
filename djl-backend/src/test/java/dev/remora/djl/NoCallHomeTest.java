package dev.remora.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.BundleException;
import dev.remora.EngineException;
import dev.remora.conformance.contract.ContractBundle;
import dev.remora.core.engine.EngineSession;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketImpl;
import java.net.SocketImplFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The engine opens no socket, in Java or in native code. */
final class NoCallHomeTest {
  @Test
  void open_byDefault_opensNoSocket() throws Exception {
    ChildJvm.Result result = new ChildJvm().run(Watched.class);
    assertEquals("sockets: 0, open at the end: 0, cpu, A", result.output());
    assertEquals(0, result.exitCode());
  }

  /** The watch sees what it is there for: DJL's call to the instance-metadata address. */
  @Test
  void open_trackingAskedFor_callsHome() throws Exception {
    ChildJvm.Result result =
        new ChildJvm().environment(Map.of("OPT_OUT_TRACKING", "false")).run(Watched.class);
    assertTrue(result.output().matches("sockets: [1-9][0-9]*, .*"), result.output());
  }

  @Test
  void open_flavorSetByTheApplication_staysAsSet() throws Exception {
    ChildJvm.Result result = new ChildJvm().option("-DRUST_FLAVOR=cpu-own").run(Flavor.class);
    assertEquals("cpu-own", result.output());
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
      String decoded;
      try (EngineSession session = DjlEngine.open(ContractBundle.BYTE_LEVEL.definition())) {
        decoded = session.wholeDecoder().orElseThrow().decode(session.encode("A", false), false);
      } catch (BundleException e) {
        decoded = e.getMessage(); // DJL passes on what the watch throws
      }
      System.out.printf(
          "sockets: %d, open at the end: %d, %s, %s",
          sockets.get(), openSockets(), System.getProperty("RUST_FLAVOR"), decoded);
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

  /** Prints the flavor that is set once a session was asked for. */
  static final class Flavor {
    private Flavor() {}

    public static void main(String[] arguments) {
      try {
        DjlEngine.open(ContractBundle.BYTE_LEVEL.definition()).close();
      } catch (EngineException e) {
        assertTrue(e.getMessage().contains("flavor"), e.getMessage()); // there is no such build
      }
      System.out.print(System.getProperty("RUST_FLAVOR"));
    }
  }
}
