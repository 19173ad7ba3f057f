package dev.remora.core.vocabulary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is added is read, whatever its size and wherever a chunk ends; lists of merges over it. */
final class RecordLogTest {
  /** Records of no bytes, of more than a number's byte can tell, and of more than a chunk holds. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 30, 127, 128, 1_000, 16_384, 70_000})
  void add_recordsOfEverySize_areReadAsTheyWere(int longest) {
    SplittableRandom random = new SplittableRandom(longest);
    RecordLog log = new RecordLog();
    List<Integer> numbers = new ArrayList<>();
    List<byte[]> contents = new ArrayList<>();
    long bytes = 0;
    for (int index = 0; index < 300_000 / (longest + 100); index++) {
      byte[] content = new byte[random.nextInt(longest + 1)];
      random.nextBytes(content);
      int number = random.nextInt() >>> (1 + random.nextInt(31));
      int cut = random.nextInt(content.length + 1);
      log.add(number, content, 0, cut, content, cut, content.length);
      numbers.add(number);
      contents.add(content);
      bytes += content.length;
    }
    assertEquals(numbers.size(), log.count());
    assertEquals(bytes, log.bytes());
    RecordLog.Reader reader = log.reader();
    for (int index = 0; index < numbers.size(); index++) {
      assertTrue(reader.next());
      assertEquals(numbers.get(index), reader.number());
      assertArrayEquals(
          contents.get(index), Arrays.copyOfRange(reader.bytes(), reader.from(), reader.to()));
    }
    assertFalse(reader.next());
    assertFalse(reader.next(), "after the end, too");
  }

  @Test
  void add_highestNumber_isRead() {
    RecordLog log = new RecordLog();
    log.add(Integer.MAX_VALUE, new byte[0], 0, 0, new byte[0], 0, 0);
    RecordLog.Reader reader = log.reader();
    assertTrue(reader.next());
    assertEquals(Integer.MAX_VALUE, reader.number());
  }

  @Test
  void mismatch_listsThatDiffer_isTheFirstRank() {
    MergeList list = merges("a b", "ab c", "x y");
    assertEquals(3, list.mismatch(merges("a b", "ab c", "x y")));
    assertEquals(1, list.mismatch(merges("a b", "a bc", "x y")), "cut elsewhere");
    assertEquals(2, list.mismatch(merges("a b", "ab c", "x z")));
    assertEquals(2, list.mismatch(merges("a b", "ab c")), "the other is shorter");
    assertEquals(2, merges("a b", "ab c").mismatch(list), "the first is shorter");
    assertEquals(0, list.mismatch(MergeList.NONE));
    assertEquals("x y", list.text(2));
  }

  /** Left tokens that are longer than those before, and an array that changes in between. */
  @Test
  void left_arrayThatChanges_isTakenAsItWas() {
    MergeList.Builder builder = MergeList.builder();
    byte[] buffer = "ab".repeat(100).getBytes(StandardCharsets.UTF_8);
    builder.left(buffer, 0, 200);
    Arrays.fill(buffer, (byte) 'c');
    builder.right(buffer, 0, 3).left(buffer, 0, 1).right(buffer, 1, 3);
    MergeList list = builder.build();
    assertEquals("ab".repeat(100) + " ccc", list.text(0));
    assertEquals("c cc", list.text(1));
    assertEquals(206, builder.bytes());
  }

  private static MergeList merges(String... lines) {
    MergeList.Builder builder = MergeList.builder();
    for (String line : lines) {
      byte[] utf8 = line.getBytes(StandardCharsets.UTF_8);
      builder.merge(utf8, 0, line.indexOf(' '), line.indexOf(' ') + 1, utf8.length);
    }
    return builder.build();
  }
}
