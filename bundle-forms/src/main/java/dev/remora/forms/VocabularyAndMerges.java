package dev.remora.forms;

import dev.remora.BundleException;
import dev.remora.Rule;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns vocab.json and merges.txt into a tokenizer.json, by the class of the tokenizer. */
final class VocabularyAndMerges {
  static final String VOCABULARY = "vocab.json";
  static final String MERGES = "merges.txt";

  private static final String END_OF_TEXT = "<|endoftext|>";

  private VocabularyAndMerges() {}

  /**
   * The tokenizer.json.
   *
   * @throws BundleException if the class is neither GPT-2's nor Qwen2's, or a merge is broken
   */
  static byte[] toTokenizerJson(byte[] vocabulary, byte[] merges, BundleConfigs configs) {
    String name = configs.tokenizerClass().orElse("");
    if (!name.equals("GPT2Tokenizer") && !name.equals("Qwen2Tokenizer")) {
      throw new BundleException(
          Rule.C8,
          VOCABULARY,
          (name.isEmpty() ? "no config names its tokenizer_class" : name + " is not supported")
              + ": GPT2Tokenizer and Qwen2Tokenizer are");
    }
    JsonBytes json = new JsonBytes(VOCABULARY, vocabulary, 0);
    json.skipValue();
    json.expectEnd();
    return write(name, vocabulary, merges, configs);
  }

  private static byte[] write(
      String name, byte[] vocabulary, byte[] merges, BundleConfigs configs) {
    boolean qwen2 = name.equals("Qwen2Tokenizer");
    for (String role : List.of("unk_token", "eos_token", qwen2 ? "pad_token" : "bos_token")) {
      configs.defaultRole(role, ConfiguredToken.special(END_OF_TEXT));
    }
    boolean prefixSpace = configs.flag("add_prefix_space").orElse(false);
    Map<String, @Nullable Object> components = new LinkedHashMap<>();
    components.put("normalizer", qwen2 ? Components.object("NFC") : null);
    components.put(
        "pre_tokenizer",
        qwen2
            ? Components.splitThenByteLevel(RankFamily.QWEN_1.pattern(), prefixSpace)
            : Components.byteLevel(prefixSpace, true, true));
    components.put("post_processor", Components.byteLevel(true, false, true));
    components.put("decoder", Components.byteLevel(true, true, true));
    AssembledJson json =
        new AssembledJson(components, List.copyOf(configs.addedTokens().values()))
            .model(Components.byteLevelModel("", false))
            .vocabularyThenMerges(vocabulary);
    writeMerges(json, new String(merges, StandardCharsets.UTF_8));
    return json.end();
  }

  private static void writeMerges(AssembledJson json, String merges) {
    int line = 0;
    for (int from = 0; from < merges.length(); ) {
      int end = merges.indexOf('\n', from);
      int to = end < 0 ? merges.length() : end;
      String merge = merges.substring(from, to).strip();
      line++;
      if (!merge.isEmpty() && !merge.startsWith("#version")) {
        int space = merge.indexOf(' ');
        if (space < 0 || merge.indexOf(' ', space + 1) >= 0) {
          throw new BundleException(
              Rule.C8, MERGES, "line %,d is not two tokens with one space between".formatted(line));
        }
        json.merge(merge.substring(0, space), merge.substring(space + 1));
      }
      from = to + 1;
    }
  }
}
