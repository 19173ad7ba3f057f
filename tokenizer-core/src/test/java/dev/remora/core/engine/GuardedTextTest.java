package dev.remora.core.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.Prompt;
import org.junit.jupiter.api.Test;

class GuardedTextTest {
  @Test
  void pairOfSurrogates_splitBetweenSpans_isOneCodePointThatIsNotTrusted() {
    Prompt first = Prompt.builder().request("a", "\uD83D").template("\uDE00<t>").build();
    assertTrue(GuardedText.of(first).trustsCodePoints(1, 4));
    assertFalse(GuardedText.of(first).trustsCodePoints(0, 1));
    Prompt second = Prompt.builder().template("<t>\uD83D").request("a", "\uDE00<t>").build();
    assertTrue(GuardedText.of(second).trustsCodePoints(0, 3));
    assertFalse(GuardedText.of(second).trustsCodePoints(3, 4));
    assertFalse(GuardedText.of(second).trustsCodePoints(4, 7));
  }
}
