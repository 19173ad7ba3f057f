package dev.remora.core.decode;

import dev.remora.UnknownTokenException;
import dev.remora.core.text.LossyUtf8;
import org.jspecify.annotations.Nullable;

/**
 * The texts of tokens that stand where nothing is held back: such a token leaves the same text each
 * time. A slot holds the last one of those that fall into it, so that no number of tokens takes
 * more than about two megabytes. Thread-safe.
 */
final class SettledTexts {
  private static final int SLOTS = 1 << 14;
  private static final int MAX_LENGTH = 64; // UTF-16 units; longer ones are rare

  /**
   * What is known of an id. Its fields are final, so that a thread that sees it sees it whole.
   *
   * @param id the id
   * @param special whether it is a special token
   * @param text its text
   */
  record Entry(int id, boolean special, String text) {}

  private final DecoderPlan plan;
  private final TokenTable table;
  private final @Nullable Entry[] entries = new @Nullable Entry[SLOTS]; // a race loses one, no more

  SettledTexts(DecoderPlan plan, TokenTable table) {
    this.plan = plan;
    this.table = table;
  }

  /** What is known of an id; null where it leaves no text that is settled, or has no token. */
  @Nullable Entry of(int id) {
    Entry entry = entries[id & (SLOTS - 1)];
    return entry != null && entry.id == id ? entry : settle(id);
  }

  private @Nullable Entry settle(int id) {
    int kind = table.kind(id);
    if ((kind & (TokenTable.BYTE | TokenTable.UNKNOWN)) != 0) {
      return null;
    }
    int end = table.end(id);
    if (LossyUtf8.settledEnd(table.pool(), table.start(id), end) != end) {
      return null;
    }
    Entry entry = new Entry(id, (kind & TokenTable.SPECIAL) != 0, inside(id));
    if (entry.text.length() <= MAX_LENGTH) {
      entries[id & (SLOTS - 1)] = entry;
    }
    return entry;
  }

  /** The text of a token that is not a byte of a run. */
  private String inside(int id) {
    if (!plan.replacesInText()) {
      return LossyUtf8.decode(table.pool(), table.start(id), table.end(id));
    }
    ByteText text = new ByteText(0);
    text.append(table.pool(), table.start(id), table.end(id));
    return plan.changedInside(text);
  }

  /** The text of one token alone, as it would be inside a text. */
  String piece(int id) {
    int kind = table.kind(id);
    if ((kind & TokenTable.UNKNOWN) != 0) {
      throw new UnknownTokenException(id, 0, table.size());
    }
    boolean isByte = (kind & TokenTable.BYTE) != 0;
    if (!isByte && !plan.holdsAfterBytes()) {
      Entry known = of(id);
      return known == null ? inside(id) : known.text;
    }
    ByteText text = new ByteText(0);
    if (isByte && table.byteOf(id) < 0) {
      text.append(DecoderPlan.REPLACEMENT, 0, DecoderPlan.REPLACEMENT.length);
    } else {
      text.append(table.pool(), table.start(id), table.end(id));
    }
    plan.after().apply(text, false, false);
    plan.spell(text);
    return plan.changedInside(text);
  }
}
