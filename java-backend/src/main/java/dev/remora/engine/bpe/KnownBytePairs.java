package dev.remora.engine.bpe;

import dev.remora.core.definition.Model;
import dev.remora.core.vocabulary.Vocabulary;
import dev.remora.engine.reading.Reading;
import dev.remora.engine.word.WordModel;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a BPE model, and checks that it is known exactly. */
public final class KnownBytePairs {
  /** Ids without a token, each of which costs this engine about twenty bytes. */
  private static final int MAX_GAPS = 1 << 20;

  private KnownBytePairs() {}

  /**
   * The plan of a BPE model.
   *
   * @param byteLevel whether pre-tokens are spelled in the byte-level alphabet
   */
  public static Reading<WordModel.Plan> read(
      Model.Bpe model, Vocabulary vocabulary, boolean byteLevel) {
    Optional<String> problem = problem(model, byteLevel);
    if (problem.isEmpty()) {
      problem = problem(vocabulary, byteLevel);
    }
    return problem.isPresent()
        ? Reading.unknown("the model " + problem.get())
        : Reading.known(
            guard ->
                new BytePairModel(
                    vocabulary, model.merges(), byteLevel, model.ignoreMerges(), guard));
  }

  /** What is not known about the settings, if anything is not. */
  private static Optional<String> problem(Model.Bpe model, boolean byteLevel) {
    if (model.dropout() != null && model.dropout() != 0) {
      return Optional.of("has dropout: its ids are random");
    }
    if (isPresent(model.continuingSubwordPrefix())) {
      return Optional.of("has a continuing_subword_prefix");
    }
    if (isPresent(model.endOfWordSuffix())) {
      return Optional.of("has an end_of_word_suffix");
    }
    if (!byteLevel && (model.ignoreMerges() || !model.byteFallback())) {
      return Optional.of("is neither byte-level nor of characters with byte fallback");
    }
    return model.merges().count() > PairTable.MAX_MERGES
        ? Optional.of(String.format(Locale.ROOT, "has more than %,d merges", PairTable.MAX_MERGES))
        : Optional.empty();
  }

  private static boolean isPresent(@Nullable String value) {
    return value != null && !value.isEmpty();
  }

  /** What is not known about the vocabulary, if anything is not. */
  private static Optional<String> problem(Vocabulary vocabulary, boolean byteLevel) {
    int[] byteIds = ByteTokens.ids(vocabulary, byteLevel);
    for (int value = 0; value < byteIds.length; value++) {
      if (byteIds[value] < 0) {
        return Optional.of(String.format(Locale.ROOT, "has no token for the byte 0x%02X", value));
      }
    }
    if (vocabulary.modelIdBound() > PairTable.MAX_SYMBOLS) {
      return Optional.of(
          String.format(Locale.ROOT, "has ids above %,d", PairTable.MAX_SYMBOLS - 1));
    }
    if (vocabulary.modelIdBound() - vocabulary.size() > MAX_GAPS) {
      return Optional.of(
          String.format(Locale.ROOT, "has more than %,d ids without a token", MAX_GAPS));
    }
    boolean hasEmptyToken = vocabulary.modelIdOf(new byte[0], 0, 0) >= 0;
    return vocabulary.isOneToOne() && !hasEmptyToken
        ? Optional.empty()
        : Optional.of("has an id of two tokens, a token twice, or an empty token");
  }
}
