package dev.remora.core.decode;

import static dev.remora.core.decode.Definitions.BYTE_LEVEL;
import static dev.remora.core.decode.Definitions.added;
import static dev.remora.core.decode.Definitions.listed;

import dev.remora.core.text.ByteAlphabet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A byte-level vocabulary of English-like and Chinese-like tokens, and ids as a model gives them:
 * few tokens often, many seldom.
 */
final class SampleTokens {
  private static final int WORDS = 50_000; // of each language

  private final List<String> tokens = new ArrayList<>();
  private final Random random = new Random(7);

  SampleTokens() {
    for (int value = 0; value < 256; value++) {
      tokens.add(String.valueOf(ByteAlphabet.charOf(value)));
    }
    for (int count = 0; count < WORDS; count++) {
      StringBuilder word = new StringBuilder(random.nextInt(5) > 0 ? " " : "");
      random
          .ints(1 + random.nextInt(8), 'a', 'z' + 1)
          .forEach(letter -> word.append((char) letter));
      tokens.add(spelled(word.toString()));
    }
    for (int count = 0; count < WORDS; count++) {
      StringBuilder word = new StringBuilder();
      random.ints(1 + random.nextInt(3), 0x4E00, 0x9FA5).forEach(word::appendCodePoint);
      tokens.add(spelled(word.toString()));
    }
  }

  static String spelled(String text) {
    StringBuilder spelled = new StringBuilder();
    for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
      spelled.append(ByteAlphabet.charOf(value & 0xFF));
    }
    return spelled.toString();
  }

  TokenDecoder decoder() {
    return TokenDecoder.of(
        listed(tokens, List.of(added(tokens.size(), "<|end|>", true)), BYTE_LEVEL));
  }

  int[] english(int count) {
    return random.ints(count, 0, 1).map(zero -> 256 + rank()).toArray();
  }

  /** Of forty tokens one gives way to a rare character: three tokens of one byte. */
  int[] chinese(int count) {
    int[] ids = new int[count];
    int at = 0;
    while (at < count) {
      if (random.nextInt(40) == 0 && at + 3 <= count) {
        byte[] rare =
            Character.toString(0x3400 + random.nextInt(6_000)).getBytes(StandardCharsets.UTF_8);
        for (byte value : rare) {
          ids[at++] = value & 0xFF;
        }
      } else {
        ids[at++] = 256 + WORDS + rank();
      }
    }
    return ids;
  }

  /** The rank of a word, after Zipf. */
  private int rank() {
    return (int) Math.pow(WORDS, random.nextDouble()) - 1;
  }
}
