package dev.remora.engine.word;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.core.guard.BuildGuard;
import dev.remora.core.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class TokenTrieTest {
  @Test
  void trie_ofRandomBytes_findsItsTokensAndNoOthers() {
    SplittableRandom random = new SplittableRandom(18);
    for (int round = 0; round < 200; round++) {
      int letters = 1 << random.nextInt(9);
      Map<String, Integer> ids = new HashMap<>();
      Vocabulary.Builder builder = Vocabulary.builder();
      for (int id = 0; id < 300; id++) {
        byte[] token = randomToken(random, letters);
        builder.token(token, 0, token.length, id);
        ids.put(name(token), id);
      }
      TokenTrie trie = new TokenTrie(builder.build(), BuildGuard.NONE);
      ids.forEach((name, id) -> assertEquals(id, idOf(trie, bytes(name))));
      for (int attempt = 0; attempt < 600; attempt++) {
        byte[] token = randomToken(random, letters);
        assertEquals(ids.getOrDefault(name(token), TokenTrie.NONE), idOf(trie, token));
      }
    }
  }

  private static byte[] randomToken(SplittableRandom random, int letters) {
    byte[] token = new byte[1 + random.nextInt(6)];
    for (int at = 0; at < token.length; at++) {
      token[at] = (byte) (random.nextInt(letters) * (256 / letters));
    }
    return token;
  }

  private static int idOf(TokenTrie trie, byte[] token) {
    return trie.idOf(token, 0, token.length);
  }

  private static String name(byte[] token) {
    return new String(token, StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(String name) {
    return name.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void trie_ofAnyShape_hasFewSlotsForEachByte() {
    SplittableRandom random = new SplittableRandom(1);
    assertFewSlots("one after the other", 3, i -> chain(i, 20_000));
    assertFewSlots("two after each", 5_000, i -> bits(i, 13));
    assertFewSlots("of random bytes", 20_000, i -> random(random, 12));
    assertFewSlots("far apart", 16_384, i -> new byte[] {(byte) (i >> 7), (byte) (2 * i)});
    assertFewSlots("sixteen after each", 1 << 16, TokenTrieTest::digits);
  }

  private static byte[] chain(int number, int length) {
    byte[] token = new byte[length];
    Arrays.fill(token, (byte) 'x');
    token[0] = (byte) number;
    return token;
  }

  /** A tail after the first, of which most is the same for all. */
  private static byte[] bits(int number, int count) {
    byte[] token = new byte[2 * count];
    for (int bit = 0; bit < count; bit++) {
      boolean isSet = (number >> bit & 1) != 0;
      token[2 * bit] = (byte) (isSet ? 'B' : 'A');
      token[2 * bit + 1] = (byte) (isSet ? 'B' : 'a');
    }
    return token;
  }

  private static byte[] random(SplittableRandom random, int length) {
    byte[] token = new byte[length];
    random.nextBytes(token);
    return token;
  }

  private static byte[] digits(int number) {
    byte[] token = new byte[4];
    for (int at = 0; at < token.length; at++) {
      token[at] = (byte) (17 * ((number >> (4 * at)) & 0xF));
    }
    return token;
  }

  private static void assertFewSlots(String name, int count, IntFunction<byte[]> tokens) {
    Vocabulary.Builder builder = Vocabulary.builder();
    int bytes = 0;
    for (int id = 0; id < count; id++) {
      byte[] token = tokens.apply(id);
      builder.token(token, 0, token.length, id);
      bytes += token.length;
    }
    int slots = new TokenTrieBuilder(builder.build(), id -> true, BuildGuard.NONE).build().length;
    assertTrue(slots <= 3 * bytes + TrieBlocks.SIZE, name + ": " + slots + " for " + bytes);
  }
}
