package dev.remora.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.conformance.EngineComparison;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.engine.EngineAnswer;
import dev.remora.djl.DjlEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every model makes the ids, tokens and offsets of the reference, whatever its vocabulary. */
final class ModelParityTest {
  private static final int MODELS = Integer.getInteger("remora.parity.texts", 50_000) / 1_000;
  private static final int TEXTS = 300; // for each

  /** What is made of a seed. */
  enum Kind {
    WORD_PIECE(RandomModels::wordPiece),
    WORD_LEVEL(RandomModels::wordLevel),
    UNIGRAM(RandomModels::unigram),
    BYTE_PAIRS(RandomModels::bytePairs);

    @SuppressWarnings("ImmutableEnumChecker") // references to methods
    private final Function<RandomModels, String> maker;

    Kind(Function<RandomModels, String> maker) {
      this.maker = maker;
    }
  }

  @ParameterizedTest
  @EnumSource
  void texts_ofRandomModels_areEqual(Kind kind) {
    int served = 0;
    for (int seed = 0; seed < MODELS; seed++) {
      RandomModels models = new RandomModels(seed);
      String json = kind.maker.apply(models);
      TokenizerDefinition definition = TestDefinitions.of(json);
      if (new JavaEngine().consider(definition) instanceof EngineAnswer.Declined declined) {
        assertTrue(kind == Kind.BYTE_PAIRS, declined.reason());
        continue;
      }
      served++;
      List<String> failures = new ArrayList<>();
      try (EngineComparison comparison =
          new EngineComparison(definition, new JavaEngine(), new DjlEngine(), failures::add)) {
        for (int text = 0; text < TEXTS; text++) {
          comparison.text(models.text(), true, true);
        }
        comparison.randomTexts(seed, TEXTS / 3);
        comparison.largeTexts(2_000);
      }
      assertEquals(List.of(), failures.subList(0, Math.min(3, failures.size())), json);
    }
    assertTrue(served > MODELS / 2, served + " served");
  }
}
