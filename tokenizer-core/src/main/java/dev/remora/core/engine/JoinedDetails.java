package dev.remora.core.engine;

import dev.remora.Encoding;
import dev.remora.TokenDetails;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Details that are being put together. Of one call. */
final class JoinedDetails {
  private final List<String> tokens = new ArrayList<>();
  private int[] offsets = new int[64];
  private boolean[] special = new boolean[32];

  void add(Encoding part, int from, int to, int shift) {
    int at = tokens.size();
    int needed = Math.addExact(at, to - from);
    if (needed > special.length) {
      int capacity = Math.max(needed, 2 * special.length);
      special = Arrays.copyOf(special, capacity);
      offsets = Arrays.copyOf(offsets, 2 * capacity);
    }
    tokens.addAll(part.tokens().subList(from, to));
    for (int index = from; index < to; index++, at++) {
      offsets[2 * at] = part.start(index) + shift;
      offsets[2 * at + 1] = part.end(index) + shift;
      special[at] = part.isSpecial(index);
    }
  }

  TokenDetails details() {
    int count = tokens.size();
    return new TokenDetails(
        tokens, Arrays.copyOf(offsets, 2 * count), Arrays.copyOf(special, count));
  }
}
