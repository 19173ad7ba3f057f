package dev.remora.conformance;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Texts that a seed makes, to find differences between engines: pieces of many scripts, of what the
 * regexes treat alone, and of added tokens. Of one thread at a time.
 */
final class RandomTexts {
  private static final List<String> PIECES =
      List.of(
          "'s",
          "'LL",
          "'\u017F",
          "'Re",
          "'d",
          "'x",
          "''",
          "\u2019s",
          " the",
          " World",
          "HELLO wORLD",
          "iPhone's",
          "e\u0301",
          "\u1100\u1161\u11A8",
          "\uAC01",
          "\u00A0",
          "\u3000",
          "\u2003 ",
          "\u0085",
          "\u2028",
          "\u001C",
          "\u200B",
          "\uFEFF",
          "\u2581",
          "\u2581\u2581",
          "<0x0A>",
          "\uD83D\uDE00",
          "\uD83D\uDC68\u200D\uD83D\uDC69",
          "\u0E01\u0E33",
          "\u0915\u094D\u0937",
          "\u05E9\u05BC\u05C1",
          "\u0344",
          "\u0F73",
          "\u1E69\u0323",
          "http://x.y/z?",
          "//\n/",
          "\r\n\r\n",
          "\t\t",
          "1234567",
          "\u0661\u0662",
          "\u3007\u3005\u4E00",
          "1\u3007\u3021",
          "a\u4E2D'S",
          " \u2E80\u2F00\r\n",
          "\uD840\uDC00A\u4E2Db",
          "\u30AB\u30CA\u4E00\u30FC",
          "\u3042\u30FB\u30A2\u3099\u309B\u3097\u4E00",
          "x  \u4E00  1\n",
          "\u0001\u0002a.b_c",
          "\u00B2\u00BD");

  private final SplittableRandom random;
  private final List<String> added;
  private final List<String> wide;

  /**
   * Texts out of a seed.
   *
   * @param added the added tokens
   * @param wide words that are tokens, without ASCII: side by side they may merge otherwise
   */
  RandomTexts(long seed, List<String> added, List<String> wide) {
    this.random = new SplittableRandom(seed);
    this.added = added;
    this.wide = wide;
  }

  String next() {
    StringBuilder text = new StringBuilder();
    for (int pieces = 1 + random.nextInt(12); pieces > 0; pieces--) {
      appendPiece(text);
    }
    return text.toString();
  }

  private void appendPiece(StringBuilder text) {
    switch (random.nextInt(18)) {
      case 0 -> text.append(added.isEmpty() ? "<s>" : added.get(random.nextInt(added.size())));
      case 1 -> text.append(" ".repeat(1 + random.nextInt(4)));
      case 2 ->
          text.append("\n".repeat(random.nextInt(3))).append(random.nextBoolean() ? '\r' : '\t');
      case 3, 4 -> append(text, 'a', 26, 7);
      case 5 -> append(text, 'A', 26, 3);
      case 6 -> append(text, '0', 10, 6);
      case 7 -> append(text, ' ', 0x5F, 5);
      case 8 -> append(text, 0x4E00, 0x2000, 9);
      case 9 -> append(text, 0x400, 0x60, 9);
      case 10 -> append(text, 0x300, 0x70, 4);
      case 11 -> append(text, 0, 0x110000, 4);
      case 12 -> append(text, 0x80, 0x3000, 4);
      case 13 -> append(text, 0x1F300, 0x700, 3);
      case 14, 15 -> appendWide(text);
      default -> text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
  }

  private void appendWide(StringBuilder text) {
    for (int left = wide.isEmpty() ? 0 : 1 + random.nextInt(9); left > 0; left--) {
      text.append(wide.get(random.nextInt(wide.size())));
    }
  }

  private void append(StringBuilder text, int from, int count, int max) {
    for (int left = 1 + random.nextInt(max); left > 0; left--) {
      text.appendCodePoint(from + random.nextInt(count)); // may be an unpaired surrogate
    }
  }
}
