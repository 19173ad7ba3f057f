package dev.remora.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.remora.RefusedToken;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalsTest {
  /** Tokens of the raw text are looked for before those of what is between them. */
  @Test
  void tokens_foundInAnyOrder_areInThatOfTheText_withoutOverlaps() {
    Refusals refusals = new Refusals();
    refusals.add(10, 15, 1);
    refusals.add(12, 20, 2);
    refusals.add(0, 4, 3);
    refusals.add(15, 18, 4);
    assertEquals(
        List.of(
            new RefusedToken(0, 4, 3), new RefusedToken(10, 15, 1), new RefusedToken(15, 18, 4)),
        refusals.tokens());
  }
}
