package dev.remora.chat;

import dev.remora.bundle.BundleInfo;
import dev.remora.bundle.FileNames;
import dev.remora.jinja.JinjaException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which encodings a bundle may be of, by its config.json and the names of its model. */
final class EncodingChoice {
  private static final Map<String, ChatEncoding> BY_CONFIG =
      Map.of(
          "DeepseekV32ForCausalLM", ChatEncoding.DEEPSEEK_V3_2,
          "DeepseekV41ForCausalLM", ChatEncoding.DEEPSEEK_V4_1,
          "KimiK3ForConditionalGeneration", ChatEncoding.KIMI_K3,
          "kimi_k3", ChatEncoding.KIMI_K3,
          "GptOssForCausalLM", ChatEncoding.HARMONY,
          "gpt_oss", ChatEncoding.HARMONY);

  private static final Set<String> KIMI_K25 = Set.of("KimiK25ForConditionalGeneration", "kimi_k25");

  /** The architecture of V4, whose revisions have one config. */
  private static final String DEEPSEEK_V4 = "DeepseekV4ForCausalLM";

  private static final Set<ChatEncoding> REVISIONS =
      Set.of(ChatEncoding.DEEPSEEK_V4, ChatEncoding.DEEPSEEK_V4_0731, ChatEncoding.DEEPSEEK_V4_1);

  private final Set<String> kinds;
  private final List<List<String>> names;

  private EncodingChoice(Set<String> kinds, List<List<String>> names) {
    this.kinds = kinds;
    this.names = names;
  }

  static EncodingChoice of(BundleInfo bundle) {
    return new EncodingChoice(
        kinds(bundle), bundle.modelNames().stream().map(EncodingChoice::words).toList());
  }

  /** What config.json says that the model is: its architectures and its type. */
  private static Set<String> kinds(BundleInfo bundle) {
    Map<String, @Nullable Object> config = config(bundle);
    Object architectures = config.get("architectures");
    Stream<?> all = architectures instanceof Collection<?> list ? list.stream() : Stream.empty();
    return Set.copyOf(
        Stream.concat(all, Stream.ofNullable(config.get("model_type")))
            .filter(String.class::isInstance)
            .map(String.class::cast)
            .toList());
  }

  private static Map<String, @Nullable Object> config(BundleInfo bundle) {
    try {
      return bundle
          .content(FileNames.MODEL_CONFIG)
          .map(json -> PlainJson.members(PlainJson.parse(new String(json, StandardCharsets.UTF_8))))
          .orElse(Map.of());
    } catch (JinjaException e) {
      return Map.of(); // it says nothing; who needs it refuses it
    }
  }

  private static List<String> words(String name) {
    return Arrays.stream(name.toLowerCase(Locale.ROOT).split("[^a-z0-9]+"))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  /** Whether the bundle's template is that of Kimi K2.5, which wants tools in TypeScript. */
  boolean isKimiK25() {
    return kinds.stream().anyMatch(KIMI_K25::contains);
  }

  /** The encodings that it may be of: none, the one, or several among which nothing tells. */
  Set<ChatEncoding> encodings() {
    if (kinds.isEmpty()) { // workers of MLX send no config.json
      return among(EnumSet.allOf(ChatEncoding.class));
    }
    Set<ChatEncoding> found = EnumSet.noneOf(ChatEncoding.class);
    BY_CONFIG.forEach(
        (kind, encoding) -> {
          if (kinds.contains(kind)) {
            found.add(encoding);
          }
        });
    if (kinds.contains(DEEPSEEK_V4)) {
      Set<ChatEncoding> named = among(REVISIONS);
      found.addAll(named.isEmpty() ? REVISIONS : named);
    }
    return found;
  }

  /** Those of some encodings that the names tell. */
  private Set<ChatEncoding> among(Set<ChatEncoding> encodings) {
    Set<ChatEncoding> named = EnumSet.noneOf(ChatEncoding.class);
    for (List<String> words : names) {
      named.addAll(named(words, encodings.equals(REVISIONS)));
    }
    if (named.size() > 1) {
      named.remove(ChatEncoding.DEEPSEEK_V4); // each name of a revision may leave that out
    }
    return named;
  }

  private static Set<ChatEncoding> named(List<String> words, boolean isDeepSeek) {
    if (has(words, "gpt", "oss")) {
      return Set.of(ChatEncoding.HARMONY);
    }
    if (has(words, "kimi", "k3")) {
      return Set.of(ChatEncoding.KIMI_K3);
    }
    if (!isDeepSeek && !words.contains("deepseek")) {
      return Set.of();
    }
    if (has(words, "v3", "2") || words.contains("v32")) {
      return Set.of(ChatEncoding.DEEPSEEK_V3_2);
    }
    if (has(words, "v4", "1") || words.contains("v41")) {
      return Set.of(ChatEncoding.DEEPSEEK_V4_1);
    }
    boolean isV4 = isDeepSeek || words.contains("v4");
    if (isV4 && words.stream().anyMatch(word -> word.endsWith("0731"))) {
      return Set.of(ChatEncoding.DEEPSEEK_V4_0731);
    }
    return words.contains("v4") ? Set.of(ChatEncoding.DEEPSEEK_V4) : Set.of();
  }

  /** Whether one word follows the other. */
  private static boolean has(List<String> words, String first, String second) {
    return Collections.indexOfSubList(words, List.of(first, second)) >= 0;
  }
}
