package dev.remora.engine.word;

import dev.remora.core.guard.BuildGuard;
import dev.remora.core.vocabulary.Vocabulary;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.IntPredicate;

/** Builds a {@link TokenTrie}: node by node over the sorted tokens. Of one thread at a time. */
final class TokenTrieBuilder {
  private final List<Token> tokens = new ArrayList<>();
  private final Deque<Range> open = new ArrayDeque<>();
  private final TrieBlocks blocks = new TrieBlocks();
  private final int[] labels = new int[TrieBlocks.SIZE];
  private final BuildGuard guard;
  private long[] slots = new long[4 * TrieBlocks.SIZE];
  private int longest;

  /** A token: where it is in the vocabulary's bytes, and its id. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Token(byte[] utf8, int from, int to, int id) {
    int length() {
      return to - from;
    }
  }

  /** A node, and the tokens that go through it. */
  private record Range(int node, int from, int to, int depth) {}

  TokenTrieBuilder(Vocabulary vocabulary, IntPredicate isTaken, BuildGuard guard) {
    this.guard = guard;
    vocabulary.forEachEntry(
        (utf8, from, to, id) -> {
          if (from < to && isTaken.test(id)) {
            tokens.add(new Token(utf8, from, to, id));
            longest = Math.max(longest, to - from);
          }
        });
    tokens.sort(
        (one, other) ->
            Arrays.compareUnsigned(one.utf8, one.from, one.to, other.utf8, other.from, other.to));
  }

  int longest() {
    return longest;
  }

  long[] build() {
    open.push(new Range(TokenTrie.ROOT, 0, tokens.size(), 0));
    int count = 0;
    while (!open.isEmpty()) {
      guard.check(count++);
      addChildren(open.pop());
    }
    return Arrays.copyOf(slots, blocks.end());
  }

  /** Where the tokens end that have the same byte at a depth as the first. */
  private int groupEnd(int from, int to, int depth) {
    int label = label(from, depth);
    int end = from + 1;
    while (end < to && label(end, depth) == label) {
      end++;
    }
    return end;
  }

  private int label(int index, int depth) {
    Token token = tokens.get(index);
    return token.utf8[token.from + depth] & 0xFF;
  }

  private void addChildren(Range range) {
    int from = range.from;
    int last = -1; // of equal tokens
    while (from < range.to && tokens.get(from).length() == range.depth) {
      last = tokens.get(from++).id;
    }
    slots[range.node] |= (last + 1L) << TokenTrie.ID_SHIFT;
    int count = 0;
    for (int at = from; at < range.to; at = groupEnd(at, range.to, range.depth)) {
      labels[count++] = label(at, range.depth);
    }
    if (count == 0) {
      return;
    }
    int base = blocks.take(labels, count);
    if (blocks.end() > slots.length) {
      slots = Arrays.copyOf(slots, 2 * slots.length);
    }
    slots[range.node] |= (long) base << TokenTrie.BASE_SHIFT;
    for (int at = from; at < range.to; ) {
      int end = groupEnd(at, range.to, range.depth);
      int label = label(at, range.depth);
      int child = base ^ label;
      slots[child] = TokenTrie.CHILD | label;
      open.push(new Range(child, at, end, range.depth + 1));
      at = end;
    }
  }
}
