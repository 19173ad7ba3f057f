package dev.remora.engine.regex;

import dev.remora.core.regex.CharacterSet;
import dev.remora.core.regex.RegexNode.One;
import java.util.ArrayList;
import java.util.List;

/** Which of some sets each character is in. Immutable and thread-safe. */
public final class CharacterKinds {
  /** The kind of what is in none of the sets; that of the first set is one more, and so on. */
  public static final int NONE = 0;

  private static final byte MIXED = -1;

  private final Alphabet alphabet;
  private final byte[] kinds; // of each symbol
  private final byte[] leads = new byte[256]; // of all characters that begin with a byte, or MIXED

  /** The kinds of characters by sets of which each character is in one at most. */
  public CharacterKinds(List<CharacterSet> sets) {
    List<CodePointSet> resolved = new ArrayList<>();
    for (CharacterSet set : sets) {
      resolved.add(SetResolver.codePoints(new One(set, false)));
    }
    this.alphabet = new Alphabet(resolved);
    this.kinds = new byte[alphabet.size()];
    for (int set = 0; set < resolved.size(); set++) {
      byte kind = (byte) (set + 1);
      alphabet.symbolsOf(resolved.get(set)).stream().forEach(symbol -> kinds[symbol] = kind);
    }
    for (int lead = 0; lead < leads.length; lead++) {
      int symbol = alphabet.leads()[lead];
      leads[lead] = symbol < 0 ? MIXED : kinds[symbol];
    }
  }

  /** The kind of the character here. */
  public int at(byte[] bytes, int at) {
    int kind = leads[bytes[at] & 0xFF];
    return kind >= 0 ? kind : kinds[alphabet.symbolAt(bytes, at)];
  }

  /** The kind of all small letters of ASCII; {@link #NONE} if they are not of one. */
  public int ofSmallLetters() {
    int kind = leads['a'];
    for (int letter = 'b'; letter <= 'z'; letter++) {
      kind = leads[letter] == kind ? kind : NONE;
    }
    return kind;
  }
}
