package dev.remora.engine.regex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.huggingface.tokenizers.jni.CharSpan;
import dev.remora.core.engine.EngineAnswer;
import dev.remora.djl.DjlEngine;
import dev.remora.engine.Reference;
import dev.remora.engine.TestDefinitions;
import dev.remora.engine.reading.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Random regexes match in random texts what they match for the reference. */
final class RegexParityTest {
  private static final int TEXTS = Integer.getInteger("remora.parity.texts", 50_000);
  private static final int TEXTS_OF_ONE = 10;
  private static final long SEED = 20261127;

  private static String json(String regex, String behavior) {
    return """
        {"version":"1.0","added_tokens":[],"normalizer":null,"post_processor":null,"decoder":null,
         "pre_tokenizer":{"type":"Split","pattern":{"Regex":"%s"},"behavior":"%s",
         "invert":false},"model":{"type":"WordLevel","vocab":{"?":0},"unk_token":"?"}}
        """
        .formatted(regex.replace("\\", "\\\\"), behavior);
  }

  private static List<String> pieces(Reference reference, String text) {
    List<String> pieces = new ArrayList<>();
    for (CharSpan span : reference.spans(text, false)) {
      CharSpan known = Objects.requireNonNull(span);
      pieces.add(known.getStart() + "-" + known.getEnd());
    }
    return pieces;
  }

  /** Native code gets no regex that may end the process. */
  private static boolean isSafe(String regex) {
    return new DjlEngine().consider(TestDefinitions.of(json(regex, "Isolated")))
        instanceof EngineAnswer.Plan;
  }

  /** Some that Remora knows the reference does not read, such as a repetition of a look. */
  private static boolean isRead(String regex) {
    try (Reference reference = Reference.of(json(regex, "Isolated"))) {
      return reference.encode("", false).length == 0;
    } catch (RuntimeException e) {
      return false;
    }
  }

  @Test
  void pieces_ofRandomRegexes_areThoseOfTheReference() {
    RandomRegex random = new RandomRegex(SEED);
    int compared = 0;
    for (int left = TEXTS / TEXTS_OF_ONE / 10; left > 0; left--) {
      String expression = random.expression();
      Reading<CompiledRegex> reading = CompiledRegex.of(expression);
      if (reading instanceof Reading.Known<CompiledRegex> known
          && isSafe(expression)
          && isRead(expression)) {
        compared += compare(expression, known.value(), random);
      }
    }
    assertTrue(compared > TEXTS / 100, "compared only " + compared);
  }

  private static int compare(String expression, CompiledRegex regex, RandomRegex random) {
    RegexMatcher matcher = regex.newMatcher();
    RegexMatcher guided = regex.newGuidedMatcher();
    try (Reference isolated = Reference.of(json(expression, "Isolated"));
        Reference removed = Reference.of(json(expression, "Removed"))) {
      for (int left = TEXTS_OF_ONE; left > 0; left--) {
        String text = random.text();
        String about = expression + " in " + text;
        List<String> pieces = pieces(isolated, text);
        assertEquals(pieces, Matches.pieces(matcher, text, false), about);
        assertEquals(pieces, Matches.pieces(guided, text, false), about);
        assertEquals(pieces(removed, text), Matches.pieces(matcher, text, true), about);
      }
    }
    return TEXTS_OF_ONE;
  }
}
