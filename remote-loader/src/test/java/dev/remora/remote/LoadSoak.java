package dev.remora.remote;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.remora.Tokenizer;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A thousand loads and closes: {@code mvn -pl remote-loader -am verify -Psoak}. */
@EnabledOnOs(OS.LINUX)
class LoadSoak {
  private static final int LOADS = 1000;
  private static final int WARM = 200;

  @ParameterizedTest
  @MethodSource("dev.remora.remote.SoakSupport#engines")
  void thousandLoadsAndCloses_leaveMemoryFlat(String engine) throws Exception {
    LoadOptions options = LoadOptions.builder().engine(engine).build();
    try (TestWorker worker = SoakSupport.worker(0)) {
      int[] expected = null;
      SoakSupport.Memory before = SoakSupport.Memory.now();
      for (int load = 0; load < WARM + LOADS; load++) {
        if (load == WARM) {
          before = SoakSupport.Memory.now();
        }
        try (Tokenizer tokenizer = Tokenizers.fromBackend(worker.channel(), options)) {
          int[] ids = tokenizer.encode(SoakSupport.TEXT).ids();
          expected = expected == null ? ids : expected;
          assertArrayEquals(expected, ids);
        }
      }
      SoakSupport.Memory.now().assertFlatSince(before, LOADS + " loads and closes, " + engine);
    }
  }
}
