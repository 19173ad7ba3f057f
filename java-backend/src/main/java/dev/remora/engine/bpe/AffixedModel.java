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
import java.util.stream.IntStream;
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
  private final long inside; // the node after the prefix
  private final byte[][] spelling = new byte[ByteTokens.COUNT][];
  private final int[][] byteSymbols = new int[4][]; // inside a word, as its first, its last, both
  private final Vocabulary vocabulary;
  private final boolean hasSeams;
  private @Nullable Seams seams; // made when they are first needed

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
    this.inside = trie.next(trie.root(), prefix, 0, prefix.length);
    this.byteIds = model.byteFallback() ? ByteTokens.ids(vocabulary, false) : null;
    this.tokens = new TokenBytes(vocabulary, false);
    for (int value = 0; value < spelling.length; value++) {
      spelling[value] = ByteAlphabet.tokenOf(value);
    }
    for (int place = 0; place < byteSymbols.length; place++) {
      byteSymbols[place] = makeByteSymbols((place & 1) != 0, (place & 2) != 0);
    }
    this.vocabulary = vocabulary;
    this.hasSeams = byteLevel && !ignoreMerges && prefix.length == 0 && areBytesKnown();
  }

  /** Whether all bytes are tokens, inside a word and at its end, and the suffix spells itself. */
  private boolean areBytesKnown() {
    for (byte sign : suffix) {
      if (sign <= ' ' || sign == 0x7F) {
        return false;
      }
    }
    return IntStream.range(0, byteSymbols.length)
        .allMatch(place -> Arrays.stream(byteSymbols[place]).noneMatch(symbol -> symbol == NONE));
  }

  /**
   * Where words can be cut; null if they cannot. The signs of the suffix count as characters beside
   * the last of a word, which only hides seams.
   */
  @Nullable Seams seams() {
    Seams made = seams;
    if (made == null && hasSeams) {
      made = new Seams(new TokenBytes(vocabulary, true));
      seams = made;
    }
    return made;
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
    if (byteLevel) {
      return byteSymbols(isFirst, isLast)[bytes[from] & 0xFF];
    }
    return symbolAfter(trie.next(start(isFirst), bytes, from, to), isLast);
  }

  /** The same of each byte in the byte-level alphabet. */
  int[] byteSymbols(boolean isFirst, boolean isLast) {
    return byteSymbols[(isFirst ? 1 : 0) + (isLast ? 2 : 0)];
  }

  private int[] makeByteSymbols(boolean isFirst, boolean isLast) {
    int[] symbols = new int[ByteTokens.COUNT];
    for (int value = 0; value < symbols.length; value++) {
      byte[] spelled = spelling[value];
      symbols[value] = symbolAfter(trie.next(start(isFirst), spelled, 0, spelled.length), isLast);
    }
    return symbols;
  }

  private long start(boolean isFirst) {
    return isFirst ? trie.root() : inside;
  }

  private int symbolAfter(long node, boolean isLast) {
    return TokenTrie.idAt(isLast ? trie.next(node, suffix, 0, suffix.length) : node);
  }

  /** The token that a whole word is; NONE if it is none. */
  int wholeToken(byte[] bytes, int from, int to) {
    if (!byteLevel) {
      return trie.idOf(bytes, from, to);
    }
    long node = trie.root();
    for (int at = from; at < to && node != TokenTrie.NOWHERE; at++) {
      byte[] spelled = spelling[bytes[at] & 0xFF];
      node = trie.next(node, spelled, 0, spelled.length);
    }
    return TokenTrie.idAt(node);
  }
}
