package dev.remora.forms;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parts of a tokenizer.json beside its model, as plain JSON values. */
final class Components {
  private Components() {}

  /** A JSON object of names and values in turn. */
  static Map<String, @Nullable Object> object(String type, @Nullable Object... namesAndValues) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("type", type);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      object.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return object;
  }

  /** A byte-level BPE model without its vocabulary and merges; the affix is null or empty. */
  static Map<String, @Nullable Object> byteLevelModel(
      @Nullable String noAffix, boolean ignoreMerges) {
    return object(
        "BPE",
        "dropout",
        null,
        "unk_token",
        null,
        "continuing_subword_prefix",
        noAffix,
        "end_of_word_suffix",
        noAffix,
        "fuse_unk",
        false,
        "byte_fallback",
        false,
        "ignore_merges",
        ignoreMerges);
  }

  static Map<String, @Nullable Object> byteLevel(
      boolean prefixSpace, boolean trimOffsets, boolean useRegex) {
    return object(
        "ByteLevel",
        "add_prefix_space",
        prefixSpace,
        "trim_offsets",
        trimOffsets,
        "use_regex",
        useRegex);
  }

  /** Splits by the pattern, then spells the pieces in the byte alphabet. */
  static Map<String, @Nullable Object> splitThenByteLevel(String pattern, boolean prefixSpace) {
    return object(
        "Sequence",
        "pretokenizers",
        List.of(
            object(
                "Split",
                "pattern",
                Map.of("Regex", pattern),
                "behavior",
                "Isolated",
                "invert",
                false),
            byteLevel(prefixSpace, true, false)));
  }

  static Map<String, @Nullable Object> replace(String text, String content) {
    return object("Replace", "pattern", Map.of("String", text), "content", content);
  }

  static Map<String, @Nullable Object> metaspace(String prependScheme, boolean split) {
    return object("Metaspace", "replacement", "▁", "prepend_scheme", prependScheme, "split", split);
  }

  /** A token of a template and its id. */
  record TemplateToken(String content, int id) {}

  /** Puts BOS before each text and EOS after it; null for none. */
  static Map<String, @Nullable Object> template(
      @Nullable TemplateToken bos, @Nullable TemplateToken eos) {
    List<Object> pair = new ArrayList<>(template(bos, "A", 0, eos));
    pair.addAll(template(bos, "B", 1, eos));
    Map<String, Object> special = new LinkedHashMap<>();
    addSpecial(special, bos);
    addSpecial(special, eos);
    return object(
        "TemplateProcessing",
        "single",
        template(bos, "A", 0, eos),
        "pair",
        pair,
        "special_tokens",
        special);
  }

  private static List<Object> template(
      @Nullable TemplateToken bos, String sequence, int type, @Nullable TemplateToken eos) {
    List<Object> pieces = new ArrayList<>();
    if (bos != null) {
      pieces.add(Map.of("SpecialToken", piece(bos.content(), type)));
    }
    pieces.add(Map.of("Sequence", piece(sequence, type)));
    if (eos != null) {
      pieces.add(Map.of("SpecialToken", piece(eos.content(), type)));
    }
    return pieces;
  }

  private static Map<String, Object> piece(String id, int type) {
    Map<String, Object> piece = new LinkedHashMap<>();
    piece.put("id", id);
    piece.put("type_id", type);
    return piece;
  }

  private static void addSpecial(Map<String, Object> special, @Nullable TemplateToken token) {
    if (token != null) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("id", token.content());
      entry.put("ids", List.of(token.id()));
      entry.put("tokens", List.of(token.content()));
      special.put(token.content(), entry);
    }
  }
}
