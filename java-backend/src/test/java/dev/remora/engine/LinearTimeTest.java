package dev.remora.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.conformance.contract.ContractBundle;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.engine.EngineAnswer;
import dev.remora.core.engine.EngineSession;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/**
 * A text sixteen times as long takes sixteen times as long, with room for caches that it no longer
 * fits and for a busy machine: a stage that takes its square takes 256 times as long. The benchmark
 * {@code growth} looks more closely.
 */
final class LinearTimeTest {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int SMALL = 1 << 14;
  private static final int LARGE = 1 << 18;
  private static final double BOUND = 128;

  private static void assertLinear(TestVocabulary vocabulary, IntFunction<String> texts) {
    assertLinear(vocabulary.definition(), texts);
  }

  private static void assertLinear(TokenizerDefinition definition, IntFunction<String> texts) {
    EngineAnswer answer = new JavaEngine().consider(definition);
    try (EngineSession session = ((EngineAnswer.Plan) answer).open()) {
      String small = texts.apply(SMALL);
      String large = texts.apply(LARGE);
      double least = Double.MAX_VALUE;
      double most = Double.MAX_VALUE;
      for (int round = 0; round < 5; round++) {
        least = Math.min(least, nanos(session, small));
        most = Math.min(most, nanos(session, large));
      }
      double growth = most / least;
      assertTrue(growth < BOUND, () -> "%.1f times".formatted(growth));
    }
  }

  private static double nanos(EngineSession session, String text) {
    long start = THREADS.getCurrentThreadCpuTime();
    session.details(text, false);
    return THREADS.getCurrentThreadCpuTime() - start;
  }

  /** Buffers that the first stretch has grown are not to be cleared for each of the others. */
  @Test
  void details_ofManySpecialTokensAfterLongStretch_areLinear() {
    String token = ContractBundle.BYTE_LEVEL.definition().addedTokens().get(0).content();
    assertLinear(
        TestVocabulary.LLAMA3,
        length ->
            "e\u0301".repeat(length / 4) + (token + "e\u0301").repeat(length / 2 / token.length()));
  }

  @Test
  void details_ofMarksOnOneLetter_areLinear() {
    assertLinear(TestVocabulary.LLAMA3, length -> "a" + "\u0327\u0301\u0316".repeat(length / 3));
  }

  @Test
  void details_ofOneWordOrOneRun_areLinear() {
    assertLinear(TestVocabulary.LLAMA3, "ab"::repeat);
    assertLinear(TestVocabulary.LLAMA3, " "::repeat);
    assertLinear(TestVocabulary.LLAMA2, "\u2581"::repeat);
    assertLinear(TestVocabulary.LLAMA2, "\uD83E\uDD88"::repeat);
  }
}
