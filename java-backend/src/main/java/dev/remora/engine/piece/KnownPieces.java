package dev.remora.engine.piece;

import dev.remora.core.definition.Model;
import dev.remora.core.vocabulary.Vocabulary;
import dev.remora.engine.reading.Reading;
import dev.remora.engine.word.WordModel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Reads models other than BPE, and checks that they are known exactly. */
public final class KnownPieces {
  /**
   * Bytes of the longest token that is followed: at each place of a text all tokens are, as far as
   * they go, so that a text would take its square. Real tokens have a few hundred at most.
   */
  private static final int MAX_TOKEN_BYTES = 1 << 12;

  private KnownPieces() {}

  /** The plan of a WordPiece model. */
  public static Reading<WordModel.Plan> read(Model.WordPiece model, Vocabulary vocabulary) {
    int unknown = idOf(model.unkToken(), vocabulary);
    return unknown < 0
        ? withoutUnknown()
        : bounded(vocabulary, guard -> new WordPieceModel(model, vocabulary, unknown, guard));
  }

  /** The plan of a WordLevel model. */
  public static Reading<WordModel.Plan> read(Model.WordLevel model, Vocabulary vocabulary) {
    int unknown = idOf(model.unkToken(), vocabulary);
    return unknown < 0
        ? withoutUnknown()
        : Reading.known(guard -> new WordLevelModel(vocabulary, unknown));
  }

  /** The plan of a Unigram model. */
  public static Reading<WordModel.Plan> read(Model.Unigram model, Vocabulary vocabulary) {
    Integer unknown = model.unkId();
    if (unknown == null || !vocabulary.contains(unknown)) {
      return withoutUnknown();
    }
    boolean areKnown =
        Arrays.stream(model.scores())
            .allMatch(score -> Double.isFinite(score) || score == Model.Unigram.NEVER);
    return areKnown
        ? bounded(vocabulary, guard -> new UnigramModel(model, vocabulary, unknown, guard))
        : Reading.unknown("the model has a score that is not finite");
  }

  private static Reading<WordModel.Plan> bounded(Vocabulary vocabulary, WordModel.Plan plan) {
    int[] longest = new int[1];
    vocabulary.forEachModelToken(
        (utf8, from, to, id) -> longest[0] = Math.max(longest[0], to - from));
    return longest[0] > MAX_TOKEN_BYTES
        ? Reading.unknown(
            String.format(Locale.ROOT, "the model has a token of %,d bytes", longest[0]))
        : Reading.known(plan);
  }

  /** The reference fails on what is unknown. */
  private static Reading<WordModel.Plan> withoutUnknown() {
    return Reading.unknown("the model has no token for what is not in its vocabulary");
  }

  private static int idOf(String token, Vocabulary vocabulary) {
    byte[] utf8 = token.getBytes(StandardCharsets.UTF_8);
    return vocabulary.modelIdOf(utf8, 0, utf8.length);
  }
}
