package dev.remora.engine.encode;

import dev.remora.EncodingSeams;
import dev.remora.Prompt;
import dev.remora.core.engine.GuardedText;
import dev.remora.core.engine.Refusals;
import dev.remora.engine.added.AddedTokenFinder;
import dev.remora.engine.added.SeamTokens;
import dev.remora.engine.added.TextSegments;
import dev.remora.engine.frame.SpecialTokenFrame;
import dev.remora.engine.text.IdList;
import dev.remora.engine.text.Utf8Text;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The seams of a session: added tokens whose end nothing moves. Thread-safe. */
final class JavaSeams implements EncodingSeams {
  private final JavaSession session;
  private final AddedTokenFinder finder;
  private final SeamTokens tokens;
  private final SpecialTokenFrame frame;

  JavaSeams(
      JavaSession session, AddedTokenFinder finder, SeamTokens tokens, SpecialTokenFrame frame) {
    this.session = session;
    this.finder = finder;
    this.tokens = tokens;
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
    while (finder.next(text.bytes, 0, text.length, segments, guard)) {
      for (int index = 0; index < segments.count(); index++) {
        if (segments.id(index) != TextSegments.TEXT && tokens.contains(segments.id(index))) {
          int start = place.at(segments.from(index));
          seams.add(new Seam(start, place.at(segments.to(index)), 1));
        }
      }
    }
    return seams;
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
