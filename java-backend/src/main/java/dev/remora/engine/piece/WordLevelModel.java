package dev.remora.engine.piece;

import dev.remora.core.vocabulary.Vocabulary;
import dev.remora.engine.split.Scanner;
import dev.remora.engine.text.IdList;
import dev.remora.engine.word.CachedWords;
import dev.remora.engine.word.TokenSpans;
import dev.remora.engine.word.WordModel;
import java.util.BitSet;

/** A WordLevel model: a word is a token or unknown. Thread-safe. */
final class WordLevelModel implements WordModel {
  private final Vocabulary vocabulary;
  private final int unknown;

  WordLevelModel(Vocabulary vocabulary, int unknown) {
    this.vocabulary = vocabulary;
    this.unknown = unknown;
  }

  @Override
  public WordModel.State newState(BitSet barred) {
    return new State(barred);
  }

  @Override
  public boolean mayCut(Scanner scanner) {
    return false;
  }

  private final class State extends CachedWords {
    private final BitSet barred;

    State(BitSet barred) {
      this.barred = barred;
    }

    @Override
    protected void encode(byte[] bytes, int from, int to, IdList ids) {
      int id = vocabulary.modelIdOf(bytes, from, to);
      ids.add(id < 0 || barred.get(id) ? unknown : id);
    }

    @Override
    public void spans(
        byte[] bytes, int from, int to, IdList ids, int first, int end, TokenSpans spans) {
      spans.add(from, to);
    }
  }
}
