package dev.remora.forms;

import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.definition.Model;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.text.ByteAlphabet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Small tokenizers of each kind, for the tests of every module: real files, only short. */
public final class TinyTokenizers {
  private TinyTokenizers() {}

  /** Byte-level BPE with GPT-2's built-in regex, a few merges and two special tokens. */
  public static byte[] byteLevel() {
    List<String> merges = List.of("h e", "l l", "he ll", "hell o", "Ġ w", "o r", "Ġw or", "l d");
    StringJoiner vocab = new StringJoiner(",");
    int id = 0;
    for (String token : byteAlphabet()) {
      vocab.add(quoted(token) + ":" + id++);
    }
    for (String merge : merges) {
      vocab.add(quoted(merge.replace(" ", "")) + ":" + id++);
    }
    StringJoiner lines = new StringJoiner(",");
    merges.forEach(merge -> lines.add(quoted(merge)));
    return utf8(
        """
        {"version":"1.0","truncation":null,"padding":null,
        "added_tokens":[
        {"id":264,"content":"<s>","single_word":false,"lstrip":false,"rstrip":false,
        "normalized":false,"special":true},
        {"id":265,"content":"</s>","single_word":false,"lstrip":false,"rstrip":false,
        "normalized":false,"special":true}],
        "normalizer":null,
        "pre_tokenizer":{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,
        "use_regex":true},
        "post_processor":{"type":"TemplateProcessing",
        "single":[{"SpecialToken":{"id":"<s>","type_id":0}},{"Sequence":{"id":"A","type_id":0}}],
        "pair":[{"Sequence":{"id":"A","type_id":0}},{"Sequence":{"id":"B","type_id":0}}],
        "special_tokens":{"<s>":{"id":"<s>","ids":[264],"tokens":["<s>"]}}},
        "decoder":{"type":"ByteLevel","add_prefix_space":true,"trim_offsets":true,
        "use_regex":true},
        "model":{"type":"BPE","dropout":null,"unk_token":null,"continuing_subword_prefix":null,
        "end_of_word_suffix":null,"fuse_unk":false,"byte_fallback":false,"ignore_merges":false,
        "vocab":{%s},"merges":[%s]}}
        """
            .formatted(vocab, lines));
  }

  /** WordPiece whose model names no type, as old files do. */
  public static byte[] wordPiece() {
    return utf8(
        """
        {"version":"1.0","truncation":null,"padding":null,"added_tokens":[
        {"id":0,"content":"[UNK]","single_word":false,"lstrip":false,"rstrip":false,
        "normalized":false,"special":true}],
        "normalizer":{"type":"BertNormalizer","clean_text":true,"handle_chinese_chars":true,
        "strip_accents":null,"lowercase":true},
        "pre_tokenizer":{"type":"BertPreTokenizer"},"post_processor":null,
        "decoder":{"type":"WordPiece","prefix":"##","cleanup":true},
        "model":{"unk_token":"[UNK]","continuing_subword_prefix":"##",
        "max_input_chars_per_word":100,
        "vocab":{"[UNK]":0,"hello":1,"world":2,"##s":3,"!":4}}}
        """);
  }

  /** Unigram over a handful of pieces. */
  public static byte[] unigram() {
    return utf8(
        """
        {"version":"1.0","truncation":null,"padding":null,"added_tokens":[],"normalizer":null,
        "pre_tokenizer":{"type":"Metaspace","replacement":"▁","prepend_scheme":"always",
        "split":true},
        "post_processor":null,
        "decoder":{"type":"Metaspace","replacement":"▁","prepend_scheme":"always","split":true},
        "model":{"type":"Unigram","unk_id":0,
        "vocab":[["<unk>",0.0],["▁",-2.0],["▁hello",-3.5],["▁world",-4.25],["s",-5.0]],
        "byte_fallback":false}}
        """);
  }

  /** The bundle of one tokenizer.json. */
  public static TokenizerBundle bundle(byte[] tokenizerJson) {
    return TokenizerBundle.builder(Fingerprint.local())
        .add("tokenizer.json", tokenizerJson)
        .build();
  }

  /** The definition of one tokenizer.json. */
  public static TokenizerDefinition define(byte[] tokenizerJson) {
    return BundleForms.define(bundle(tokenizerJson));
  }

  /** The merges of a BPE definition, their two tokens with a bar between. */
  public static List<String> merges(TokenizerDefinition definition) {
    List<String> merges = new ArrayList<>();
    ((Model.Bpe) definition.model())
        .merges()
        .forEach(
            (utf8, from, middle, to) ->
                merges.add(
                    new String(utf8, from, middle - from, StandardCharsets.UTF_8)
                        + "|"
                        + new String(utf8, middle, to - middle, StandardCharsets.UTF_8)));
    return merges;
  }

  /** GPT-2's 256 characters for bytes, in the order of the bytes. */
  public static List<String> byteAlphabet() {
    List<String> alphabet = new ArrayList<>();
    for (int value = 0; value < 256; value++) {
      alphabet.add(Character.toString(ByteAlphabet.charOf(value)));
    }
    return alphabet;
  }

  private static String quoted(String token) {
    return '"' + token.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
