package dev.remora.engine.bpe;

import dev.remora.core.definition.Model;
import dev.remora.core.text.Utf8;
import dev.remora.core.vocabulary.Vocabulary;
import dev.remora.engine.reading.Reading;
import dev.remora.engine.word.ByteTokens;
import dev.remora.engine.word.WordModel;
import java.nio.charset.StandardCharsets;
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
    Optional<String> problem = problem(model, vocabulary);
    if (problem.isPresent()) {
      return unknown(problem.get());
    }
    boolean hasAffix =
        isPresent(model.continuingSubwordPrefix()) || isPresent(model.endOfWordSuffix());
    if (!hasAffix && knowsAllBytes(model, vocabulary, byteLevel)) {
      return Reading.known(
          guard ->
              new BytePairModel(
                  vocabulary, model.merges(), byteLevel, model.ignoreMerges(), guard));
    }
    if (prefix(model).chars().anyMatch(unit -> unit >= 0x80)) {
      return unknown("has a continuing_subword_prefix that is not ASCII");
    }
    if (hasAffix && model.byteFallback()) {
      return unknown("has byte fallback beside a continuing_subword_prefix or end_of_word_suffix");
    }
    int unknown = AffixedModel.NONE;
    if (model.unkToken() != null) {
      byte[] utf8 = model.unkToken().getBytes(StandardCharsets.UTF_8);
      unknown = vocabulary.modelIdOf(utf8, 0, utf8.length);
      if (unknown < 0) {
        return unknown("has an unk_token that is not in its vocabulary");
      }
    }
    int unknownId = unknown;
    return Reading.known(guard -> new AffixedModel(model, vocabulary, byteLevel, unknownId, guard));
  }

  private static Reading<WordModel.Plan> unknown(String problem) {
    return Reading.unknown("the model " + problem);
  }

  /** Whether words are bytes that all have a token, at once or where a character has none. */
  private static boolean knowsAllBytes(Model.Bpe model, Vocabulary vocabulary, boolean byteLevel) {
    if (!byteLevel && (model.ignoreMerges() || !model.byteFallback())) {
      return false;
    }
    int[] byteIds = ByteTokens.ids(vocabulary, byteLevel);
    for (int value = 0; value < byteIds.length; value++) {
      if (byteIds[value] < 0 && !(byteLevel && Utf8.neverOccurs(value))) {
        return false;
      }
    }
    return true;
  }

  /** What is not known, if anything is not. */
  private static Optional<String> problem(Model.Bpe model, Vocabulary vocabulary) {
    if (model.dropout() != null && model.dropout() != 0) {
      return Optional.of("has dropout: its ids are random");
    }
    return model.merges().count() > PairTable.MAX_MERGES
        ? Optional.of(String.format(Locale.ROOT, "has more than %,d merges", PairTable.MAX_MERGES))
        : problem(vocabulary);
  }

  private static String prefix(Model.Bpe model) {
    String prefix = model.continuingSubwordPrefix();
    return prefix == null ? "" : prefix;
  }

  private static boolean isPresent(@Nullable String value) {
    return value != null && !value.isEmpty();
  }

  /** What is not known about the vocabulary, if anything is not. */
  private static Optional<String> problem(Vocabulary vocabulary) {
    if (vocabulary.modelIdBound() > PairTable.MAX_SYMBOLS) {
      return Optional.of(
          String.format(Locale.ROOT, "has ids above %,d", PairTable.MAX_SYMBOLS - 1));
    }
    if (vocabulary.modelIdBound() - vocabulary.size() > MAX_GAPS) {
      return Optional.of(
          String.format(Locale.ROOT, "has more than %,d ids without a token", MAX_GAPS));
    }
    return vocabulary.isOneToOne()
        ? Optional.empty()
        : Optional.of("has an id of two tokens, or a token twice");
  }
}
