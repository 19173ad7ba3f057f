package dev.remora.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.conformance.contract.ContractBundle;
import dev.remora.core.definition.Model;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.engine.EngineAnswer;
import dev.remora.core.engine.EngineSession;
import dev.remora.core.text.ByteAlphabet;
import dev.remora.core.vocabulary.AddedToken;
import dev.remora.core.vocabulary.MergeList;
import dev.remora.core.vocabulary.Vocabulary;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Tokens that a sender makes to fall together in the engine's tables. */
final class CollidingWordsTest {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int COUNT = 100_000;
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  /**
   * Tokens of 15 bytes as two numbers. A hash that adds the numbers up, one of them turned and
   * multiplied by a number that is known, and uses its seed only then, has one value for all that
   * have the same sum.
   */
  private static Vocabulary words(boolean colliding) {
    SplittableRandom random = new SplittableRandom(20261127);
    Vocabulary.Builder vocabulary = Vocabulary.builder();
    for (int value = 0; value < 256; value++) {
      byte[] token = ByteAlphabet.tokenOf(value);
      vocabulary.token(token, 0, token.length, value);
    }
    byte[] word = new byte[15];
    byte[] spelled = new byte[2 * word.length];
    for (int index = 0; index < COUNT; index++) {
      long high = 15L << 56 | random.nextLong() >>> 8;
      long low = colliding ? Long.rotateLeft(high, 29) * MULTIPLIER : random.nextLong();
      for (int at = 0; at < word.length; at++) {
        word[at] = (byte) ((at < 8 ? low : high) >>> (8 * (at & 7)));
      }
      vocabulary.token(
          spelled, 0, ByteAlphabet.spell(word, 0, word.length, spelled, 0), 256 + index);
    }
    return vocabulary.build();
  }

  private static TokenizerDefinition definition(Vocabulary vocabulary, List<AddedToken> added) {
    TokenizerDefinition base = ContractBundle.BYTE_LEVEL.definition();
    Model.Bpe model = new Model.Bpe(MergeList.NONE, null, null, null, null, false, false, false);
    return new TokenizerDefinition(
        Optional.empty(),
        base.preTokenizer(),
        model,
        Optional.empty(),
        base.decoder(),
        vocabulary.withAdded(added),
        added,
        base.specialTokens(),
        false,
        Optional.empty());
  }

  /** Processor time of opening the engine and encoding a text, the least of a few. */
  private static long nanos(TokenizerDefinition definition, String text) {
    long least = Long.MAX_VALUE;
    for (int time = 0; time < 3; time++) {
      long start = THREADS.getCurrentThreadCpuTime();
      EngineAnswer answer = new JavaEngine().consider(definition);
      try (EngineSession session = ((EngineAnswer.Plan) answer).open()) {
        assertTrue(session.encode(text, false).length > 0);
      }
      least = Math.min(least, THREADS.getCurrentThreadCpuTime() - start);
    }
    return least;
  }

  private static void assertCostsAsOthers(long made, long others) {
    assertTrue(made < 5 * others, () -> "%,d ns, not %,d".formatted(made, others));
  }

  @Test
  void words_madeToCollideWhateverTheSeed_costAsMuchAsOthers() {
    long others = nanos(definition(words(false), List.of()), "x");
    assertCostsAsOthers(nanos(definition(words(true), List.of()), "x"), others);
  }

  /**
   * Six characters each, of which the last is chosen so that the edge to it falls, by a hash
   * without a seed, into one 64th of a table. The nodes of a trie are numbered as they come.
   */
  private static List<AddedToken> addedTokens(boolean colliding) {
    SplittableRandom random = new SplittableRandom(20261127);
    List<AddedToken> tokens = new ArrayList<>();
    String before = "";
    int nodes = 1;
    for (int number = 0; tokens.size() < 40_000; number++) {
      String begin = "%05x".formatted(number);
      int node = nodes + begin.length() - sharedLength(before, begin) - 1;
      int taken = 0;
      for (char sign = '!'; sign <= '~' && taken < 8; sign++) {
        int slot = ((node << 8 | sign) * 0x9E3779B1) >>> 7 & 0x3FFFF;
        if (colliding ? slot < 1 << 12 : random.nextInt(64) == 0) {
          tokens.add(
              new AddedToken(1000 + tokens.size(), begin + sign, false, false, false, false, true));
          taken++;
        }
      }
      if (taken > 0) {
        before = begin;
        nodes = node + 1 + taken;
      }
    }
    return tokens;
  }

  private static int sharedLength(String one, String other) {
    int length = 0;
    while (length < one.length() && one.charAt(length) == other.charAt(length)) {
      length++;
    }
    return length;
  }

  @Test
  void addedTokens_madeToCollide_costAsMuchAsOthers() {
    Vocabulary bytes = bytes();
    List<AddedToken> made = addedTokens(true);
    List<AddedToken> others = addedTokens(false);
    StringBuilder text = new StringBuilder();
    made.forEach(token -> text.append(token.content()));
    long other = nanos(definition(bytes, others), text.toString());
    assertCostsAsOthers(nanos(definition(bytes, made), text.toString()), other);
  }

  private static Vocabulary bytes() {
    Vocabulary.Builder vocabulary = Vocabulary.builder();
    for (int value = 0; value < 256; value++) {
      byte[] token = ByteAlphabet.tokenOf(value);
      vocabulary.token(token, 0, token.length, value);
    }
    return vocabulary.build();
  }
}
