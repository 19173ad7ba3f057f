package dev.remora.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Mutated inputs give a tokenizer or a typed refusal, in bounded time and memory, and leave nothing
 * behind: no file, no thread. Each target runs in a process of its own, which must not crash.
 *
 * <p>{@code -Dremora.fuzz.cases=N} sets how many there are over all targets, {@code
 * -Dremora.fuzz.seed=S} which. {@code -Dremora.fuzz.case=N} replays one that failed.
 */
class FuzzTest {
  private static final long CASES = Long.getLong("remora.fuzz.cases", 30_000);
  private static final long SEED = Long.getLong("remora.fuzz.seed", 20261123);
  private static final long REPLAYED = Long.getLong("remora.fuzz.case", -1);

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void input_mutated_isTakenOrRefused(FuzzTarget target) throws Exception {
    long from = Math.max(0, REPLAYED);
    long to = REPLAYED < 0 ? target.share(CASES) : REPLAYED + 1;
    ChildJvm.Result result =
        new ChildJvm(folder)
            .option("-Xmx256m")
            .option("-XX:+ExitOnOutOfMemoryError") // wherever it is caught
            .run(FuzzMain.class, target.name(), "" + SEED, "" + from, "" + to);
    List<String> lines = result.output().lines().toList();
    List<String> cases = lines.stream().filter(line -> line.startsWith("#")).toList();
    String rest = String.join("\n", lines.stream().filter(line -> !line.startsWith("#")).toList());
    System.out.println(rest);
    String last = cases.isEmpty() ? "none" : cases.get(cases.size() - 1).substring(1);
    assertEquals(
        0,
        result.exitCode(),
        () ->
            "-Dremora.fuzz.seed=%d -Dremora.fuzz.case=%s\n%s\n%s"
                .formatted(SEED, last, rest, result.errors()));
    assertTrue(REPLAYED >= 0 || rest.matches("(?s).* [1-9]\\d* taken, refused \\{.+\\}.*"), rest);
    assertEquals(List.of(), result.filesLeft());
  }
}
