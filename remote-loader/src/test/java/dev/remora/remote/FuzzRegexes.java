package dev.remora.remote;

import java.util.List;
import java.util.Random;

/** Random regular expressions in the dialect of Oniguruma, most of which can be compiled. */
final class FuzzRegexes {
  private static final List<String> ATOMS =
      List.of(
          "a",
          "b",
          "ab",
          ".",
          " ",
          "\\s",
          "\\S",
          "\\d",
          "\\w",
          "\\n",
          "[ab]",
          "[^a]",
          "[a-z&&[^b]]",
          "\\p{L}",
          "\\p{N}",
          "\\P{Han}",
          "\\p{Lu}",
          "[^\\s\\p{L}]",
          "é",
          "▁",
          "\\b",
          "^",
          "$",
          "\\1",
          "\\g<1>",
          "\\K",
          "\\X",
          "(?i)a",
          "(?:)",
          "[[:alpha:]]",
          "(?m:.)",
          "\\x{61}",
          "");
  private static final List<String> QUANTIFIERS =
      List.of(
          "*", "+", "?", "*?", "+?", "??", "*+", "++", "?+", "{2}", "{1,3}", "{2,}", "{,2}", "{2}+",
          "{1,3}?", "{0}", "{30}", "{0,200}", "{2}?", "{9999}", "**", "+*");
  private static final List<String> GROUPS =
      List.of("(", "(?:", "(?i:", "(?>", "(?=", "(?!", "(?<=", "(?<!", "(?<x>", "(?~", "(?-i:");

  private FuzzRegexes() {}

  static String regex(Random random) {
    return random.nextInt(50) == 0 ? deep(random) : alternation(random, 3);
  }

  private static String deep(Random random) {
    int depth = List.of(31, 63, 64, 1500, 20_000).get(random.nextInt(5));
    String open = GROUPS.get(random.nextInt(GROUPS.size()));
    String quantifier = random.nextBoolean() ? "" : QUANTIFIERS.get(random.nextInt(4));
    return open.repeat(depth) + "a" + (")" + quantifier).repeat(depth);
  }

  private static String alternation(Random random, int depth) {
    StringBuilder regex = new StringBuilder(sequence(random, depth));
    while (random.nextInt(3) == 0) {
      regex.append('|').append(sequence(random, depth));
    }
    return regex.toString();
  }

  private static String sequence(Random random, int depth) {
    StringBuilder regex = new StringBuilder();
    for (int count = 1 + random.nextInt(4); count > 0; count--) {
      String part = atom(random, depth);
      regex.append(random.nextInt(12) == 0 ? part.repeat(2 + random.nextInt(20)) : part);
    }
    return regex.toString();
  }

  private static String atom(Random random, int depth) {
    String atom =
        depth > 0 && random.nextInt(3) == 0
            ? GROUPS.get(random.nextInt(GROUPS.size())) + alternation(random, depth - 1) + ")"
            : ATOMS.get(random.nextInt(ATOMS.size()));
    return random.nextBoolean() ? atom : atom + QUANTIFIERS.get(random.nextInt(QUANTIFIERS.size()));
  }
}
