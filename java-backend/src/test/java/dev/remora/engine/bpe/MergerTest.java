package dev.remora.engine.bpe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.remora.engine.text.IdList;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MergerTest {
  private static final int SYMBOLS = 12;

  /** Products are made before their parts as often as after, so that pairs come late, too. */
  @Test
  void longWords_ofRandomMerges_areAsTheDefinitionSays() {
    SplittableRandom random = new SplittableRandom(20261127);
    for (int table = 0; table < 300; table++) {
      PairTable pairs = randomMerges(random);
      Merger merger = new Merger(pairs);
      for (int word = 0; word < 20; word++) {
        int[] symbols = random.ints(1 + random.nextInt(300), 0, 1 + random.nextInt(5)).toArray();
        assertArrayEquals(byDefinition(symbols, pairs), merged(symbols, merger));
      }
    }
  }

  /** The windows are short, so that tokens cross their borders and windows have to grow. */
  @Test
  void wordsOfSeveralWindows_areAsTheDefinitionSays() {
    SplittableRandom random = new SplittableRandom(20261128);
    for (int table = 0; table < 2_000; table++) {
      PairTable pairs = randomMerges(random);
      Merger merger = new Merger(pairs, 8 + random.nextInt(40));
      for (int word = 0; word < 10; word++) {
        int[] symbols = random.ints(41 + random.nextInt(300), 0, 1 + random.nextInt(5)).toArray();
        assertArrayEquals(byDefinition(symbols, pairs), merged(symbols, merger));
      }
    }
  }

  private static int[] merged(int[] symbols, Merger merger) {
    System.arraycopy(symbols, 0, merger.symbols(symbols.length), 0, symbols.length);
    IdList ids = new IdList();
    merger.merge(symbols.length, ids);
    return Arrays.copyOf(ids.values, ids.count);
  }

  private static PairTable randomMerges(SplittableRandom random) {
    int count = 1 + random.nextInt(40);
    PairTable pairs = new PairTable(count);
    for (int rank = 0; rank < count; rank++) {
      pairs.add(random.nextInt(SYMBOLS), random.nextInt(SYMBOLS), random.nextInt(SYMBOLS));
    }
    return pairs;
  }

  private static int[] byDefinition(int[] symbols, PairTable pairs) {
    int[] word = symbols.clone();
    while (true) {
      int best = PairTable.NONE;
      int at = 0;
      for (int index = 0; index + 1 < word.length; index++) {
        int rank = pairs.rank(word[index], word[index + 1]);
        if (rank < best) {
          best = rank;
          at = index;
        }
      }
      if (best == PairTable.NONE) {
        return word;
      }
      int[] shorter = Arrays.copyOf(word, word.length - 1);
      System.arraycopy(word, at + 2, shorter, at + 1, word.length - at - 2);
      shorter[at] = pairs.product(best);
      word = shorter;
    }
  }
}
