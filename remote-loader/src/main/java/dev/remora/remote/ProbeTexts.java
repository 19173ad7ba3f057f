package dev.remora.remote;

import dev.remora.Tokenizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Texts to which two tokenizers that differ give different ids: scripts, digits, spaces and special
 * tokens, then every token of the vocabulary, once each on its own line, and once side by side in a
 * fixed random order, where merges compete.
 */
final class ProbeTexts {
  /** UTF-16 units of a text, so that a message and its answer stay far below gRPC's limit. */
  private static final int LENGTH = 1 << 15;

  /** Texts in all; what goes beyond, of vocabularies above some 300,000 tokens, is not asked. */
  private static final int MOST = 128;

  private static final List<String> SCRIPTS =
      List.of(
          "The quick brown fox doesn't jump; it'll've LEFT by 12:34:56 on 2026-01-02.",
          "0 1 12 123 1234 12345 1234567890 3.14159 1e-9 0x7fFF ٣٤٥ १२३ ½ Ⅷ ²",
          "   spaces\t\ttabs \r\n\r\n\n line ends\u00a0\u3000\u2028 trailing   ",
          "Größe façade naïve İstanbul ǅ ﬁ ß ẞ e\u0301 \u0301 ÅÅ",
          "Привет, мир! Γειά σου Κόσμε. Բարև გამარჯობა שלום עולם مرحبا بالعالم سلام دنیا",
          "नमस्ते दुनिया হ্যালো வணக்கம் తెలుగు ಕನ್ನಡ മലയാളം ไทยแลนด์ ລາວ မြန်မာ ភាសាខ្មែរ አማርኛ",
          "你好，世界！漢字かな交じり文。ｶﾀｶﾅ 안녕하세요 세계 𠮷野家",
          "👍🏽 👩‍👩‍👧‍👦 🇩🇪 ❤️ \u200b\u200d\ufeff € £ ¥ ∑∫√ → ▁ Ġ Ċ",
          "for (int i = 0; i < n; ++i) { a[i] += *p++; } // x_y camelCase SNAKE_CASE",
          "{\"key\": [\"value\", null, -1.5e+10], \"ünï\": \"\\u00e9\"} <a href='#'>&amp;</a>",
          "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa !!!!!!!! ======== -------- ........ ________");

  private ProbeTexts() {}

  static List<String> of(Tokenizer tokenizer) {
    List<String> texts = new ArrayList<>(SCRIPTS);
    texts.add(String.join(" a ", tokenizer.specialTokens().all().keySet()));
    List<String> tokens = tokens(tokenizer);
    add(texts, tokens, "\n");
    Collections.shuffle(tokens, new Random(1));
    add(texts, tokens, "");
    return texts;
  }

  /** The texts of the tokens that are whole characters. */
  private static List<String> tokens(Tokenizer tokenizer) {
    List<String> tokens = new ArrayList<>();
    for (int id = 0; id < tokenizer.idBound(); id++) {
      if (tokenizer.tokenOf(id).isPresent()) {
        String text = tokenizer.decode(new int[] {id});
        if (text.indexOf('\ufffd') < 0 && text.length() < LENGTH) {
          tokens.add(text);
        }
      }
    }
    return tokens;
  }

  private static void add(List<String> texts, List<String> tokens, String separator) {
    StringBuilder text = new StringBuilder();
    for (String token : tokens) {
      if (text.length() + token.length() >= LENGTH) {
        texts.add(text.toString());
        text.setLength(0);
      }
      if (texts.size() >= MOST) {
        return;
      }
      text.append(token).append(separator);
    }
    texts.add(text.toString());
  }
}
