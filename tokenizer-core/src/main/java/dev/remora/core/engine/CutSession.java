package dev.remora.core.engine;

import dev.remora.Encoding;
import dev.remora.TokenDetails;
import dev.remora.core.definition.TextCuts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A session over that of any engine, for a definition that cuts texts into pieces: each is encoded
 * alone, and special tokens are put around all of them together. Thread-safe.
 */
final class CutSession implements EngineSession {
  private final EngineSession session;
  private final TextCuts cuts;
  private final Encoding frame; // the special tokens around a text
  private final int before; // how many of them come first

  CutSession(EngineSession session, TextCuts cuts) {
    this.session = session;
    this.cuts = cuts;
    this.frame = whole("", true);
    Encoding sample = whole("a", true);
    int leading = 0;
    while (leading < sample.size() && sample.isSpecial(leading)) { // nothing may be left of it
      leading++;
    }
    this.before = leading;
  }

  private Encoding whole(String text, boolean addSpecialTokens) {
    return new Encoding(
        session.encode(text, addSpecialTokens), () -> session.details(text, addSpecialTokens));
  }

  @Override
  public int[] encode(String text, boolean addSpecialTokens) {
    int[] ends = cuts.ends(text);
    if (ends.length == 1) {
      return session.encode(text, addSpecialTokens);
    }
    int[][] ids = new int[ends.length][];
    int count = addSpecialTokens ? frame.size() : 0;
    for (int index = 0; index < ends.length; index++) {
      ids[index] = session.encode(piece(text, ends, index), false);
      count = Math.addExact(count, ids[index].length);
    }
    int[] all = new int[count];
    int at = addSpecialTokens ? before : 0;
    for (int[] part : ids) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    if (addSpecialTokens) {
      int[] around = frame.ids();
      System.arraycopy(around, 0, all, 0, before);
      System.arraycopy(around, before, all, at, around.length - before);
    }
    return all;
  }

  private static String piece(String text, int[] ends, int index) {
    return text.substring(start(ends, index), ends[index]);
  }

  private static int start(int[] ends, int index) {
    return index == 0 ? 0 : ends[index - 1];
  }

  @Override
  public int count(String text, boolean addSpecialTokens) {
    return countUpTo(text, addSpecialTokens, Integer.MAX_VALUE);
  }

  @Override
  public int countUpTo(String text, boolean addSpecialTokens, int bound) {
    int[] ends = cuts.ends(text);
    if (ends.length == 1) {
      return session.countUpTo(text, addSpecialTokens, bound);
    }
    int count = addSpecialTokens ? frame.size() : 0;
    for (int index = 0; index < ends.length && count <= bound; index++) {
      count += session.countUpTo(piece(text, ends, index), false, bound - count);
    }
    return count;
  }

  @Override
  public TokenDetails details(String text, boolean addSpecialTokens) {
    int[] ends = cuts.ends(text);
    if (ends.length == 1) {
      return session.details(text, addSpecialTokens);
    }
    Joined joined = new Joined();
    if (addSpecialTokens) {
      joined.add(frame, 0, before, 0);
    }
    for (int index = 0; index < ends.length; index++) {
      Encoding piece = whole(piece(text, ends, index), false);
      joined.add(piece, 0, piece.size(), start(ends, index));
    }
    if (addSpecialTokens) {
      joined.add(frame, before, frame.size(), 0);
    }
    return joined.details();
  }

  /** Details that are being put together. Of one call. */
  private static final class Joined {
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

  @Override
  public Optional<WholeDecoder> wholeDecoder() {
    return session.wholeDecoder();
  }

  @Override
  public void checkOpen() {
    session.checkOpen();
  }

  @Override
  public void close() {
    session.close();
  }
}
