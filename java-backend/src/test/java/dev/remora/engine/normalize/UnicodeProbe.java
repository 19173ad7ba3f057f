package dev.remora.engine.normalize;

import ai.djl.huggingface.tokenizers.jni.CharSpan;
import dev.remora.core.text.ByteAlphabet;
import dev.remora.engine.Reference;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Asks the reference what it knows of each code point. */
final class UnicodeProbe {
  static final int END = Character.MAX_CODE_POINT + 1;
  private static final int CHUNK = 4_000;

  private UnicodeProbe() {}

  /** All code points that a text can hold. */
  static IntPredicate scalar() {
    return codePoint -> codePoint < 0xD800 || codePoint > 0xDFFF;
  }

  /** The code points that a regex of one character matches. */
  static BitSet matching(String regex) {
    String json =
        """
        {"version":"1.0","added_tokens":[],"normalizer":null,"post_processor":null,"decoder":null,
         "pre_tokenizer":{"type":"Split","pattern":{"Regex":"%s"},"behavior":"Removed",
         "invert":false},"model":{"type":"WordLevel","vocab":{"?":0},"unk_token":"?"}}
        """
            .formatted(regex.replace("\\", "\\\\"));
    BitSet matching = new BitSet(END);
    matching.set(0, 0xD800);
    matching.set(0xE000, END);
    try (Reference reference = Reference.of(json)) {
      for (int from = 0; from < END; from += CHUNK) {
        int[] codePoints =
            IntStream.range(from, Math.min(END, from + CHUNK)).filter(scalar()).toArray();
        String text = new String(codePoints, 0, codePoints.length);
        for (@Nullable CharSpan rest : reference.spans(text, false)) {
          for (int at = rest.getStart(); at < rest.getEnd(); at++) {
            matching.clear(codePoints[at]);
          }
        }
      }
    }
    return matching;
  }

  /** The code points after which an added token with this flag behaves differently. */
  static BitSet beforeToken(String flag) {
    String json =
        """
        {"version":"1.0","added_tokens":[{"id":1,"content":"X","single_word":%b,"lstrip":%b,
         "rstrip":false,"normalized":false,"special":true}],"normalizer":null,
         "post_processor":null,"decoder":null,"pre_tokenizer":null,
         "model":{"type":"WordLevel","vocab":{"?":0},"unk_token":"?"}}
        """
            .formatted(flag.equals("single_word"), flag.equals("lstrip"));
    BitSet different = new BitSet(END);
    try (Reference reference = Reference.of(json)) {
      for (int codePoint = 0; codePoint < END; codePoint++) {
        if (scalar().test(codePoint)) {
          int[] ids = reference.encode(Character.toString(codePoint) + "X", false);
          boolean plain = codePoint != 'X' && ids.length == 2 && ids[1] == 1;
          different.set(codePoint, !plain);
        }
      }
    }
    different.set('X', flag.equals("single_word"));
    return different;
  }

  /** What the reference normalizes each text to; none may hold a line feed. */
  static List<String> normalized(String type, List<String> texts) {
    return normalized("{\"type\":\"%s\"}".formatted(type), texts, "\n");
  }

  /**
   * What the reference normalizes each text to.
   *
   * @param normalizer the normalizer as JSON
   * @param separator what stands between texts: the normalizer leaves it as it is, and no text
   *     holds it
   */
  static List<String> normalized(String normalizer, List<String> texts, String separator) {
    StringBuilder vocabulary = new StringBuilder();
    for (int value = 0; value < 256; value++) {
      char sign = ByteAlphabet.charOf(value);
      String escaped = sign == '"' || sign == '\\' ? "\\" + sign : String.valueOf(sign);
      vocabulary.append(value == 0 ? "" : ",").append("\"" + escaped + "\":" + value);
    }
    String json =
        """
        {"version":"1.0","added_tokens":[],"normalizer":%s,"post_processor":null,
         "pre_tokenizer":{"type":"ByteLevel","add_prefix_space":false,"use_regex":false,
         "trim_offsets":false},"decoder":{"type":"ByteLevel","add_prefix_space":false,
         "use_regex":false,"trim_offsets":false},"model":{"type":"BPE","vocab":{%s},"merges":[]}}
        """
            .formatted(normalizer, vocabulary);
    List<String> results = new ArrayList<>(texts.size());
    try (Reference reference = Reference.of(json)) {
      for (int from = 0; from < texts.size(); from += CHUNK) {
        List<String> chunk = texts.subList(from, Math.min(texts.size(), from + CHUNK));
        String joined = chunk.stream().collect(Collectors.joining(separator));
        String result = reference.decode(reference.encode(joined, false), false);
        results.addAll(List.of(result.split(Pattern.quote(separator), -1)));
      }
    }
    return results;
  }
}
