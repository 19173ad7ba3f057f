package dev.remora.engine.added;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.core.text.Utf8;
import dev.remora.core.vocabulary.AddedToken;
import dev.remora.engine.added.AddedTokenPlan.Sought;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Special tokens are passed over as the reference's find_matches does, where that is asked for. */
final class AddedTokenFinderTest {
  private static final List<AddedToken> TOKENS =
      List.of(
          token(1, "<s>", true),
          token(2, "<", false),
          token(3, "ab", true),
          token(4, "bc", false),
          token(5, "abcd", false),
          new AddedToken(6, "<m>", false, true, true, false, true));

  private static AddedToken token(int id, String content, boolean special) {
    return new AddedToken(id, content, false, false, false, false, special);
  }

  /** Text as it is, an added token as its id. */
  private static List<Object> split(String text, boolean skipsSpecialTokens) {
    List<Sought> sought =
        TOKENS.stream()
            .map(token -> new Sought(token, token.content().getBytes(StandardCharsets.UTF_8)))
            .toList();
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(utf8, utf8.length + Utf8.PADDING);
    TextSegments segments = new TextSegments();
    AddedTokenFinder finder = new AddedTokenFinder(sought, skipsSpecialTokens);
    List<Object> pieces = new ArrayList<>();
    segments.begin(0);
    while (finder.next(padded, 0, utf8.length, segments, null)) {
      for (int index = 0; index < segments.count(); index++) {
        int from = segments.from(index);
        String piece = new String(utf8, from, segments.to(index) - from, StandardCharsets.UTF_8);
        pieces.add(segments.id(index) == TextSegments.TEXT ? piece : (Object) segments.id(index));
      }
    }
    return pieces;
  }

  @Test
  void split_specialTokens_areFound() {
    assertEquals(List.of("x", 1, "y", 2, "z"), split("x<s>y<z", false));
  }

  @Test
  void split_specialTokensSkipped_areText() {
    assertEquals(List.of("x<s>y", 2, "z"), split("x<s>y<z", true));
  }

  /** More than are listed at once. */
  @Test
  void split_hundredsOfTokens_areFoundInTheirOrder() {
    List<Object> pieces = split("x<s>y<".repeat(100), false);
    assertEquals(400, pieces.size());
    for (int index = 0; index < 400; index++) {
      assertEquals(List.of("x", 1, "y", 2).get(index % 4), pieces.get(index));
    }
    assertEquals(List.of("<s>".repeat(100)), split("<s>".repeat(100), true));
  }

  /** The longest match decides, though it is skipped: the shorter one is not tried in its place. */
  @Test
  void split_skippedTokenLongerThanAnother_isTextAsAWhole() {
    assertEquals(List.of(2, "x<s>", 2), split("<x<s><", true));
  }

  /** The search goes on after the match, not within it. */
  @Test
  void split_skippedTokenBeforeOverlappingOne_hidesIt() {
    assertEquals(List.of("abc"), split("abc", true));
    assertEquals(List.of("ab", 4), split("abbc", true));
    assertEquals(List.of(5), split("abcd", true));
  }

  /** A match that is skipped strips nothing. */
  @Test
  void split_skippedTokenThatStrips_leavesTheWhiteSpace() {
    assertEquals(List.of("a", 6, "b"), split("a <m> b", false));
    assertEquals(List.of("a <m> b"), split("a <m> b", true));
  }

  /** Whoever sends a bundle chooses the tokens: a table that they crowd would take their square. */
  @Test
  void finder_isBuiltInTheTimeOfItsBytes() {
    long small = Long.MAX_VALUE;
    long large = Long.MAX_VALUE;
    for (int round = 0; round < 6; round++) { // in turn: other processes slow down both
      small = Math.min(small, nanosToBuild(250));
      large = Math.min(large, nanosToBuild(1_000));
    }
    assertTrue(large < 8 * small, large / 1_000 + " µs, a quarter " + small / 1_000);
  }

  private static long nanosToBuild(int tokens) {
    List<Sought> sought = new ArrayList<>();
    for (int index = 0; index < tokens; index++) {
      AddedToken token = token(index, index + "x".repeat(1_000), true);
      sought.add(new Sought(token, token.content().getBytes(StandardCharsets.UTF_8)));
    }
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    AddedTokenFinder finder = new AddedTokenFinder(sought, false);
    long nanos = threads.getCurrentThreadCpuTime() - start;
    assertEquals(0, finder.tokenAt(finder.nodeAfter(0, (byte) '1')));
    return nanos;
  }
}
