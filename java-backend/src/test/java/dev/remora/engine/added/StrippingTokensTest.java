package dev.remora.engine.added;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.Encoding;
import dev.remora.conformance.EngineComparison;
import dev.remora.conformance.contract.ChangedDefinition;
import dev.remora.conformance.contract.ContractBundle;
import dev.remora.core.definition.Normalizer;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.engine.EngineAnswer;
import dev.remora.core.engine.EngineSession;
import dev.remora.core.engine.TokenizerEngine;
import dev.remora.core.vocabulary.AddedToken;
import dev.remora.djl.DjlEngine;
import dev.remora.engine.JavaEngine;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Added tokens whose flags take white space from each other. */
final class StrippingTokensTest {
  private static final TokenizerDefinition BASE = ContractBundle.BYTE_LEVEL.definition();
  private static final String[] CONTENTS = {
    "\n", " ", "\t", "\n\n", " \n", "\u3000", "<|end|>", "<e>", "\n<e>", "<e>\n", " a", "a ", "ab",
    "é"
  };
  private static final String[] PIECES = {"a", "b", "é", " ", "  ", "\n", "\t", "\u3000", ".", "中"};

  private static AddedToken token(int index, String content, int flags) {
    return new AddedToken(
        BASE.vocabulary().modelIdBound() + index,
        content,
        (flags & 1) != 0,
        (flags & 2) != 0,
        (flags & 4) != 0,
        (flags & 8) != 0,
        (flags & 16) != 0);
  }

  private static Optional<String> reason(TokenizerEngine engine, AddedToken... tokens) {
    return engine.consider(BASE.withAddedTokens(List.of(tokens)))
            instanceof EngineAnswer.Declined no
        ? Optional.of(no.reason())
        : Optional.empty();
  }

  /** The reference ends the process on {@code <|end|>} and two line ends. */
  @Test
  void lstripWhiteSpace_besideRstripToken_isDeclinedByBoth() {
    AddedToken[] tokens = {token(0, "\n", 2), token(1, "<|end|>", 4)};
    for (TokenizerEngine engine : List.of(new JavaEngine(), new DjlEngine())) {
      String reason = reason(engine, tokens).orElseThrow();
      assertTrue(
          reason.startsWith(
              "the added token %d is white space that tokens take from each other"
                  .formatted(tokens[0].id())),
          reason);
    }
  }

  /** Of a million of them the first would hold a million, the second one less, and so on. */
  @Test
  void rstripWhiteSpace_thatIsFoundInItsOwnRun_isDeclinedByBoth() {
    for (TokenizerEngine engine : List.of(new JavaEngine(), new DjlEngine())) {
      assertTrue(reason(engine, token(0, "\n", 4)).isPresent());
      assertTrue(reason(engine, token(0, "\n", 6), token(1, "\t", 0)).isPresent());
    }
  }

  @Test
  void whiteSpace_thatTakesNoneFromOthers_isServedByBoth() {
    for (TokenizerEngine engine : List.of(new JavaEngine(), new DjlEngine())) {
      assertEquals(Optional.empty(), reason(engine, token(0, "\n", 0), token(1, "<e>", 6)));
      assertEquals(Optional.empty(), reason(engine, token(0, "\n", 2), token(1, "<e>", 2)));
      assertEquals(Optional.empty(), reason(engine, token(0, "\n", 6), token(1, "<e>", 6)));
      assertEquals(Optional.empty(), reason(engine, token(0, "\n", 6), token(1, "\t", 6)));
    }
  }

  /** What remains of a match may be nothing: then the reference drops it. */
  @Test
  void randomTokens_withAnyFlags_areFoundAsByTheReference() {
    SplittableRandom random = new SplittableRandom(20261127);
    List<String> failures = new ArrayList<>();
    int served = 0;
    for (int round = 0; round < 400; round++) {
      TokenizerDefinition definition = randomDefinition(random);
      if (!(new JavaEngine().consider(definition) instanceof EngineAnswer.Plan plan)) {
        continue;
      }
      served++;
      List<String> texts = new ArrayList<>();
      for (int count = 0; count < 40; count++) {
        texts.add(randomText(random, definition.addedTokens()));
      }
      try (EngineComparison comparison =
              new EngineComparison(definition, new JavaEngine(), new DjlEngine(), failures::add);
          EngineSession session = plan.open()) {
        for (String text : texts) {
          comparison.text(text, false, true);
          assertConsistent(session, text);
        }
      }
      assertEquals(List.of(), failures, () -> definition.addedTokens().toString());
    }
    assertTrue(served > 100, "served " + served);
  }

  private static TokenizerDefinition randomDefinition(SplittableRandom random) {
    Set<String> contents = new LinkedHashSet<>();
    for (int left = 1 + random.nextInt(4); left > 0; left--) {
      contents.add(CONTENTS[random.nextInt(CONTENTS.length)]);
    }
    List<AddedToken> tokens = new ArrayList<>();
    for (String content : contents) {
      tokens.add(token(tokens.size(), content, random.nextInt(32)));
    }
    TokenizerDefinition added = BASE.withAddedTokens(tokens);
    Optional<Normalizer> normalizer =
        switch (random.nextInt(3)) {
          case 0 -> Optional.empty();
          case 1 -> Optional.of(new Normalizer.Prepend(" "));
          default -> BASE.normalizer();
        };
    return ChangedDefinition.of(added, normalizer);
  }

  private static String randomText(SplittableRandom random, List<AddedToken> tokens) {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(12); left > 0; left--) {
      text.append(
          random.nextBoolean()
              ? tokens.get(random.nextInt(tokens.size())).content()
              : PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  private static void assertConsistent(EngineSession session, String text) {
    int[] ids = session.encode(text, false);
    Encoding encoding = new Encoding(ids, () -> session.details(text, false));
    assertArrayEquals(ids, encoding.ids());
    assertEquals(ids.length, encoding.tokens().size());
    for (int index = 0; index < ids.length; index++) {
      int start = encoding.start(index);
      int end = encoding.end(index);
      assertTrue(0 <= start && start <= end && end <= text.length(), () -> text);
    }
  }
}
