package dev.remora.engine.piece;

import dev.remora.core.definition.Model;
import dev.remora.core.guard.BuildGuard;
import dev.remora.core.text.Utf8;
import dev.remora.core.vocabulary.Vocabulary;
import dev.remora.engine.split.Scanner;
import dev.remora.engine.text.IdList;
import dev.remora.engine.word.CachedWords;
import dev.remora.engine.word.TokenSpans;
import dev.remora.engine.word.TokenTrie;
import dev.remora.engine.word.WordModel;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/**
 * A WordPiece model: the longest token that a word begins with, then the longest of those for the
 * inside of words that the rest begins with, and so on. A word with a rest that none begins, or of
 * too many characters, is unknown as a whole. Thread-safe.
 */
final class WordPieceModel implements WordModel {
  private final TokenTrie trie;
  private final long inside; // the node after the prefix of tokens inside a word
  private final int unknown;
  private final long maxCharacters;

  WordPieceModel(Model.WordPiece model, Vocabulary vocabulary, int unknown, BuildGuard guard) {
    byte[] prefix = model.continuingSubwordPrefix().getBytes(StandardCharsets.UTF_8);
    this.trie = new TokenTrie(vocabulary, guard);
    this.inside = trie.next(trie.root(), prefix, 0, prefix.length);
    this.unknown = unknown;
    this.maxCharacters = model.maxInputCharsPerWord();
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
    private int foundEnd; // of the token that was found last

    State(BitSet barred) {
      this.barred = barred;
    }

    @Override
    protected void encode(byte[] bytes, int from, int to, IdList ids) {
      int before = ids.count;
      boolean fits = to - from <= maxCharacters || Utf8.count(bytes, from, to) <= maxCharacters;
      int at = from;
      while (fits && at < to) {
        int id = longest(bytes, at, to, at == from ? trie.root() : inside);
        if (id < 0) {
          fits = false;
        } else {
          ids.add(id);
          at = foundEnd;
        }
      }
      if (!fits) {
        ids.count = before;
        ids.add(unknown);
      }
    }

    private int longest(byte[] bytes, int from, int to, long start) {
      int found = TokenTrie.NONE;
      long node = start;
      for (int at = from; at < to && node != TokenTrie.NOWHERE; ) {
        node = trie.next(node, bytes[at++]);
        int id = TokenTrie.idAt(node);
        if (id >= 0 && !barred.get(id)) {
          found = id;
          foundEnd = at;
        }
      }
      return found;
    }

    @Override
    public void spans(
        byte[] bytes, int from, int to, IdList ids, int first, int end, TokenSpans spans) {
      if (end == first + 1) { // a token, or unknown
        spans.add(from, to);
        return;
      }
      int at = from;
      for (int index = first; index < end; index++) {
        longest(bytes, at, to, at == from ? trie.root() : inside);
        spans.add(at, foundEnd);
        at = foundEnd;
      }
    }
  }
}
