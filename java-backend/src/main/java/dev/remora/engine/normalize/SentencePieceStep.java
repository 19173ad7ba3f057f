package dev.remora.engine.normalize;

import dev.remora.core.definition.Normalizer;
import dev.remora.core.text.PrecompiledCharsmap;
import dev.remora.core.text.Utf8;
import dev.remora.engine.text.Signs;
import dev.remora.engine.text.Utf8Text;
import org.jspecify.annotations.Nullable;

/**
 * SentencePiece's own normalizer: at each place the longest entry of the map is replaced, extra
 * spaces are dropped, and the mark stands for each space that is left. What an entry becomes comes
 * from where its first character does. Thread-safe.
 */
final class SentencePieceStep implements NormalizationStep {
  private static final byte[] MARK = Signs.marker();

  private final Normalizer.SentencePiece settings;
  private final @Nullable PrecompiledCharsmap map; // null for none

  SentencePieceStep(Normalizer.SentencePiece settings, @Nullable PrecompiledCharsmap map) {
    this.settings = settings;
    this.map = map;
  }

  @Override
  public boolean changes(Utf8Text text, int from, int to) {
    return true;
  }

  @Override
  public void apply(
      Utf8Text source, int from, int to, Utf8Text target, NormalizationBuffers buffers) {
    Parts parts = new Parts(source.bytes, from, to);
    boolean isLeft = parts.next();
    while (settings.removeExtraWhitespaces() && isLeft && parts.isOneSpace()) {
      isLeft = parts.next();
    }
    if (!isLeft) {
      return;
    }
    if (settings.addDummyPrefix() && !settings.whitespaceAsSuffix()) {
      target.append(MARK, source, parts.at);
    }
    boolean afterSpace = settings.removeExtraWhitespaces();
    for (; isLeft; isLeft = parts.next()) {
      int first = afterSpace ? parts.firstAfterSpaces() : parts.resultFrom;
      if (first < parts.resultTo) {
        parts.append(first, source, target);
        afterSpace = settings.removeExtraWhitespaces() && parts.endsWithSpace();
      }
    }
    if (settings.removeExtraWhitespaces()) {
      dropTrailingMarks(target);
    }
    if (settings.addDummyPrefix() && settings.whitespaceAsSuffix()) {
      target.append(MARK, source, parts.last);
    }
  }

  private static void dropTrailingMarks(Utf8Text target) {
    while (endsWithMark(target)) {
      target.length -= MARK.length;
    }
  }

  private static boolean endsWithMark(Utf8Text text) {
    int from = text.length - MARK.length;
    return from >= 0
        && text.bytes[from] == MARK[0]
        && text.bytes[from + 1] == MARK[1]
        && text.bytes[from + 2] == MARK[2];
  }

  /** The parts of a text, each an entry of the map or one character, and what it becomes. */
  private final class Parts {
    private final byte[] text;
    private final int to;
    private int end;
    private byte[] result; // holds what the part becomes

    int at;
    int last; // where the part before began
    int resultFrom;
    int resultTo;

    Parts(byte[] text, int from, int to) {
      this.text = text;
      this.to = to;
      this.result = text;
      this.end = from;
      this.at = from;
    }

    boolean next() {
      last = at;
      at = end;
      if (at >= to) {
        return false;
      }
      long found = map == null ? -1 : map.findLongest(text, at, to);
      if (map == null || found < 0) {
        end = at + Utf8.lengthOf(text[at]);
        result = text;
        resultFrom = at;
        resultTo = end;
      } else {
        end = at + (int) (found >>> Integer.SIZE);
        result = map.replacement((int) found);
        resultFrom = 0;
        resultTo = result.length;
      }
      return true;
    }

    boolean isOneSpace() {
      return resultTo - resultFrom == 1 && endsWithSpace();
    }

    boolean endsWithSpace() {
      return result[resultTo - 1] == Signs.SPACE;
    }

    int firstAfterSpaces() {
      int first = resultFrom;
      while (first < resultTo && result[first] == Signs.SPACE) {
        first++;
      }
      return first;
    }

    /** Appends what the part becomes, from a byte on, with the mark for each space. */
    void append(int first, Utf8Text source, Utf8Text target) {
      for (int index = first; index < resultTo; ) {
        int next = index + Utf8.lengthOf(result[index]);
        if (result[index] == Signs.SPACE) {
          target.append(MARK, source, at);
        } else {
          target.append(Utf8.codePointAt(result, index), source, at);
        }
        index = next;
      }
    }
  }
}
