package dev.remora.core.decode;

import dev.remora.DecodeStream;
import dev.remora.PieceConsumer;
import java.util.Locale;
import java.util.Objects;

/** The stream of one decode. Not thread-safe. */
final class TokenStream implements DecodeStream {
  /** What may be called now. */
  private enum State {
    OPEN(""),
    HANDING_OVER("the stream is handing over a text"),
    FINISHED("the stream is finished");

    private final String problem;

    State(String problem) {
      this.problem = problem;
    }
  }

  private final SettledTexts texts;
  private final DecodeState decode;
  private final boolean skipsSpecial;
  private int taken; // ids, those of the prompt left aside
  private State state = State.OPEN;

  TokenStream(SettledTexts texts, DecodeState decode, boolean skipsSpecial) {
    this.texts = texts;
    this.decode = decode;
    this.skipsSpecial = skipsSpecial;
  }

  @Override
  public String push(int id) {
    requireOpen();
    return take(id);
  }

  private String take(int id) {
    if (decode.isQuiet()) {
      SettledTexts.Entry known = texts.of(id);
      if (known != null) {
        taken++;
        return skipsSpecial && known.special() ? "" : known.text();
      }
    }
    decode.take(id, taken);
    taken++;
    return decode.text();
  }

  @Override
  public int push(int id, StringBuilder target) {
    requireOpen();
    int from = target.length();
    SettledTexts.Entry known = decode.isQuiet() ? texts.of(id) : null;
    if (known == null) {
      decode.take(id, taken);
      decode.text(target);
    } else if (!skipsSpecial || !known.special()) {
      target.append(known.text());
    }
    taken++;
    return target.length() - from;
  }

  @Override
  public String push(int[] ids) {
    requireOpen();
    takeAll(ids);
    return decode.text();
  }

  private void takeAll(int[] ids) {
    for (int id : ids) {
      decode.take(id, taken);
      taken++;
    }
  }

  @Override
  public int push(int[] ids, StringBuilder target) {
    requireOpen();
    Objects.requireNonNull(ids, "ids");
    int from = target.length();
    try {
      takeAll(ids);
    } finally { // the text of ids before one without a token is not lost
      decode.text(target);
    }
    return target.length() - from;
  }

  @Override
  public void push(int[] ids, PieceConsumer pieces) {
    requireOpen();
    Objects.requireNonNull(pieces, "pieces");
    for (int index = 0; index < ids.length; index++) {
      int id = ids[index];
      String text = take(id);
      state = State.HANDING_OVER;
      try {
        pieces.accept(index, id, text);
      } finally {
        state = State.OPEN;
      }
    }
  }

  @Override
  public String finish() {
    requireOpen();
    state = State.FINISHED;
    decode.finish();
    return decode.rest();
  }

  @Override
  public int finish(StringBuilder target) {
    Objects.requireNonNull(target, "target");
    String text = finish();
    target.append(text);
    return text.length();
  }

  private void requireOpen() {
    if (state != State.OPEN) {
      throw new IllegalStateException(state.problem);
    }
  }

  @Override
  public String piece(int id) {
    return texts.piece(id);
  }

  @Override
  public int earlyReleases() {
    return decode.earlyReleases();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "a stream of %d ids, %s",
        taken,
        state == State.FINISHED ? "finished" : "open");
  }
}
