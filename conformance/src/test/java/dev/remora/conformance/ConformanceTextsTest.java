package dev.remora.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConformanceTextsTest {
  @Test
  void sameSeed_givesTheSameTexts() {
    ConformanceTexts one = new ConformanceTexts(7, List.of("<x>"));
    ConformanceTexts other = new ConformanceTexts(7, List.of("<x>"));
    for (int i = 0; i < 1_000; i++) {
      assertEquals(one.next(), other.next());
    }
  }

  @Test
  void texts_holdEveryScriptSpecialTokensAndNoUnpairedSurrogate() {
    ConformanceTexts texts = new ConformanceTexts(7, List.of("<|x|>"));
    Set<Character.UnicodeScript> scripts = EnumSet.noneOf(Character.UnicodeScript.class);
    int special = 0;
    for (int i = 0; i < 20_000; i++) {
      String text = texts.next();
      special += text.contains("<|x|>") ? 1 : 0;
      text.codePoints()
          .peek(c -> assertTrue(c < 0xD800 || c > 0xDFFF))
          .forEach(c -> scripts.add(Character.UnicodeScript.of(c)));
    }
    assertTrue(scripts.size() >= 150, "scripts: " + scripts.size());
    assertTrue(special >= 2_000, "texts with a special token: " + special);
  }
}
