package dev.remora.engine.bpe;

import dev.remora.engine.text.IdList;
import dev.remora.engine.word.CachedWords;
import dev.remora.engine.word.TokenSpans;
import dev.remora.engine.word.WordKey;
import java.util.BitSet;

/** The ids of words by an {@link AffixedModel}. Of one thread at a time. */
final class AffixedState extends CachedWords {
  private final AffixedModel model;
  private final Merger merger;
  private final BitSet barred;
  private final IdList symbols = new IdList(); // that a word begins as
  private final IdList lengths = new IdList(); // of each: bytes of the word
  private final IdList starts = new IdList(); // of each token: its first symbol

  AffixedState(AffixedModel model, BitSet barred) {
    this.barred = barred;
    this.model = model;
    this.merger = new Merger(model.pairs);
  }

  @Override
  protected void encode(byte[] bytes, int from, int to, IdList ids) {
    int whole = wholeToken(bytes, from, to);
    if (whole >= 0) {
      ids.add(whole);
      return;
    }
    Seams seams = to - from > WordKey.MAX_LENGTH ? model.seams() : null;
    if (seams != null) {
      encodeParts(seams, bytes, from, to, ids);
    } else if (model.byteLevel && fill(bytes, from, to, true)) {
      merger.merge(to - from, ids);
    } else {
      begin(bytes, from, to);
      if (symbols.count > 0) {
        merger.merge(fill(), ids);
      }
    }
  }

  /** What ends at a seam before the end of the word does not have the suffix. */
  private void encodeParts(Seams seams, byte[] bytes, int from, int to, IdList ids) {
    for (int at = from; at < to; ) {
      int end = seams.next(bytes, at, to);
      if (end - at <= WordKey.MAX_LENGTH) {
        takePart(bytes, at, end, end == to, ids);
      } else {
        fill(bytes, at, end, end == to);
        merger.merge(end - at, ids);
      }
      at = end;
    }
  }

  @Override
  protected void encodePart(byte[] bytes, int from, int to, IdList ids) {
    fill(bytes, from, to, false);
    merger.merge(to - from, ids);
  }

  /** Begins with a symbol for each byte, if all of them have one. */
  private boolean fill(byte[] bytes, int from, int to, boolean isEnd) {
    int count = to - from;
    int[] target = merger.symbols(count);
    int[] inside = model.byteSymbols(false, false);
    int least = 0; // negative if a symbol is
    for (int index = 1; index < count - 1; index++) {
      target[index] = inside[bytes[from + index] & 0xFF];
      least |= target[index];
    }
    target[0] = model.byteSymbols(true, isEnd && count == 1)[bytes[from] & 0xFF];
    if (count > 1) {
      target[count - 1] = model.byteSymbols(false, isEnd)[bytes[to - 1] & 0xFF];
    }
    return (least | target[0] | target[count - 1]) >= 0;
  }

  @Override
  public void spans(
      byte[] bytes, int from, int to, IdList ids, int first, int end, TokenSpans spans) {
    if (wholeToken(bytes, from, to) >= 0) {
      spans.add(from, to);
      return;
    }
    begin(bytes, from, to);
    starts.clear();
    if (symbols.count > 0) {
      merger.mergeNotingStarts(fill(), starts);
    }
    int reached = 0; // in bytes as the reference counts them
    Place start = new Place(bytes, from);
    Place stop = new Place(bytes, from);
    for (int token = 0; token < starts.count; token++) {
      start.moveTo(reached);
      int nextStart = token + 1 < starts.count ? starts.values[token + 1] : symbols.count;
      for (int symbol = starts.values[token]; symbol < nextStart; symbol++) {
        reached += lengths.values[symbol];
      }
      stop.moveTo(reached - 1);
      spans.add(start.at, stop.at + 1);
    }
  }

  /** The token that a word is taken for without merges; none where that is not to be. */
  private int wholeToken(byte[] bytes, int from, int to) {
    int whole = model.ignoreMerges ? model.wholeToken(bytes, from, to) : AffixedModel.NONE;
    return whole >= 0 && barred.get(whole) ? AffixedModel.NONE : whole;
  }

  /** A byte of a word, found by how many the reference counts before it. */
  private final class Place {
    private final byte[] bytes;
    private int at;
    private int counted; // up to the byte's end

    Place(byte[] bytes, int from) {
      this.bytes = bytes;
      this.at = from;
      this.counted = model.countedLength(bytes[from]);
    }

    void moveTo(int count) {
      while (counted <= count) {
        counted += model.countedLength(bytes[++at]);
      }
    }
  }

  private int fill() {
    int count = symbols.count;
    System.arraycopy(symbols.values, 0, merger.symbols(count), 0, count);
    return count;
  }

  /**
   * Finds the symbols that a word begins as. Unknown characters wait until a known one or the end
   * comes, so that a row of them can be one; bytes do not end the row but go before it, as in the
   * reference.
   */
  private void begin(byte[] bytes, int from, int to) {
    symbols.clear();
    lengths.clear();
    int unknownLength = 0; // of the row that waits; 0 for none
    for (int at = from; at < to; ) {
      int end = at + model.symbolLength(bytes[at]);
      int id = model.symbol(bytes, at, end, at == from, end == to);
      int length = model.byteLevel ? model.countedLength(bytes[at]) : end - at;
      if (id >= 0) {
        add(unknownLength);
        unknownLength = 0;
        symbols.add(id);
        lengths.add(length);
      } else if (!addBytes(bytes, at, end) && model.unknown != AffixedModel.NONE) {
        if (!model.fusesUnknown) {
          add(unknownLength);
          unknownLength = 0;
        }
        unknownLength += length;
      }
      at = end;
    }
    add(unknownLength);
  }

  private void add(int unknownLength) {
    if (unknownLength > 0) {
      symbols.add(model.unknown);
      lengths.add(unknownLength);
    }
  }

  private boolean addBytes(byte[] bytes, int from, int to) {
    int[] byteIds = model.byteIds;
    if (byteIds == null) {
      return false;
    }
    byte[] spelled = model.spelled(bytes, from, to);
    for (byte sign : spelled) {
      if (byteIds[sign & 0xFF] < 0) {
        return false;
      }
    }
    for (byte sign : spelled) {
      symbols.add(byteIds[sign & 0xFF]);
      lengths.add(1);
    }
    return true;
  }
}
