package dev.remora.engine.encode;

import dev.remora.EncodingSeams;
import dev.remora.Prompt;
import dev.remora.core.engine.GuardedText;
import dev.remora.core.engine.Refusals;
import dev.remora.engine.added.AddedTokenFinder;
import dev.remora.engine.added.SeamTokens;
import dev.remora.engine.added.TextSegments;
import dev.remora.engine.frame.SpecialTokenFrame;
import dev.remora.engine.split.LineBorders;
import dev.remora.engine.text.IdList;
import dev.remora.engine.text.Utf8Text;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The seams of a session: added tokens whose end nothing moves and, where there are none for long,
 * line ends beside which pre-tokens end. Thread-safe.
 */
final class JavaSeams implements EncodingSeams {
  private static final int MIN_UNITS = 1 << 10; // UTF-16 units from a seam to a line end

  private final JavaSession session;
  private final @Nullable AddedTokenFinder finder;
  private final SeamTokens tokens;
  private final LineBorders lines;
  private final SpecialTokenFrame frame;

  JavaSeams(
      JavaSession session,
      @Nullable AddedTokenFinder finder,
      SeamTokens tokens,
      LineBorders lines,
      SpecialTokenFrame frame) {
    this.session = session;
    this.finder = finder;
    this.tokens = tokens;
    this.lines = lines;
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
    List<Seam> seams = new ArrayList<>();
    Units place = new Units(text, units);
    TextSegments segments = new TextSegments();
    segments.begin(0);
    if (guard != null) {
      guard.lookAt(text, text.length);
    }
    if (finder == null) {
      addLines(text, 0, text.length, place, seams);
      return seams;
    }
    while (finder.next(text.bytes, 0, text.length, segments, guard)) {
      for (int index = 0; index < segments.count(); index++) {
        if (segments.id(index) == TextSegments.TEXT) {
          addLines(text, segments.from(index), segments.to(index), place, seams);
        } else if (tokens.contains(segments.id(index))) {
          int start = place.at(segments.from(index));
          int end = place.at(segments.to(index));
          seams.add(new Seam(start, end, 1, end));
        }
      }
    }
    return seams;
  }

  private void addLines(Utf8Text text, int from, int to, Units place, List<Seam> seams) {
    int at = lines.next(text.bytes, from, to);
    while (at < to) {
      int start = place.at(at);
      int last = seams.isEmpty() ? 0 : seams.get(seams.size() - 1).end();
      if (start - last >= MIN_UNITS) {
        seams.add(new Seam(start, start, 0, start + 1));
      }
      at = lines.next(text.bytes, at, to);
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
