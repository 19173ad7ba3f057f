package dev.remora.engine.piece;

import dev.remora.core.definition.Model;
import dev.remora.core.guard.BuildGuard;
import dev.remora.core.vocabulary.Vocabulary;
import dev.remora.engine.split.Scanner;
import dev.remora.engine.word.ByteTokens;
import dev.remora.engine.word.TokenTrie;
import dev.remora.engine.word.WordModel;
import java.util.BitSet;

/** A Unigram model: the tables that all calls share. {@link UnigramPaths} makes the ids. */
final class UnigramModel implements WordModel {
  /** What an unknown character costs more than the least likely token. */
  private static final double UNKNOWN_PENALTY = 10;

  final TokenTrie trie;
  final double[] scores; // of each id
  final int unknown;
  final double unknownScore;
  final int[] byteIds; // of each byte's token, or -1; all -1 where there is no byte fallback

  UnigramModel(Model.Unigram model, Vocabulary vocabulary, int unknown, BuildGuard guard) {
    this.scores = model.scores();
    this.trie = new TokenTrie(vocabulary, id -> Double.isFinite(model.scores()[id]), guard);
    this.unknown = unknown;
    double lowest = Double.POSITIVE_INFINITY;
    for (double score : scores) {
      lowest = Double.isFinite(score) ? Math.min(lowest, score) : lowest;
    }
    this.unknownScore = lowest - UNKNOWN_PENALTY;
    this.byteIds = new int[ByteTokens.COUNT];
    for (int value = 0; value < byteIds.length; value++) {
      byte[] token = ByteTokens.tokenOf(value, false);
      byteIds[value] =
          model.byteFallback() ? vocabulary.modelIdOf(token, 0, token.length) : TokenTrie.NONE;
    }
  }

  @Override
  public WordModel.State newState(BitSet barred) {
    return new UnigramPaths(this, barred);
  }

  /** A score is a sum from where the word begins on: cutting would round differently. */
  @Override
  public boolean mayCut(Scanner scanner) {
    return false;
  }

  @Override
  public boolean isNamedByText(int id) {
    return id == unknown;
  }
}
