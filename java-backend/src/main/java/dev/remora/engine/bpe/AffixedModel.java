package dev.remora.engine.bpe;

import dev.remora.core.definition.Model;
import dev.remora.core.guard.BuildGuard;
import dev.remora.core.text.ByteAlphabet;
import dev.remora.core.text.Utf8;
import dev.remora.core.vocabulary.Vocabulary;
import dev.remora.engine.split.Scanner;
import dev.remora.engine.text.Signs;
import dev.remora.engine.word.ByteTokens;
import dev.remora.engine.word.TokenBytes;
import dev.remora.engine.word.TokenTrie;
import dev.remora.engine.word.WordModel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A BPE model in all its generality: what tokens inside words begin with, what the last token of a
 * word ends with, and characters that have no token, which are unknown, bytes, or dropped. {@link
 * BytePairModel} is faster where there is none of this. Thread-safe.
 */
final class AffixedModel implements WordModel {
  /** In place of the token of a character: there is none. */
  static final int NONE = TokenTrie.NONE;

  final boolean byteLevel;
  final boolean ignoreMerges;
  final boolean fusesUnknown;
  final PairTable pairs;
  final TokenTrie trie;
  final int unknown; // NONE where what is unknown is dropped
  final int @Nullable [] byteIds; // of each byte's token; null where there is no byte fallback

  private final TokenBytes tokens;
  private final byte[] prefix; // of tokens inside words
  private final byte[] suffix; // of the last token of a word
  private final int inside; // the node after the prefix
  private final byte[][] spelling = new byte[ByteTokens.COUNT][];

  /**
   * Builds the tables.
   *
   * @param guard ends it early
   * @throws dev.remora.BundleException if a merge is of tokens that are not in the vocabulary
   */
  AffixedModel(
      Model.Bpe model, Vocabulary vocabulary, boolean byteLevel, int unknown, BuildGuard guard) {
    this.byteLevel = byteLevel;
    this.ignoreMerges = model.ignoreMerges();
    this.fusesUnknown = model.fuseUnk();
    this.unknown = unknown;
    this.prefix = utf8(model.continuingSubwordPrefix());
    this.suffix = utf8(model.endOfWordSuffix());
    this.pairs = MergeReader.readAll(model.merges(), vocabulary, prefix.length, guard);
    this.trie = new TokenTrie(vocabulary, guard);
    this.inside = trie.nodeOf(prefix, 0, prefix.length);
    this.byteIds = model.byteFallback() ? ByteTokens.ids(vocabulary, false) : null;
    this.tokens = new TokenBytes(vocabulary, false);
    for (int value = 0; value < spelling.length; value++) {
      spelling[value] = ByteAlphabet.tokenOf(value);
    }
  }

  private static byte[] utf8(@Nullable String text) {
    return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public WordModel.State newState(BitSet barred) {
    return new AffixedState(this, barred);
  }

  /**
   * A merge makes a token: if no token crosses a cut, no merge does. What is unknown must end there
   * too: the marker that a cut is before is a token.
   */
  @Override
  public boolean mayCut(Scanner scanner) {
    return !byteLevel
        && !ignoreMerges
        && byteIds == null
        && prefix.length + suffix.length == 0
        && trie.idOf(Signs.marker(), 0, Signs.marker().length) != NONE
        && tokens.areWholeTo(scanner);
  }

  /** How many bytes of a text make a symbol: a byte in the byte-level alphabet, or a character. */
  int symbolLength(byte lead) {
    return byteLevel ? 1 : Utf8.lengthOf(lead);
  }

  /** How many bytes the reference counts for a byte of a text: those of its spelling. */
  int countedLength(byte sign) {
    return byteLevel ? spelling[sign & 0xFF].length : 1;
  }

  /** The bytes that a symbol falls back to. */
  byte[] spelled(byte[] bytes, int from, int to) {
    return byteLevel ? spelling[bytes[from] & 0xFF] : Arrays.copyOfRange(bytes, from, to);
  }

  /** The token of a symbol, with what goes before and after it; NONE if there is none. */
  int symbol(byte[] bytes, int from, int to, boolean isFirst, boolean isLast) {
    int node = nodeAfter(isFirst ? TokenTrie.ROOT : inside, bytes, from, to);
    for (int index = 0; isLast && index < suffix.length && node != NONE; index++) {
      node = trie.next(node, suffix[index]);
    }
    return node == NONE ? NONE : trie.idAt(node);
  }

  /** The token that a whole word is; NONE if it is none. */
  int wholeToken(byte[] bytes, int from, int to) {
    int node = nodeAfter(TokenTrie.ROOT, bytes, from, to);
    return node == NONE ? NONE : trie.idAt(node);
  }

  private int nodeAfter(int start, byte[] bytes, int from, int to) {
    int node = start;
    for (int at = from; at < to && node != NONE; at++) {
      if (!byteLevel) {
        node = trie.next(node, bytes[at]);
        continue;
      }
      byte[] spelled = spelling[bytes[at] & 0xFF];
      node = trie.next(node, spelled[0]);
      node = spelled.length == 1 || node == NONE ? node : trie.next(node, spelled[1]);
    }
    return node;
  }
}
