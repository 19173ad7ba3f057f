package dev.remora.engine.encode;

import dev.remora.EncodingSeams;
import dev.remora.Prompt;
import dev.remora.core.engine.GuardedText;
import dev.remora.core.engine.Refusals;
import dev.remora.engine.added.AddedTokenFinder;
import dev.remora.engine.added.SeamTokens;
import dev.remora.engine.added.TextSegments;
import dev.remora.engine.frame.SpecialTokenFrame;
import dev.remora.engine.split.WordBorders;
import dev.remora.engine.text.IdList;
import dev.remora.engine.text.Utf8Text;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The seams of a session: added tokens whose end nothing moves and, where there are none for long,
 * white space beside which pre-tokens end. Thread-safe.
 */
final class JavaSeams implements EncodingSeams {
  private static final int MIN_UNITS = 1 << 10; // UTF-16 units from a seam to a place between words

  private final JavaSession session;
  private final @Nullable AddedTokenFinder finder;
  private final SeamTokens tokens;
  private final WordBorders borders;
  private final SpecialTokenFrame frame;

  JavaSeams(
      JavaSession session,
      @Nullable AddedTokenFinder finder,
      SeamTokens tokens,
      WordBorders borders,
      SpecialTokenFrame frame) {
    this.session = session;
    this.finder = finder;
    this.tokens = tokens;
    this.borders = borders;
    this.frame = frame;
  }

  @Override
  public List<Seam> of(String text) {
    return session.withCall(call -> seams(call.raw(text, false), text.length(), null));
  }

  @Override
  public List<Seam> of(Prompt prompt) {
    session.checkGuards();
    TextGuard guard = new TextGuard(GuardedText.of(prompt), new Refusals());
    return session.withCall(
        call -> seams(call.raw(prompt.text(), true), prompt.text().length(), guard));
  }

  private List<Seam> seams(Utf8Text text, int units, @Nullable TextGuard guard) {
    Found found = new Found(text, units);
    TextSegments segments = new TextSegments();
    segments.begin(0);
    if (guard != null) {
      guard.lookAt(text, text.length);
    }
    if (finder == null) {
      found.addBorders(borders, 0, text.length);
      return found.seams;
    }
    while (finder.next(text.bytes, 0, text.length, segments, guard)) {
      for (int index = 0; index < segments.count(); index++) {
        if (segments.id(index) == TextSegments.TEXT) {
          found.addBorders(borders, segments.from(index), segments.to(index));
        } else if (tokens.contains(segments.id(index))) {
          found.addToken(segments.from(index), segments.to(index));
        }
      }
    }
    return found.seams;
  }

  /** The seams of a text so far, and where the last ends. */
  private static final class Found {
    private final byte[] bytes;
    private final Units place;
    private final List<Seam> seams = new ArrayList<>();
    private int endUnit; // of the last
    private int endByte;

    Found(Utf8Text text, int units) {
      this.bytes = text.bytes;
      this.place = new Units(text, units);
    }

    void addToken(int from, int to) {
      int start = place.at(from);
      int end = place.at(to);
      add(new Seam(start, end, 1, end), to);
    }

    void addBorders(WordBorders borders, int from, int to) {
      int at = borders.next(bytes, from, firstFar(from, to), to);
      while (at < to) {
        int start = place.at(at);
        boolean isFar = start - endUnit >= MIN_UNITS;
        if (isFar) {
          add(new Seam(start, start, 0, start + 1), at);
        }
        at = borders.next(bytes, from, isFar ? firstFar(at, to) : at + 1, to);
      }
    }

    private void add(Seam seam, int end) {
      seams.add(seam);
      endUnit = seam.end();
      endByte = end;
    }

    /** The first byte that may be far enough from the last seam: units have no fewer bytes. */
    private int firstFar(int from, int to) {
      return (int) Math.max(from, Math.min(to, (long) endByte + MIN_UNITS));
    }
  }

  /** The UTF-16 units before a byte; asked for bytes one after the other. */
  private static final class Units {
    private final Utf8Text text;
    private final boolean isAscii;
    private int bytes;
    private int units;

    Units(Utf8Text text, int units) {
      this.text = text;
      this.isAscii = text.length == units;
    }

    int at(int place) {
      if (isAscii) {
        return place;
      }
      for (; bytes < place; bytes++) {
        int sign = text.bytes[bytes] & 0xFF;
        units += (sign & 0xC0) == 0x80 ? 0 : sign >= 0xF0 ? 2 : 1;
      }
      return units;
    }
  }

  @Override
  public int[] withSpecialTokens(int[] ids) {
    if (frame.size() == 0) {
      return ids;
    }
    IdList list = new IdList();
    list.values = ids;
    list.count = ids.length;
    return frame.around(list, true);
  }
}
