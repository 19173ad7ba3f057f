package dev.remora.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.remora.conformance.contract.ContractBundle;
import dev.remora.core.engine.EngineSession;
import dev.remora.core.guard.BuildGuard;
import java.util.Arrays;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Closing while other threads encode; what goes wrong here ends the process. */
final class CloseUnderLoadTest {
  @Test
  void close_whileEightThreadsEncode_letsCallsInFlightEnd() throws Exception {
    ChildJvm.Result result = new ChildJvm().run(Rounds.class);
    assertEquals("200 rounds\n", result.output());
    assertEquals(0, result.exitCode());
  }

  /**
   * 200 times: eight threads encode, count, ask for details and decode until the tokenizer closes.
   */
  static final class Rounds {
    private static final int THREADS = 8;
    private static final String TEXT = "The ferry's horn answers them. 👍🏽 ".repeat(20);

    private Rounds() {}

    public static void main(String[] arguments) throws Exception {
      ExecutorService threads = Executors.newFixedThreadPool(THREADS);
      try {
        for (int round = 0; round < 200; round++) {
          runRound(threads, round);
        }
      } finally {
        threads.shutdown();
      }
      System.out.println("200 rounds");
    }

    private static void runRound(ExecutorService threads, int round) throws Exception {
      EngineSession session =
          DjlEngine.open(ContractBundle.BYTE_LEVEL.definition(), BuildGuard.NONE);
      int[] ids = session.encode(TEXT, true);
      CyclicBarrier start = new CyclicBarrier(THREADS + 1);
      Stream<Future<?>> calls =
          IntStream.range(0, THREADS)
              .<Future<?>>mapToObj(thread -> threads.submit(() -> call(session, ids, start)))
              .toList()
              .stream();
      start.await();
      Thread.sleep(round % 5);
      session.close();
      for (Future<?> call : calls.toList()) {
        call.get();
      }
    }

    private static Void call(EngineSession session, int[] ids, CyclicBarrier start)
        throws Exception {
      start.await();
      try {
        while (true) {
          if (!Arrays.equals(ids, session.encode(TEXT, true))) {
            throw new AssertionError("other ids");
          }
          session.details(TEXT, true);
          session.wholeDecoder().orElseThrow().decode(ids, false);
        }
      } catch (IllegalStateException e) {
        return null; // closed: what every thread waits for
      }
    }
  }
}
