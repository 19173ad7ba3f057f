package dev.remora.engine.regex;

import java.util.List;
import java.util.SplittableRandom;

/** Random expressions of the dialect, and texts that they may match. Of one thread at a time. */
final class RandomRegex {
  private static final List<String> LITERALS =
      List.of("a", "b", "c", "A", " ", "1", "'", "s", "t", "-", "é", "中", "_", "\\n", "\\.", "ſ");
  private static final List<String> SETS =
      List.of(
          ".",
          "\\s",
          "\\S",
          "\\d",
          "\\D",
          "\\w",
          "\\W",
          "\\h",
          "\\p{L}",
          "\\p{N}",
          "\\p{Lu}",
          "\\P{L}",
          "\\p{P}",
          "\\p{Han}",
          "[ab]",
          "[^a]",
          "[a-c\\s]",
          "[^\\s\\p{L}]",
          "[\\p{L}&&[^a]]",
          "[a[^b]]",
          "[[:punct:]]",
          "[^[:alpha:]]",
          "[\\r\\n]",
          "[^\\S\\n]");
  private static final List<String> SPACES =
      List.of(
          "\\s+(?!\\S)",
          "\\s+$",
          "\\s*[\\r\\n]+",
          "\\s+",
          " ?\\p{L}+",
          "(?i:'s|'t)",
          "\\p{N}{1,3}");
  private static final List<String> PLACES = List.of("^", "$", "\\A", "\\z", "\\Z", "\\b", "\\B");
  private static final List<String> COUNTS =
      List.of(
          "*", "+", "?", "*?", "+?", "??", "*+", "++", "?+", "{2}", "{1,2}", "{,2}", "{2,}",
          "{1,3}?", "{0,1}");
  private static final String[] LETTERS = {
    "a",
    "a",
    "b",
    "b",
    "c",
    "A",
    " ",
    " ",
    "1",
    "2",
    "'",
    "s",
    "t",
    "S",
    "-",
    "é",
    "中",
    "_",
    "\n",
    "\r",
    "\t",
    ".",
    "ſ",
    "\u00A0",
    "\u0301",
    "\uD83D\uDE00",
    "\u2028"
  };

  private final SplittableRandom random;

  RandomRegex(long seed) {
    this.random = new SplittableRandom(seed);
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  String expression() {
    return alternation(3, false);
  }

  private String alternation(int depth, boolean inLookBehind) {
    StringBuilder text = new StringBuilder(sequence(depth, inLookBehind));
    while (random.nextInt(3) == 0) {
      text.append('|').append(sequence(depth, inLookBehind));
    }
    return text.toString();
  }

  private String sequence(int depth, boolean inLookBehind) {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(3); left > 0; left--) {
      text.append(counted(depth, inLookBehind));
    }
    return text.toString();
  }

  private String counted(int depth, boolean inLookBehind) {
    String atom = atom(depth, inLookBehind);
    boolean may =
        !PLACES.contains(atom)
            && !atom.startsWith("(?=")
            && !atom.startsWith("(?!")
            && !atom.startsWith("(?<=")
            && !atom.startsWith("(?<!");
    if (!may || random.nextInt(2) == 0) {
      return atom;
    }
    String count = inLookBehind ? "{2}" : one(COUNTS);
    if (SPACES.contains(atom)) {
      return "(?:" + atom + ")" + count;
    }
    return atom + count;
  }

  private String atom(int depth, boolean inLookBehind) {
    switch (random.nextInt(depth > 0 ? 15 : 8)) {
      case 0, 1, 2 -> {
        return one(LITERALS);
      }
      case 3, 4, 5 -> {
        return one(SETS);
      }
      case 6 -> {
        return inLookBehind ? one(SETS) : one(SPACES);
      }
      case 7 -> {
        return one(PLACES);
      }
      case 8, 9 -> {
        return "(?:" + alternation(depth - 1, inLookBehind) + ")";
      }
      case 10 -> {
        return "(" + alternation(depth - 1, inLookBehind) + ")";
      }
      case 11 -> {
        return inLookBehind ? one(SETS) : "(?>" + alternation(depth - 1, false) + ")";
      }
      case 12 -> {
        return inLookBehind
            ? one(SETS)
            : (random.nextBoolean() ? "(?=" : "(?!") + alternation(depth - 1, false) + ")";
      }
      case 13 -> {
        return (random.nextBoolean() ? "(?<=" : "(?<!") + alternation(depth - 1, true) + ")";
      }
      default -> {
        return "(?i:" + one(List.of("a", "S", "[abs]", "'s|'t|'re", "b|c", "k", "1")) + ")";
      }
    }
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(14); left > 0; left--) {
      String letter = LETTERS[random.nextInt(LETTERS.length)];
      text.append(random.nextInt(4) == 0 ? letter.repeat(1 + random.nextInt(4)) : letter);
    }
    return text.toString();
  }
}
