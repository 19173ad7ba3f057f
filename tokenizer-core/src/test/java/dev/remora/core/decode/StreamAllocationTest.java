package dev.remora.core.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.remora.DecodeOptions;
import dev.remora.DecodeStream;
import dev.remora.StopMatcher;
import dev.remora.StopSequences;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What streams allocate for each token, and that many of one tokenizer do not disturb another. */
class StreamAllocationTest {
  private static final int COUNT = 100_000;
  private static final SampleTokens TOKENS = new SampleTokens();
  private static final TokenDecoder DECODER = TOKENS.decoder();
  private static final StopSequences STOPS =
      StopSequences.builder()
          .hiddenString("\n\nHuman:")
          .hiddenString("</answer>")
          .hiddenString("。。停")
          .eosIds(List.of(100_256))
          .build();

  /** Bytes for each token of the second pass, the characters of the text left aside. */
  private static long allocated(int[] ids, Runnable pass, long characters) {
    pass.run();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(thread);
    pass.run();
    long bytes = threads.getThreadAllocatedBytes(thread) - before;
    return Math.max(0, bytes - 2 * characters) / ids.length;
  }

  private static void assertAllocation(int[] ids, boolean isLatin) {
    long units = DECODER.decode(ids, DecodeOptions.DEFAULT).length();
    long handedOut = isLatin ? units / 2 : units; // two bytes each are subtracted
    StringBuilder target = new StringBuilder(ids.length * 8);
    target.append(isLatin ? "" : "\u4E00");
    List<Long> perToken = new ArrayList<>();
    perToken.add(allocated(ids, () -> pushAll(ids), handedOut));
    perToken.add(allocated(ids, () -> appendAll(ids, target), 0));
    assertTrue(perToken.stream().allMatch(bytes -> bytes <= 24), () -> "bytes: " + perToken);
    List<Long> withStops = new ArrayList<>();
    withStops.add(allocated(ids, () -> stopAll(ids), handedOut));
    withStops.add(allocated(ids, () -> appendStopped(ids, target), 0));
    assertTrue(withStops.stream().allMatch(bytes -> bytes <= 48), () -> "bytes: " + withStops);
  }

  private static void pushAll(int[] ids) {
    DecodeStream stream = DECODER.open(DecodeOptions.SKIP_SPECIAL_TOKENS);
    for (int id : ids) {
      stream.push(id);
    }
  }

  private static void appendAll(int[] ids, StringBuilder target) {
    DecodeStream stream = DECODER.open(DecodeOptions.DEFAULT);
    target.setLength(0);
    for (int id : ids) {
      stream.push(id, target);
    }
  }

  private static void stopAll(int[] ids) {
    StopMatcher matcher = StopMatcher.of(DECODER.open(DecodeOptions.DEFAULT), STOPS);
    for (int id : ids) {
      matcher.push(id);
    }
  }

  private static void appendStopped(int[] ids, StringBuilder target) {
    StopMatcher matcher = StopMatcher.of(DECODER.open(DecodeOptions.DEFAULT), STOPS);
    target.setLength(0);
    for (int id : ids) {
      matcher.push(id, target);
    }
  }

  @Test
  void english_pushedOneByOne_allocatesNextToNothing() {
    assertAllocation(TOKENS.english(COUNT), true);
  }

  @Test
  void chinese_pushedOneByOne_allocatesNextToNothing() {
    assertAllocation(TOKENS.chinese(COUNT), false);
  }

  @Test
  void streams_onManyThreads_giveTheirOwnText() throws Exception {
    TokenDecoder shared = TOKENS.decoder(); // its tables are made under way
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Boolean>> equal = new ArrayList<>();
      for (int turn = 0; turn < 64; turn++) {
        int[] ids = turn % 2 == 0 ? TOKENS.english(5_000) : TOKENS.chinese(5_000);
        equal.add(threads.submit(() -> joins(shared, ids)));
      }
      for (Future<Boolean> one : equal) {
        assertEquals(true, one.get());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean joins(TokenDecoder shared, int[] ids) {
    DecodeStream stream = shared.open(DecodeOptions.DEFAULT);
    StringBuilder text = new StringBuilder();
    Arrays.stream(ids).forEach(id -> text.append(stream.push(id)));
    return text.append(stream.finish())
        .toString()
        .equals(DECODER.decode(ids, DecodeOptions.DEFAULT));
  }
}
