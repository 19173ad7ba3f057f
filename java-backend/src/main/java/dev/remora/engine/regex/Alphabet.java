package dev.remora.engine.regex;

import dev.remora.core.text.Utf8;
import dev.remora.engine.text.CharacterPages;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The characters as a regex tells them apart: code points that are in the same of its sets are one
 * symbol. One more symbol stands for what is before and after the text. Immutable and thread-safe.
 */
final class Alphabet {
  private static final int MAX_SYMBOLS = 255;
  private static final int PAGE_BITS = 7;

  /** In place of the symbol of a byte: characters that begin with it differ. */
  static final short MIXED = -1;

  private static final short UNKNOWN = -2;

  private final Map<CodePointSet, BitSet> symbolsOf = new HashMap<>();
  private final short[] pages;
  private final byte[] classes;
  private final short[] leads = new short[256];
  private final int size;

  Alphabet(Collection<CodePointSet> sets) {
    Arrays.fill(leads, UNKNOWN);
    List<CodePointSet> all = List.copyOf(sets);
    List<int[]> runs = all.stream().map(CodePointSet::bounds).toList();
    CharacterPages made = new CharacterPages(PAGE_BITS);
    Map<BitSet, Integer> symbols = new HashMap<>(); // by the sets that hold them
    int[] next = new int[runs.size()]; // of each set: the bound that comes next
    int[] places = places(runs);
    for (int index = 0; index + 1 < places.length; index++) {
      BitSet in = new BitSet();
      for (int set = 0; set < next.length; set++) {
        int[] run = runs.get(set);
        if (next[set] < run.length && run[next[set]] == places[index]) {
          next[set]++;
        }
        in.set(set, next[set] % 2 == 1);
      }
      Integer known = symbols.putIfAbsent(in, symbols.size());
      int symbol = known == null ? symbols.size() - 1 : known;
      if (symbol >= MAX_SYMBOLS) {
        throw new UnsupportedRegexException(
            "tells more than " + MAX_SYMBOLS + " kinds of characters apart");
      }
      made.fill(places[index], places[index + 1], (byte) symbol);
      noteLeads(places[index], places[index + 1], (short) symbol);
    }
    for (int set = 0; set < next.length; set++) {
      symbolsOf.put(all.get(set), symbolsIn(set, symbols));
    }
    this.size = symbols.size();
    this.pages = made.pages();
    this.classes = made.classes();
  }

  /** The places where any set begins or ends, and those of all code points. */
  private static int[] places(List<int[]> runs) {
    IntStream bounds = runs.stream().flatMapToInt(Arrays::stream);
    return IntStream.concat(bounds, IntStream.of(0, Character.MAX_CODE_POINT + 1))
        .sorted()
        .distinct()
        .toArray();
  }

  private static BitSet symbolsIn(int set, Map<BitSet, Integer> symbols) {
    BitSet in = new BitSet();
    symbols.forEach((sets, symbol) -> in.set(symbol, sets.get(set)));
    return in;
  }

  /** How many symbols there are, without that of the ends, whose number this is. */
  int size() {
    return size;
  }

  /** The symbol of what is before and after the text. */
  int end() {
    return size;
  }

  /** The symbols that a set consists of; it must be one of those that this was made of. */
  BitSet symbolsOf(CodePointSet set) {
    return (BitSet) symbols(set).clone();
  }

  private BitSet symbols(CodePointSet set) {
    BitSet symbols = symbolsOf.get(set);
    if (symbols == null) {
      throw new IllegalArgumentException("a set of another regex");
    }
    return symbols;
  }

  /** Notes a symbol for the bytes that the characters of a run begin with. */
  private void noteLeads(int from, int to, short symbol) {
    byte[] utf8 = new byte[4];
    Utf8.put(from, utf8, 0);
    int first = utf8[0] & 0xFF;
    Utf8.put(to - 1, utf8, 0);
    int last = utf8[0] & 0xFF;
    for (int lead = first; lead <= last; lead++) {
      leads[lead] = leads[lead] == UNKNOWN || leads[lead] == symbol ? symbol : MIXED;
    }
  }

  /** Of each byte: the symbol of all characters that begin with it, or {@link #MIXED}. */
  short[] leads() {
    return leads;
  }

  /** The symbol of the character here. */
  int symbolAt(byte[] bytes, int at) {
    int symbol = leads[bytes[at] & 0xFF];
    return symbol >= 0 ? symbol : symbolOf(Utf8.codePointAt(bytes, at));
  }

  private int symbolOf(int codePoint) {
    return classes[
            pages[codePoint >> PAGE_BITS] << PAGE_BITS | (codePoint & ((1 << PAGE_BITS) - 1))]
        & 0xFF;
  }
}
