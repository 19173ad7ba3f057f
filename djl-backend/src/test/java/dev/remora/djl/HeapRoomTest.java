package dev.remora.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.remora.conformance.contract.ContractBundle;
import dev.remora.core.engine.EngineSession;
import dev.remora.core.guard.BuildGuard;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A heap too small for a result is an error of Java's, not the end of the process. */
final class HeapRoomTest {
  @ParameterizedTest
  @ValueSource(strings = {"encode", "count", "details", "decode"})
  void call_heapTooSmall_isAnOutOfMemoryError(String call) throws Exception {
    ChildJvm.Result result = new ChildJvm().option("-Xmx48m").run(SmallHeap.class, call);
    assertEquals("out of memory, then [65]", result.output());
    assertEquals(0, result.exitCode());
  }

  /** One call with a large result, and one with a small result after it. */
  static final class SmallHeap {
    private SmallHeap() {}

    public static void main(String[] arguments) {
      try (EngineSession session =
          DjlEngine.open(ContractBundle.BYTE_LEVEL.definition(), BuildGuard.NONE)) {
        try {
          switch (arguments[0]) {
            case "encode" -> session.encode("7 ".repeat(3_900_000), false);
            case "count" -> session.count("7 ".repeat(3_900_000), false);
            case "details" -> session.details("7 ".repeat(500_000), false);
            default -> session.wholeDecoder().orElseThrow().decode(new int[3_000_000], false);
          }
        } catch (OutOfMemoryError e) {
          System.out.print("out of memory, then ");
        }
        System.out.print(List.of(session.encode("A", false)[0]));
      }
    }
  }
}
