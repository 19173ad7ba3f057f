package dev.remora.conformance;

import java.util.List;
import java.util.Random;

/**
 * Texts that find out whether two tokenizers are one: prose of twelve scripts, code, words of every
 * block of Unicode, random code points, white space, digits and punctuation, special tokens in
 * every position, and mixtures. The same seed and special tokens give the same texts.
 *
 * <p>No text holds an unpaired surrogate. Not thread-safe.
 */
public final class ConformanceTexts {
  private static final List<String> PROSE =
      List.of(
          "The quick brown fox doesn't jump over the lazy dog's back; it'll wait, won't it?",
          "Übermorgen größere Straßen, façade, naïve, coöperate — “quoted” text… 50 €",
          "Съешь же ещё этих мягких французских булок, да выпей чаю.",
          "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία.",
          "نص حكيم له سر قاطع وذو شأن عظيم مكتوب على ثوب أخضر",
          "דג סקרן שט בים מאוכזב ולפתע מצא חברה",
          "ऋषियों को सताने वाले दुष्ट राक्षसों के राजा रावण का सर्वनाश",
          "เป็นมนุษย์สุดประเสริฐเลิศคุณค่า กว่าบรรดาฝูงสัตว์เดรัจฉาน",
          "天地玄黃，宇宙洪荒。日月盈昃，辰宿列張。今天天气很好！",
          "いろはにほへと ちりぬるを ワカヨタレソ ツネナラム 東京タワー",
          "키스의 고유조건은 입술끼리 만나야 하고 특별한 기술은 필요치 않다.",
          "Եթե ես քեզ հանդիպեմ ვეფხის ტყაოსანი ሰላም ለዓለም தமிழ் മലയാളം",
          "👩‍👩‍👧‍👦 🇩🇪🇯🇵 👍🏽 e\u0301 a\u030A\u0323 \uD835\uDD38\uD835\uDCF7 ﬁ ǅ ½ ² Ⅷ ①");

  private static final List<String> CODE =
      List.of(
          "def f(x):\n    return [i ** 2 for i in range(x) if i % 2 == 0]\n\n\n",
          "public static void main(String[] args) {\r\n\tSystem.out.println(\"hi\\n\");\r\n}",
          "SELECT * FROM t WHERE a >= 10.5 AND b != 'x''y' -- comment\n",
          "<div class=\"a-b\" id='c_d'>&nbsp;</div><!-- x -->",
          "{\"key\": [1, 2.50, -3e+10, null, true], \"k2\": \"\\u00e9\"}",
          "fn main() -> Result<(), Box<dyn Error>> { let x = &mut y[0..=n]; Ok(()) }",
          "#include <stdio.h>\n#define MAX(a,b) ((a)>(b)?(a):(b))\n",
          "https://example.org/a/b?c=d&e=%20f#g user.name+tag@example.co.uk C:\\dir\\file.txt",
          "| a | b |\n|---|:-:|\n| 1 | **2** |\n\n- [x] `code`\n1. $x^2$\n");

  private static final List<String> SPACES =
      List.of(
          " ", "  ", "\n", "\r\n", "\t", "\u00A0", "\u3000", "\u2028", "\u0085", "\u200B", "\uFEFF",
          "\u1680", "\u2003", "\u000B", "\f", "\u001C", "\r", "\n\n", "    ", "\u180E");

  private static final List<String> MARKS =
      List.of(
          "'s", "'S", "'ſ", "'ll", "'Re", "’t", "!!!", "...", "--", "/", "\\", "_", "123",
          "4567890", "٣٤٥", "½", "3.14", "1,000", "(", ")]}", "\"", "``", "$", "▁", "Ġ", "<0x41>",
          "##");

  private final Random random;
  private final List<String> specialTokens;
  private int count;

  /**
   * @param seed of all that is random
   * @param specialTokens of the tokenizers, to be put into texts
   */
  public ConformanceTexts(long seed, List<String> specialTokens) {
    this.random = new Random(seed);
    this.specialTokens = List.copyOf(specialTokens);
  }

  /** The next text. */
  public String next() {
    return switch (count++ % 8) {
      case 0 -> slice(pick(PROSE) + pick(SPACES) + pick(PROSE));
      case 1 -> slice(pick(CODE) + pick(CODE));
      case 2 -> wordsOfOneBlock();
      case 3 -> randomCodePoints();
      case 4 -> spaces();
      case 5 -> marks();
      case 6 -> withSpecialTokens();
      default -> mixture();
    };
  }

  private String pick(List<String> texts) {
    return texts.get(random.nextInt(texts.size()));
  }

  /** A part of a text that begins and ends anywhere but inside a surrogate pair. */
  private String slice(String text) {
    int length = text.codePointCount(0, text.length());
    int from = random.nextInt(3) == 0 ? random.nextInt(length) : 0;
    int to = random.nextInt(3) == 0 ? from + random.nextInt(length - from + 1) : length;
    return text.substring(text.offsetByCodePoints(0, from), text.offsetByCodePoints(0, to));
  }

  private String wordsOfOneBlock() {
    int block = random.nextInt(0x323B0 >> 7) << 7;
    StringBuilder text = new StringBuilder();
    for (int word = random.nextInt(6); word >= 0; word--) {
      for (int letter = random.nextInt(8); letter >= 0; letter--) {
        append(text, block + random.nextInt(128));
      }
      text.append(random.nextInt(4) == 0 ? pick(SPACES) : " ");
    }
    return text.toString();
  }

  private String randomCodePoints() {
    StringBuilder text = new StringBuilder();
    int bound = random.nextBoolean() ? 0x10000 : 0x110000;
    for (int i = random.nextInt(24); i >= 0; i--) {
      append(text, random.nextInt(bound));
    }
    return text.toString();
  }

  private static void append(StringBuilder text, int codePoint) {
    if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
      text.appendCodePoint(codePoint);
    }
  }

  private String spaces() {
    StringBuilder text = new StringBuilder();
    for (int run = random.nextInt(6); run >= 0; run--) {
      String space = pick(SPACES);
      text.append(space.repeat(1 + random.nextInt(random.nextInt(8) == 0 ? 90 : 5)));
      text.append(random.nextInt(3) == 0 ? pick(MARKS) : random.nextInt(3) == 0 ? "a" : "");
    }
    return text.toString();
  }

  private String marks() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      text.append(random.nextInt(3) == 0 ? "I" : "").append(pick(MARKS));
    }
    return text.toString();
  }

  private String withSpecialTokens() {
    if (specialTokens.isEmpty()) {
      return mixture();
    }
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(5); i >= 0; i--) {
      String token = pick(specialTokens);
      boolean cut = random.nextInt(6) == 0;
      text.append(random.nextInt(2) == 0 ? slice(pick(PROSE)) : "")
          .append(random.nextInt(3) == 0 ? pick(SPACES) : "")
          .append(cut ? slice(token) : token)
          .append(random.nextInt(3) == 0 ? pick(SPACES) : "");
    }
    return text.toString();
  }

  private String mixture() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i >= 0; i--) {
      text.append(
          switch (random.nextInt(5)) {
            case 0 -> slice(pick(PROSE));
            case 1 -> slice(pick(CODE));
            case 2 -> randomCodePoints();
            case 3 -> pick(MARKS);
            default -> spaces();
          });
    }
    return text.toString();
  }
}
