package dev.remora.conformance.hostile;

import dev.remora.conformance.ConformanceTexts;
import java.util.ArrayList;
import java.util.List;

/** Texts that were seen to do harm with some bundle, and texts of every kind. */
final class HostileTexts {
  private static final int RANDOM = 32;
  private static final int PAIRED = 8; // added tokens whose pairs are tried

  private HostileTexts() {}

  /** The texts for a bundle with these added tokens; always the same. */
  static List<String> with(List<String> addedTokens) {
    List<String> texts =
        new ArrayList<>(
            List.of(
                "",
                "hello",
                "hello world, 12345 times",
                "a".repeat(80),
                "a".repeat(500) + "!",
                "ab".repeat(40) + "c",
                " ".repeat(200) + "x",
                "\n\n \r\n\t\u0000\u00A0\u3000",
                "(((((((((([[[[[[[[[[{{{{{{{{{{",
                "e\u0301".repeat(60) + "ﬁ\u1E9B\u0323\uFDFA",
                "中文🦈👩‍👩‍👧‍👦 ▁▁ <0x41> Ġ ##a </w> <unk> [UNK]",
                "\uD83E alone \uDD88"));
    for (String token : addedTokens) {
      texts.add(token);
      texts.add(" " + token + "\n\n" + token + token + "a");
    }
    for (String one : addedTokens.subList(0, Math.min(PAIRED, addedTokens.size()))) {
      for (String other : addedTokens.subList(0, Math.min(PAIRED, addedTokens.size()))) {
        texts.add(one + other + "\n\n");
      }
    }
    ConformanceTexts random = new ConformanceTexts(1, addedTokens);
    for (int i = 0; i < RANDOM; i++) {
      texts.add(random.next());
    }
    return texts;
  }
}
