package dev.remora.engine.split;

import dev.remora.core.text.Utf8;
import dev.remora.engine.text.EightBytes;

/**
 * Sixty-four bytes of a text at once: of each kind of character there is a mask with a bit for each
 * byte, and what a regex says of neighbours becomes a few operations on masks. Their result has a
 * bit wherever a pre-token begins. A scanner branches for each word, and in a text that was not met
 * before the processor guesses many of those branches wrong; here there are none.
 *
 * <p>Letters, digits, spaces, tabs, line ends and most signs of ASCII are known. Before anything
 * else, and where what decides is not in sight, it stops, and the scanner of the regex goes on. Of
 * one thread at a time.
 */
public final class AsciiWindow {
  /** How many bytes are in sight. */
  static final int BYTES = 64;

  private static final long GATHER = 0x0002040810204081L; // brings the highest bits together

  /** Where the bytes in sight begin. */
  private int base;

  private long allLetters;
  private long allCapitals;
  private long allDigits;
  private long allSpaces;
  private long allTabs;
  private long allNewlines;
  private long allOthers;

  // Of the bytes from a place on, the bit of the first lowest.
  long letters;
  long capitals;
  long digits;
  long spaces;
  long white; // spaces and tabs
  long newlines;
  long signs;
  long unsure; // what is none of these, and the last in sight, whose neighbour is not

  /** Takes 64 bytes from a place on, which must all be of the text. */
  void load(byte[] bytes, int from) {
    long low = 0; // three bits of a number for each byte: a sign is 0, a small letter 1,
    long middle = 0; // a digit 2, a capital 3, a space 4, a line end 5, a tab 6, anything else 7
    long high = 0;
    for (int shift = 0; shift < BYTES; shift += Long.BYTES) {
      long eight = Utf8.longAt(bytes, from + shift);
      long ascii = eight & ~EightBytes.HIGHEST;
      long letter = within(ascii | each(0x20), 'a', 'z');
      long capital = letter & ~(eight << 2); // the bit that tells the case
      long newline = is(ascii, '\n') | is(ascii, '\r');
      long tab = is(ascii, '\t');
      long control = ~(ascii + each(0x80 - ' ')) & ~(newline | tab);
      long other = eight | is(ascii, '\'') | control | is(ascii, 0x7F);
      low |= gather(letter | newline | other) << shift;
      middle |= gather(capital | within(ascii, '0', '9') | tab | other) << shift;
      high |= gather(is(ascii, ' ') | newline | tab | other) << shift;
    }
    base = from;
    allLetters = low & ~high;
    allCapitals = low & middle & ~high;
    allDigits = middle & ~low & ~high;
    allSpaces = high & ~(low | middle);
    allNewlines = high & low & ~middle;
    allTabs = high & middle & ~low;
    allOthers = high & middle & low;
  }

  private static long each(int value) {
    return value * EightBytes.EACH;
  }

  /** The highest bit of each byte that is a character; the other bits are anything. */
  private static long is(long ascii, int character) {
    return ~((ascii ^ each(character)) + each(0x7F));
  }

  /** The same of each that is from one character to another. */
  private static long within(long ascii, int first, int last) {
    return ascii + each(0x80 - first) & ~(ascii + each(0x80 - last - 1));
  }

  private static long gather(long highest) {
    return ((highest & EightBytes.HIGHEST) * GATHER) >>> 56;
  }

  /** How many of the bytes in sight are from a place on. */
  int left(int from) {
    return base + BYTES - from;
  }

  /** Looks from a place in sight on, where a pre-token begins. */
  void look(int from) {
    int passed = from - base;
    letters = allLetters >>> passed;
    capitals = allCapitals >>> passed;
    digits = allDigits >>> passed;
    spaces = allSpaces >>> passed;
    white = spaces | allTabs >>> passed;
    newlines = allNewlines >>> passed;
    long others = allOthers >>> passed;
    signs = ~(letters | digits | white | newlines | others);
    unsure = others | 1L << (BYTES - 1 - passed);
  }

  /** The first of each run of a kind. */
  static long firstOf(long kind) {
    return kind & ~(kind << 1);
  }

  /** The last of each run of a kind, but for those before something else. */
  static long lastOf(long kind, long following) {
    return kind & ~((kind | following) >>> 1);
  }

  /** What follows runs of a kind that begin where some others end. */
  private static long afterRuns(long kind, long before) {
    return kind + (kind & before << 1) & ~kind;
  }

  /**
   * Where pre-tokens begin by {@code [^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}|
   * ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+}.
   *
   * @param maxDigits how many digits a pre-token has at most, one or three
   */
  long startsOfWords(int maxDigits) {
    holdBlankLines();
    long starts = firstOf(signs) & ~(spaces << 1);
    starts |= firstOf(letters) & ~((white | starts) << 1); // one sign goes with letters after it
    starts |= maxDigits == 1 ? digits : firstsOfThree(digits);
    starts |= firstOf(white) | lastOf(white, newlines | unsure);
    starts |= newlines & (letters | digits) << 1; // they go with signs and spaces before them
    starts |= ~newlines & newlines << 1;
    return starts;
  }

  /** White space after a line end begins no pre-token if another line end follows it. */
  private void holdBlankLines() {
    long certain = white & ~unsure;
    long ends = afterRuns(certain, newlines) & (newlines | unsure);
    if (ends != 0) {
      long begins = certain & newlines << 1;
      unsure |= Long.highestOneBit(begins & (Long.lowestOneBit(ends) - 1));
    }
  }

  private static long firstsOfThree(long digits) {
    long starts = firstOf(digits);
    long afterThree = digits & digits << 1 & digits << 2 & digits << 3;
    for (long next = starts << 3 & afterThree; next != 0; next = next << 3 & afterThree) {
      starts |= next;
    }
    return starts;
  }

  /** The same where a word ends before a capital too, and signs take slashes after line ends. */
  long startsOfCasedWords(int maxDigits) {
    unsure |= signs & afterRuns(newlines, signs);
    return startsOfWords(maxDigits) | (capitals & (letters & ~capitals) << 1);
  }

  /** Where pre-tokens begin by {@code ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+}. */
  long startsOfRuns() {
    long blank = white | newlines;
    long first = firstOf(letters) | firstOf(digits) | firstOf(signs);
    return (first & ~(spaces << 1)) | firstOf(blank) | lastOf(blank, unsure);
  }

  /** Of what begins after the place that is looked from, what is sure. */
  long sure(long starts) {
    return starts & (Long.lowestOneBit(unsure) - 1) & ~1L;
  }
}
