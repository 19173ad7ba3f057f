package dev.remora.core.decode;

import com.sun.management.ThreadMXBean;
import dev.remora.DecodeOptions;
import dev.remora.DecodeStream;
import dev.remora.StopMatcher;
import dev.remora.StopSequences;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/** Prints nanoseconds of processor time and bytes for each token; run by hand. */
final class StreamTiming {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int COUNT = 2_500; // a prompt of about 10 kB
  private static final int ROUNDS = 8_000;

  private StreamTiming() {}

  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) {
    SampleTokens tokens = new SampleTokens();
    TokenDecoder decoder = tokens.decoder();
    for (int turn = 0; turn < 8; turn++) {
      TokenDecoder fresh = tokens.decoder();
      long start = THREADS.getCurrentThreadCpuTime();
      fresh.decode(new int[0], DecodeOptions.DEFAULT);
      System.out.printf("tables %d us%n", (THREADS.getCurrentThreadCpuTime() - start) / 1_000);
    }
    StopSequences stops =
        StopSequences.builder()
            .hiddenString("\n\nHuman:")
            .hiddenString("</answer>")
            .eosIds(List.of(100_256))
            .build();
    for (int[] ids :
        List.of(
            tokens.english(COUNT),
            tokens.chinese(COUNT),
            tokens.english(COUNT),
            tokens.chinese(COUNT))) {
      String text = decoder.decode(ids, DecodeOptions.DEFAULT);
      StringBuilder target = new StringBuilder(8 * ids.length).append('\u4E00');
      String[] floor = new String[200_000];
      for (int id : ids) {
        floor[id] = decoder.decode(new int[] {id}, DecodeOptions.DEFAULT);
      }
      measure("array of texts", ids, all -> Arrays.stream(all).map(id -> floor[id].length()).sum());
      measure("push", ids, all -> push(decoder.open(DecodeOptions.DEFAULT), all));
      measure("append", ids, all -> append(decoder.open(DecodeOptions.DEFAULT), all, target));
      measure("stops", ids, all -> stop(decoder, stops, all));
      measure("stops, append", ids, all -> stop(decoder, stops, all, target));
      long nanos =
          measure("one-shot", ids, all -> decoder.decode(all, DecodeOptions.DEFAULT).length());
      int bytes = text.getBytes(StandardCharsets.UTF_8).length;
      System.out.printf(
          "one-shot MB/s %d, %d units, %d bytes%n", bytes * 1000L / nanos, text.length(), bytes);
    }
  }

  private static int push(DecodeStream stream, int[] ids) {
    int length = 0;
    for (int id : ids) {
      length += stream.push(id).length();
    }
    return length;
  }

  private static int append(DecodeStream stream, int[] ids, StringBuilder target) {
    target.setLength(0);
    for (int id : ids) {
      stream.push(id, target);
    }
    return target.length();
  }

  private static int stop(TokenDecoder decoder, StopSequences stops, int[] ids) {
    StopMatcher matcher = StopMatcher.of(decoder.open(DecodeOptions.DEFAULT), stops);
    int length = 0;
    for (int id : ids) {
      length += matcher.push(id).length();
    }
    return length;
  }

  private static int stop(
      TokenDecoder decoder, StopSequences stops, int[] ids, StringBuilder target) {
    StopMatcher matcher = StopMatcher.of(decoder.open(DecodeOptions.DEFAULT), stops);
    target.setLength(0);
    for (int id : ids) {
      matcher.push(id, target);
    }
    return target.length();
  }

  /** The median of rounds, in nanoseconds of one round. */
  @SuppressWarnings("SystemOut")
  private static long measure(String what, int[] ids, ToIntFunction<int[]> pass) {
    long[] nanos = new long[ROUNDS];
    long bytes = 0;
    int sum = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
      long start = THREADS.getCurrentThreadCpuTime();
      sum += pass.applyAsInt(ids);
      nanos[round] = THREADS.getCurrentThreadCpuTime() - start;
      bytes = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    }
    Arrays.sort(nanos);
    long median = nanos[ROUNDS / 2];
    System.out.printf(
        "%-14s %5.1f ns, %5.1f B a token (%d)%n",
        what, median / (double) ids.length, bytes / (double) ids.length, sum);
    return median;
  }
}
