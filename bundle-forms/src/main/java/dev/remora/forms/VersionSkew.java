package dev.remora.forms;

import dev.remora.BundleException;
import dev.remora.Rule;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the parts of a tokenizer.json that are newer than the reference, tokenizers 0.21.4. */
final class VersionSkew {
  private static final Map<String, Set<String>> KNOWN =
      Map.of(
          "normalizer",
          Set.of(
              "BertNormalizer",
              "ByteLevel",
              "Lowercase",
              "NFC",
              "NFD",
              "NFKC",
              "NFKD",
              "Nmt",
              "Precompiled",
              "Prepend",
              "Replace",
              "Sequence",
              "Strip",
              "StripAccents"),
          "pre_tokenizer",
          Set.of(
              "BertPreTokenizer",
              "ByteLevel",
              "CharDelimiterSplit",
              "Digits",
              "FixedLength",
              "Metaspace",
              "Punctuation",
              "Sequence",
              "Split",
              "UnicodeScripts",
              "Whitespace",
              "WhitespaceSplit"),
          "model",
          Set.of("BPE", "Unigram", "WordLevel", "WordPiece"),
          "post_processor",
          Set.of(
              "BertProcessing", "ByteLevel", "RobertaProcessing", "Sequence", "TemplateProcessing"),
          "decoder",
          Set.of(
              "BPEDecoder",
              "ByteFallback",
              "ByteLevel",
              "CTC",
              "Fuse",
              "Metaspace",
              "Replace",
              "Sequence",
              "Strip",
              "WordPiece"));

  /** Where the parts of a sequence stand. */
  private static final List<String> PARTS =
      List.of("normalizers", "pretokenizers", "processors", "decoders");

  private VersionSkew() {}

  /**
   * Refuses a component, or a part of a sequence, that the reference does not know.
   *
   * @param kind normalizer, pre_tokenizer, model, post_processor or decoder
   */
  static void check(String kind, Map<String, Object> component) {
    check(kind, kind, component);
  }

  private static void check(String kind, String path, Map<String, Object> component) {
    if (component.get("type") instanceof String type
        && !KNOWN.getOrDefault(kind, Set.of()).contains(type)) {
      throw new BundleException(
          Rule.C8,
          TokenizerJson.FILE,
          "its %s is a %s, which is too new for tokenizers 0.21.4".formatted(path, type));
    }
    for (String name : PARTS) {
      if (component.get(name) instanceof List<?> parts) {
        for (int i = 0; i < parts.size(); i++) {
          String part = path + "." + name + "[" + i + "]"; // formatting would load locales
          check(kind, part, Members.map(TokenizerJson.FILE, part, parts.get(i)));
        }
      }
    }
  }
}
