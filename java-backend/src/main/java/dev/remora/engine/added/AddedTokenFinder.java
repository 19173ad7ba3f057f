package dev.remora.engine.added;

import dev.remora.core.text.SeededHash;
import dev.remora.core.text.Utf8;
import dev.remora.core.vocabulary.AddedToken;
import dev.remora.engine.added.AddedTokenPlan.Sought;
import dev.remora.engine.text.CharacterClasses;
import dev.remora.engine.text.EightBytes;
import dev.remora.engine.text.IdList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds added tokens in a text: the leftmost, of those the longest, then on after it. Their bytes
 * are a trie whose edges are in one table of open addressing. Thread-safe.
 */
public final class AddedTokenFinder {
  private final AddedToken[] tokens;
  private final boolean skipsSpecialTokens;
  private final boolean[] first = new boolean[256]; // of the bytes that a token begins with
  private final int onlyFirst; // the one byte that all tokens begin with; -1 if they differ
  private final long[]
      edges; // node << 8 | byte, + 1, in the upper half; the next node in the lower
  private final int[] tokenAt; // of each node: index + 1 of the token that ends there; 0 for none

  /**
   * A finder.
   *
   * @param sought the tokens, with what is looked for
   * @param skipsSpecialTokens whether a match of a special token counts as text: as with the
   *     reference's {@code encode_special_tokens}, it is passed over as a whole
   */
  AddedTokenFinder(List<Sought> sought, boolean skipsSpecialTokens) {
    this.tokens = new AddedToken[sought.size()];
    for (int index = 0; index < tokens.length; index++) {
      tokens[index] = sought.get(index).token();
    }
    this.skipsSpecialTokens = skipsSpecialTokens;
    long[] table = new long[8];
    IdList ends = new IdList();
    ends.add(0);
    for (int index = 0; index < tokens.length; index++) {
      byte[] utf8 = sought.get(index).utf8();
      int node = 0;
      for (byte sign : utf8) {
        table = 2 * ends.count > table.length ? doubled(table) : table;
        int edge = node << 8 | (sign & 0xFF);
        int slot = slot(table, edge);
        if (table[slot] == 0) {
          table[slot] = (edge + 1L) << 32 | ends.count;
          ends.add(0);
        }
        node = (int) table[slot];
      }
      ends.values[node] = index + 1;
      first[utf8[0] & 0xFF] = true;
    }
    this.tokenAt = Arrays.copyOf(ends.values, ends.count);
    this.edges = table;
    this.onlyFirst = onlyFirst();
  }

  private int onlyFirst() {
    int only = -1;
    for (int value = 0; value < first.length; value++) {
      if (first[value]) {
        if (only >= 0) {
          return -1;
        }
        only = value;
      }
    }
    return only;
  }

  /** The node after a byte; 0 if there is none. */
  int nodeAfter(int node, byte sign) {
    return (int) edges[slot(edges, node << 8 | (sign & 0xFF))];
  }

  /** The token that ends at a node: its index + 1; 0 for none. */
  int tokenAt(int node) {
    return tokenAt[node];
  }

  private static long[] doubled(long[] edges) {
    long[] larger = new long[2 * edges.length];
    for (long edge : edges) {
      if (edge != 0) {
        larger[slot(larger, (int) (edge >>> 32) - 1)] = edge;
      }
    }
    return larger;
  }

  private static int slot(long[] edges, int edge) {
    int slot = (int) SeededHash.of(edge, 0) & (edges.length - 1);
    while (edges[slot] != 0 && edges[slot] >>> 32 != edge + 1L) {
      slot = (slot + 1) & (edges.length - 1);
    }
    return slot;
  }

  /**
   * Lists the next tokens of a text that the segments were begun with, and the stretches between
   * them.
   *
   * <p>Where a guard does not admit the longest token at a place, the longest that it admits is
   * taken; where it admits none, the search goes on at the next place.
   *
   * @param guard null where all are admitted
   * @return whether there were any; false at the end of the text
   */
  public boolean next(
      byte[] bytes, int from, int to, TextSegments segments, @Nullable MatchGuard guard) {
    segments.clear();
    int at = nextFirst(bytes, segments.at, to);
    while (at < to && segments.hasRoom()) {
      int index = -1;
      int end = at;
      int admitted = -1;
      int admittedEnd = at;
      int node = 0;
      for (int next = at; next < to; next++) {
        long edge = edges[slot(edges, node << 8 | (bytes[next] & 0xFF))];
        if (edge == 0) {
          break;
        }
        node = (int) edge;
        if (tokenAt[node] != 0) {
          index = tokenAt[node] - 1;
          end = next + 1;
          if (guard != null && guard.admits(at, end)) {
            admitted = index;
            admittedEnd = end;
          }
        }
      }
      if (guard != null
          && index != admitted
          && isRecognised(tokens[index], bytes, from, at, end, to)) {
        guard.refused(tokens[index], at, end);
        index = admitted;
        end = admittedEnd;
      }
      if (index < 0) {
        at = nextFirst(bytes, at + 1, to);
        continue;
      }
      if (isRecognised(tokens[index], bytes, from, at, end, to)) {
        take(tokens[index], bytes, at, end, to, segments);
      }
      at = nextFirst(bytes, end, to);
    }
    segments.at = at;
    if (at >= to && segments.listed != to && segments.hasRoom()) {
      segments.add(TextSegments.TEXT, segments.listed, to);
    }
    return segments.count() > 0;
  }

  /** Whether a match is more than text; the search goes on after it all the same. */
  private boolean isRecognised(
      AddedToken token, byte[] bytes, int from, int matchStart, int matchEnd, int to) {
    return !(skipsSpecialTokens && token.special())
        && !(token.singleWord()
            && ((matchStart > from && isWord(bytes, Utf8.before(bytes, matchStart)))
                || (matchEnd < to && isWord(bytes, matchEnd))));
  }

  /**
   * Lists one match as its flags want it. White space that the match before took may be listed
   * again; a match of which lstrip leaves nothing is dropped.
   */
  private static void take(
      AddedToken token, byte[] bytes, int matchStart, int matchEnd, int to, TextSegments segments) {
    int listed = segments.listed;
    if (token.lstrip() && matchEnd <= listed) {
      return;
    }
    int start = matchStart;
    int end = matchEnd;
    while (token.lstrip()
        && start > listed
        && CharacterClasses.isSpace(bytes, Utf8.before(bytes, start))) {
      start = Utf8.before(bytes, start);
    }
    start = token.lstrip() ? Math.max(start, listed) : start;
    while (token.rstrip() && end < to && CharacterClasses.isSpace(bytes, end)) {
      end += Utf8.lengthOf(bytes[end]);
    }
    if (listed < start) {
      segments.add(TextSegments.TEXT, listed, start);
    }
    segments.add(token.id(), start, end);
  }

  private static boolean isWord(byte[] bytes, int at) {
    return (CharacterClasses.classAt(bytes, at) & CharacterClasses.WORD) != 0;
  }

  /** Where the next byte is that a token may begin with; {@code to} if there is none. */
  private int nextFirst(byte[] bytes, int from, int to) {
    int at = from;
    if (onlyFirst >= 0) {
      long pattern = onlyFirst * EightBytes.EACH;
      for (; at < to; at += 8) {
        long different = Utf8.longAt(bytes, at) ^ pattern;
        long zeros = (different - EightBytes.EACH) & ~different & EightBytes.HIGHEST;
        if (zeros != 0) {
          return Math.min(to, at + Long.numberOfTrailingZeros(zeros) / 8);
        }
      }
      return to;
    }
    while (at < to && !first[bytes[at] & 0xFF]) {
      at++;
    }
    return at;
  }
}
