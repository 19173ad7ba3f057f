package dev.remora.core.engine;

import dev.remora.Encoding;
import dev.remora.TokenDetails;
import dev.remora.core.definition.TextCuts;
import java.util.Optional;
import java.util.function.IntFunction;

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
    return ends.length == 1
        ? session.encode(text, addSpecialTokens)
        : joined(ends, index -> session.encode(piece(text, ends, index), false), addSpecialTokens);
  }

  @Override
  public int[] encode(GuardedText text, boolean addSpecialTokens, Refusals refusals) {
    int[] ends = cuts.ends(text.text());
    return ends.length == 1
        ? session.encode(text, addSpecialTokens, refusals)
        : joined(ends, index -> encode(text, ends, index, refusals), addSpecialTokens);
  }

  private int[] encode(GuardedText text, int[] ends, int index, Refusals refusals) {
    Refusals ofPiece = new Refusals();
    int[] ids = session.encode(text.part(start(ends, index), ends[index]), false, ofPiece);
    refusals.addAll(ofPiece, start(ends, index));
    return ids;
  }

  private int[] joined(int[] ends, IntFunction<int[]> pieces, boolean addSpecialTokens) {
    int[][] ids = new int[ends.length][];
    int count = addSpecialTokens ? frame.size() : 0;
    for (int index = 0; index < ends.length; index++) {
      ids[index] = pieces.apply(index);
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
    return ends.length == 1
        ? session.details(text, addSpecialTokens)
        : details(ends, index -> whole(piece(text, ends, index), false), addSpecialTokens);
  }

  @Override
  public TokenDetails details(GuardedText text, boolean addSpecialTokens) {
    int[] ends = cuts.ends(text.text());
    return ends.length == 1
        ? session.details(text, addSpecialTokens)
        : details(ends, index -> guarded(text, ends, index), addSpecialTokens);
  }

  private Encoding guarded(GuardedText text, int[] ends, int index) {
    GuardedText piece = text.part(start(ends, index), ends[index]);
    return new Encoding(
        session.encode(piece, false, new Refusals()), () -> session.details(piece, false));
  }

  private TokenDetails details(int[] ends, IntFunction<Encoding> pieces, boolean addSpecialTokens) {
    JoinedDetails joined = new JoinedDetails();
    if (addSpecialTokens) {
      joined.add(frame, 0, before, 0);
    }
    for (int index = 0; index < ends.length; index++) {
      Encoding piece = pieces.apply(index);
      joined.add(piece, 0, piece.size(), start(ends, index));
    }
    if (addSpecialTokens) {
      joined.add(frame, before, frame.size(), 0);
    }
    return joined.details();
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
