package dev.remora.core.vocabulary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Tokens that a sender makes to fall together. */
final class CollidingTokensTest {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int BITS = 15;
  private static final int COUNT = 1 << BITS;

  /**
   * A hash that mixes each eight bytes into a state by a shift, a multiplication and a shift passes
   * on a change of two bits unchanged, whatever the seed: the same change of the next eight bytes
   * takes it back. So each sixteen bytes have two forms, and all of these tokens had one hash.
   */
  private static byte[][] colliding() {
    SplittableRandom random = new SplittableRandom(20261127);
    byte[] plain = new byte[16 * BITS + 8];
    random.nextBytes(plain);
    byte[][] tokens = new byte[COUNT][];
    for (int index = 0; index < COUNT; index++) {
      tokens[index] = plain.clone();
      for (int bit = 0; bit < BITS; bit++) {
        if ((index >> bit & 1) != 0) {
          for (int at : new int[] {3, 7, 11, 15}) {
            tokens[index][16 * bit + at] ^= (byte) 0x80;
          }
        }
      }
    }
    return tokens;
  }

  private static byte[][] random() {
    SplittableRandom random = new SplittableRandom(20261128);
    byte[][] tokens = new byte[COUNT][16 * BITS + 8];
    for (byte[] token : tokens) {
      random.nextBytes(token);
    }
    return tokens;
  }

  /** Processor time of making a vocabulary, the least of a few. */
  private static long nanos(byte[][] tokens) {
    long least = Long.MAX_VALUE;
    for (int time = 0; time < 3; time++) {
      Vocabulary.Builder builder = Vocabulary.builder();
      for (int id = 0; id < tokens.length; id++) {
        builder.token(tokens[id], 0, tokens[id].length, id);
      }
      long start = THREADS.getCurrentThreadCpuTime();
      Vocabulary vocabulary = builder.build();
      least = Math.min(least, THREADS.getCurrentThreadCpuTime() - start);
      byte[] last = tokens[COUNT - 1];
      assertEquals(COUNT - 1, vocabulary.modelIdOf(last, 0, last.length));
    }
    return least;
  }

  @Test
  void tokens_madeToCollideWhateverTheSeed_costAsMuchAsOthers() {
    byte[][] colliding = colliding();
    assertEquals(COUNT, Arrays.stream(colliding).map(Arrays::toString).distinct().count());
    long others = nanos(random());
    long made = nanos(colliding);
    assertTrue(made < 5 * others, () -> "%,d ns, not %,d".formatted(made, others));
  }
}
