package dev.remora.engine.split;

import dev.remora.core.regex.CharacterSet;
import dev.remora.core.text.Utf8;
import dev.remora.engine.regex.CharacterKinds;
import dev.remora.engine.text.EightBytes;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts out runs of characters of one set, and characters of other sets one by one; what is in no
 * set is dropped. Thread-safe.
 */
final class RunCutter implements Cutter {
  private final CharacterKinds kinds;
  private final int lastRun; // the last kind of which runs are cut out
  private final int letters; // the kind of all small letters of ASCII; NONE if they are of several

  /**
   * A cutter by sets of which each character is in one at most.
   *
   * @param runs of which runs are cut out
   * @param ones of which each character is
   */
  RunCutter(List<CharacterSet> runs, List<CharacterSet> ones) {
    List<CharacterSet> sets = new ArrayList<>(runs);
    sets.addAll(ones);
    this.kinds = new CharacterKinds(sets);
    this.lastRun = runs.size();
    this.letters = kinds.ofSmallLetters();
  }

  @Override
  public PieceCursor newCursor() {
    return new Cursor();
  }

  @Override
  public WordBorders borders() {
    byte[] white = {' ', '\n'};
    return kinds.at(white, 0) == CharacterKinds.NONE && kinds.at(white, 1) == CharacterKinds.NONE
        ? WordBorders.DROPPED
        : WordBorders.NONE;
  }

  private final class Cursor extends PieceCursor {
    private byte[] bytes = {};
    private int to;

    @Override
    void begin(byte[] text, int from, int textEnd) {
      bytes = text;
      end = from;
      to = textEnd;
    }

    @Override
    public boolean next() {
      int at = end;
      int kind = CharacterKinds.NONE;
      while (at < to && kind == CharacterKinds.NONE) {
        start = at;
        kind = kinds.at(bytes, at);
        at += Utf8.lengthOf(bytes[at]);
      }
      end = kind != CharacterKinds.NONE && kind <= lastRun ? runEnd(at, kind) : at;
      return kind != CharacterKinds.NONE;
    }

    private int runEnd(int from, int kind) {
      int at = kind == letters ? EightBytes.endOfSmallLetters(bytes, from, to) : from;
      while (at < to && kinds.at(bytes, at) == kind) {
        at += Utf8.lengthOf(bytes[at]);
      }
      return at;
    }
  }
}
