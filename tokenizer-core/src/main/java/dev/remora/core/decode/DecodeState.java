package dev.remora.core.decode;

import dev.remora.UnknownTokenException;
import dev.remora.core.decode.DecoderPlan.TextChange;
import dev.remora.core.text.LossyUtf8;
import dev.remora.core.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The ids of one generation on their way to text: takes them one by one, and gives the text that is
 * settled so far. Not thread-safe.
 */
final class DecodeState {
  private static final int NONE = -1;

  private final Vocabulary vocabulary;
  private final DecoderPlan plan;
  private final TokenTable table;
  private final boolean skipsSpecial;
  private final int maxHeld;

  private final ByteText out; // what comes next of the text; may end inside a character
  private final ByteRun run = new ByteRun();
  private final ByteText token = new ByteText(0); // the one that is being changed
  private final ByteText heldToken = new ByteText(0); // where bytes may come after it
  private boolean holdsToken;
  private int heldId = NONE; // where the last token is changed differently
  private boolean hasTaken; // whether any token came
  private boolean hasWritten; // whether any token or text of bytes came to the changes after bytes
  private boolean direct; // whether the bytes of the next token are text as the table has them
  private final int[] left; // for each change of the text how much it may still take away
  private boolean strips; // whether any of them may
  private int earlyReleases;

  /**
   * @param capacity how many bytes are to be expected at once
   * @param maxHeld how many bytes a run may have before its characters are handed on early
   */
  DecodeState(
      Vocabulary vocabulary,
      DecoderPlan plan,
      TokenTable table,
      boolean skipsSpecial,
      int capacity,
      int maxHeld) {
    this.vocabulary = vocabulary;
    this.plan = plan;
    this.table = table;
    this.skipsSpecial = skipsSpecial;
    this.maxHeld = maxHeld;
    this.out = new ByteText(capacity);
    this.left = plan.mostStripped();
    this.strips = plan.strips();
  }

  /**
   * Takes an id.
   *
   * @param index where it stands, for the exception
   */
  void take(int id, int index) {
    int kind = table.kind(id);
    if (kind == 0 && direct) {
      out.appendPadded(table.pool(), table.start(id), table.end(id));
    } else {
      takeOther(id, kind, index);
    }
  }

  private void takeOther(int id, int kind, int index) {
    if ((kind & TokenTable.UNKNOWN) != 0) {
      throw new UnknownTokenException(id, index, vocabulary.size());
    }
    if (skipsSpecial && (kind & TokenTable.SPECIAL) != 0) {
      return;
    }
    if (plan.before().dependOnLast()) {
      int due = heldId;
      heldId = id;
      if (due != NONE) {
        proceed(due, table.kind(due));
      }
    } else {
      proceed(id, kind);
      direct = !run.isOpen() && !plan.holdsAfterBytes();
    }
  }

  /** Takes an id that is not the last, or does not differ if it is. */
  private void proceed(int id, int kind) {
    if (!hasTaken && plan.dependsOnFirst()) {
      takeAlone(id, false);
      return;
    }
    hasTaken = true;
    if ((kind & TokenTable.BYTE) != 0) {
      takeByte(table.byteOf(id));
      return;
    }
    closeRun();
    if (plan.holdsAfterBytes()) {
      token.set(table.pool(), table.start(id), table.end(id));
      changeAfterBytes(token);
    } else {
      hasWritten = true;
      out.appendPadded(table.pool(), table.start(id), table.end(id));
    }
  }

  /** Takes an id of which the table does not know the bytes: the first or the last. */
  private void takeAlone(int id, boolean last) {
    boolean first = !hasTaken;
    hasTaken = true;
    byte[] utf8 = vocabulary.tokenOf(id).orElseThrow().getBytes(StandardCharsets.UTF_8);
    ByteText alone = new ByteText(0);
    alone.set(utf8, 0, utf8.length);
    plan.before().apply(alone, first, last);
    int value = plan.byteOf(alone);
    if (value >= 0) {
      takeByte((byte) value);
      return;
    }
    closeRun();
    changeAfterBytes(alone);
  }

  private void takeByte(byte value) {
    run.add(value);
    if (run.isBroken()) {
      replaceRun();
    } else if (run.bytes().length() > maxHeld && run.isWhole()) {
      earlyReleases++;
      handOnRun();
    }
  }

  private void closeRun() {
    if (!run.isOpen()) {
      return;
    }
    if (!run.isWhole()) {
      replaceRun();
    } else if (!run.bytes().isEmpty()) {
      handOnRun();
    }
    run.close();
  }

  /** Hands on one replacement character for each byte. */
  private void replaceRun() {
    for (int left = run.bytes().length(); left > 0; left--) {
      token.set(DecoderPlan.REPLACEMENT, 0, DecoderPlan.REPLACEMENT.length);
      changeAfterBytes(token);
    }
    run.clear();
  }

  private void handOnRun() {
    token.set(run.bytes().bytes(), 0, run.bytes().length());
    run.clear();
    changeAfterBytes(token);
  }

  /** Takes a token as it is after bytes were found. */
  private void changeAfterBytes(ByteText next) {
    if (!plan.holdsAfterBytes()) {
      write(next, false);
      return;
    }
    if (holdsToken) {
      write(heldToken, false);
    }
    heldToken.set(next.bytes(), 0, next.length());
    holdsToken = true;
  }

  private void write(ByteText changed, boolean last) {
    plan.after().apply(changed, !hasWritten, last);
    plan.spell(changed);
    out.append(changed.bytes(), 0, changed.length());
    hasWritten = true;
  }

  /** Ends the ids; what was held back becomes text. */
  void finish() {
    if (heldId != NONE) {
      takeAlone(heldId, true);
      heldId = NONE;
    }
    closeRun();
    if (holdsToken) {
      write(heldToken, true);
      holdsToken = false;
    }
    direct = false;
  }

  /**
   * Whether a token leaves the same text whenever it comes now: nothing is held back, and nothing
   * is to be taken away at the start of the text.
   */
  boolean isQuiet() {
    return direct && !strips && out.isEmpty();
  }

  /** The text that is settled and was not given before. */
  String text() {
    return text(LossyUtf8.settledEnd(out.bytes(), 0, out.length()));
  }

  /** All text that was not given before, an unfinished character as U+FFFD. */
  String rest() {
    return text(out.length());
  }

  private String text(int end) {
    return end > 0 && changesText() ? changed(end) : out.take(end);
  }

  /** Appends the text that is settled and was not given before. */
  void text(StringBuilder target) {
    int end = LossyUtf8.settledEnd(out.bytes(), 0, out.length());
    if (end > 0 && changesText()) {
      target.append(changed(end));
    } else {
      out.take(end, target);
    }
  }

  private boolean changesText() {
    return strips || plan.replacesInText();
  }

  private String changed(int end) {
    byte[] unfinished = Arrays.copyOfRange(out.bytes(), end, out.length());
    out.setLength(end);
    plan.repair(out);
    boolean goesOn = false;
    for (int index = 0; index < left.length; index++) {
      TextChange change = plan.textChanges().get(index);
      if (change.isStrip()) {
        left[index] = out.strip(change.character(), left[index]);
        goesOn |= left[index] > 0;
      } else {
        out.replace(change.character(), change.content());
      }
    }
    strips = goesOn;
    String text = out.take(out.length());
    out.append(unfinished, 0, unfinished.length);
    return text;
  }

  /** How often a run was handed on before its end. */
  int earlyReleases() {
    return earlyReleases;
  }
}
