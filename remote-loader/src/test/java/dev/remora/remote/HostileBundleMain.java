package dev.remora.remote;

import dev.remora.Tokenizer;
import dev.remora.TokenizerException;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.guard.BuildGuard;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * The process of {@link HostileBundleTest}: builds bundles of each shape at three sizes, in the
 * memory that the process has, and says where the time for a byte grows with the bytes.
 */
final class HostileBundleMain {
  private static final int[] SIZES = {1 << 18, 1 << 20, 1 << 22};

  /**
   * Below this, what is measured is classes being loaded, code being compiled and caches being
   * left; what is quadratic takes several seconds for the largest bundle.
   */
  private static final long NOISE_NANOS = 1_000_000_000;

  /** Another process on the same core makes a run slower; it does not do so each time. */
  private static final int TRIES = 4;

  private HostileBundleMain() {}

  /** Arguments: an engine; what the names of the shapes must contain. */
  public static void main(String[] arguments) {
    LoadOptions options = LoadOptions.builder().engine(arguments[0]).build();
    for (Map.Entry<String, IntFunction<TokenizerBundle>> shape :
        HostileBundle.shapes().entrySet()) {
      if (shape.getKey().contains(arguments[1])) {
        measure(options, shape.getKey(), shape.getValue());
      }
    }
    System.out.println("done");
  }

  private static void measure(
      LoadOptions options, String name, IntFunction<TokenizerBundle> shape) {
    StringBuilder line = new StringBuilder(name);
    long before = Long.MAX_VALUE;
    for (int size : SIZES) {
      TokenizerBundle bundle = shape.apply(size);
      long most = 8 * Math.min(before, Long.MAX_VALUE / 8); // twice as much a byte
      long nanos = Long.MAX_VALUE;
      for (int attempt = 0; attempt < TRIES && nanos > Math.max(NOISE_NANOS, most); attempt++) {
        nanos = Math.min(nanos, build(options, bundle, line));
      }
      line.append(" %,d ms".formatted(nanos / 1_000_000));
      if (nanos > Math.max(NOISE_NANOS, most)) {
        line.append(" GROWS");
      }
      before = nanos;
    }
    System.out.println(line);
  }

  private static long build(LoadOptions options, TokenizerBundle bundle, StringBuilder line) {
    long start = processorTime();
    try (Tokenizer tokenizer = BuiltTokenizer.build(bundle, options, BuildGuard.NONE)) {
      tokenizer.decode(tokenizer.encode("hello world").ids());
      line.append(" built");
    } catch (TokenizerException e) {
      line.append(" " + e.kind());
    } catch (OutOfMemoryError e) {
      line.append(" OUT OF MEMORY");
      System.err.println(line);
      e.printStackTrace();
    }
    return processorTime() - start;
  }

  private static long processorTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
