package dev.remora.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The texts and the table of the measurement of growth; measuring takes minutes. */
final class GrowthTest {
  @Test
  void texts_ofEveryAim_haveTheLengthThatIsAskedFor() {
    Growth.texts("<|end|>")
        .forEach(
            (name, text) -> {
              int length = text.apply(10_000).length();
              assertTrue(Math.abs(length - 10_000) < 30, () -> name + " has " + length);
            });
  }

  @Test
  void table_ofRows_hasTheGreatestGrowthLastAndMarked() {
    List<Growth.Row> rows =
        List.of(new Growth.Row("spaces", "ids", 10, 20), new Growth.Row("words", "count", 10, 11));
    assertEquals(
        """
        | x | call | 64 k, ns a unit | 512 k | growth |
        |---|---|---:|---:|---:|
        | words | count | 10.0 | 11.0 | 1.10x |
        | spaces | ids | 10.0 | 20.0 | 2.00x (above 1.5x) |
        """,
        Growth.table("x", rows));
  }

  @Test
  void hugeTexts_ofEveryKind_haveTheBytesThatAreAskedFor() {
    HugeTexts.texts()
        .forEach(
            (name, text) -> {
              int bytes = text.apply(10_000).getBytes(StandardCharsets.UTF_8).length;
              assertTrue(Math.abs(bytes - 10_000) < 3, () -> name + " has " + bytes);
            });
  }
}
