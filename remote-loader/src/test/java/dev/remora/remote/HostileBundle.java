package dev.remora.remote;

import dev.remora.bundle.FileNames;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.forms.TinyTokenizers;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Bundles of any size that are nearly all of one shape: each shape is many, or much, of one thing
 * that a file can hold. What is quadratic in it shows.
 */
final class HostileBundle {
  private static final Map<String, IntFunction<TokenizerBundle>> SHAPES = new LinkedHashMap<>();

  private HostileBundle() {}

  /** All shapes, by name: what makes a bundle of about so many bytes. */
  static Map<String, IntFunction<TokenizerBundle>> shapes() {
    return SHAPES;
  }

  /** Text for the number of an element. */
  private interface Element extends IntFunction<String> {}

  static {
    describedTokens();
    configuredTokens();
    configValues();
    otherConfigs();
    jsonTokens();
    jsonModels();
    jsonComponents();
    jsonValues();
    otherForms();
  }

  private static void describedTokens() {
    described("tokens that are special", i -> "t" + i, "\"special\":true");
    described("ordinary tokens", i -> "t" + i, "\"special\":false");
    described("tokens that strip", i -> "t" + i, "\"lstrip\":true,\"rstrip\":true");
    described("tokens of white space", HostileBundle::whiteSpace, "\"normalized\":false");
    described("tokens of one text", i -> "same", "\"special\":true");
    described("tokens of one hash", HostileBundle::ofOneHash, "\"special\":true");
    described("long tokens", i -> i + "x".repeat(1000), "\"special\":true");
    described("tokens that begin alike", i -> "x".repeat(500) + i, "\"special\":true");
    config(
        "a long token",
        size -> "\"added_tokens_decoder\":{\"300\":{\"content\":\"" + "x".repeat(size) + "\"}}");
  }

  private static void described(String name, Element content, String flags) {
    config(
        name,
        size ->
            "\"added_tokens_decoder\":{"
                + many(
                    size,
                    i ->
                        "\"%d\":{\"content\":\"%s\",%s}"
                            .formatted(300 + i, content.apply(i), flags))
                + "}");
  }

  private static void configuredTokens() {
    listed("additional_special_tokens", i -> "\"t" + i + "\"");
    listed("additional_special_tokens", i -> "\"same\"");
    listed("additional_special_tokens", i -> "{\"content\":\"t" + i + "\"}");
    config(
        "extra_special_tokens",
        size ->
            "\"extra_special_tokens\":{"
                + many(size, i -> "\"r%d\":\"t%d\"".formatted(i, i))
                + "}");
    config("roles of their own", size -> many(size, i -> "\"r%d_token\":\"t%d\"".formatted(i, i)));
    config("roles of one token", size -> many(size, i -> "\"r%d_token\":\"t\"".formatted(i)));
    config(
        "roles of one hash",
        size -> many(size, i -> "\"%s_token\":\"%s\"".formatted(ofOneHash(i), ofOneHash(i))));
    config("roles that are unset", size -> many(size, i -> "\"r%d_token\":null".formatted(i)));
    config("one role again and again", size -> many(size, i -> "\"bos_token\":\"t" + i + "\""));
  }

  private static void configValues() {
    config("unknown members", size -> many(size, i -> "\"m" + i + "\":" + i));
    listed("empty lists", i -> "[]");
    listed("lists of one", i -> "[0]");
    listed("maps of one", i -> "{a:0}");
    listed("fractions", i -> ".5");
    listed("comments", i -> "/**/0");
    config("a long key", size -> "\"" + "k".repeat(size) + "_token\":\"x\"");
    config("a long number", size -> "\"eos_token\":" + "1".repeat(size));
    config("a long exponent", size -> "\"legacy\":1e" + "1".repeat(size));
    config("escapes", size -> "\"bos_token\":\"" + "\\u4e00".repeat(size / 6) + "\"");
    config("a long template", size -> "\"chat_template\":\"" + "{{ x }}".repeat(size / 7) + "\"");
    config("white space", " "::repeat);
    config("a long class", size -> "\"tokenizer_class\":\"" + "Fast".repeat(size / 4) + "\"");
  }

  private static void otherConfigs() {
    beside(
        FileNames.SPECIAL_TOKENS_MAP,
        "roles",
        size -> many(size, i -> "\"r%d_token\":\"t%d\"".formatted(i, i)));
    beside(
        FileNames.SPECIAL_TOKENS_MAP,
        "tokens",
        size -> "\"additional_special_tokens\":[" + many(size, i -> "\"t" + i + "\"") + "]");
    beside(
        FileNames.ADDED_TOKENS,
        "tokens",
        size -> many(size, i -> "\"t%d\":%d".formatted(i, 300 + i)));
    beside(
        FileNames.ADDED_TOKENS,
        "tokens of one id",
        size -> many(size, i -> "\"t%d\":300".formatted(i)));
    for (String file : new String[] {FileNames.GENERATION_CONFIG, FileNames.MODEL_CONFIG}) {
      beside(file, "EOS ids", size -> "\"eos_token_id\":[" + many(size, Integer::toString) + "]");
      beside(file, "EOS ids of few places in a table", HostileBundle::crowdedIds);
    }
    beside(
        FileNames.MODEL_CONFIG,
        "a long version",
        size -> "\"transformers_version\":\"" + "4.a1".repeat(size / 4) + "\"");
  }

  /** Ids whose remainders by twice their number are few: a table of that size is no table. */
  private static String crowdedIds(int size) {
    int count = size / 11;
    int places = 2 * count;
    int turns = Integer.MAX_VALUE / places;
    StringBuilder ids = new StringBuilder("\"eos_token_id\":[0");
    for (int i = 1; i < count; i++) {
      ids.append(',').append(i / turns + (long) places * (i % turns));
    }
    return ids + "]";
  }

  private static void jsonTokens() {
    added("tokens", i -> "t" + i, "\"special\":true");
    added("ordinary tokens", i -> "t" + i, "\"normalized\":true");
    added("tokens of one text", i -> "same", "\"special\":true");
    added("tokens of one hash", HostileBundle::ofOneHash, "\"special\":true");
    added("long tokens", i -> i + "x".repeat(900), "\"special\":true");
    added("tokens that begin alike", i -> "x".repeat(300) + i, "\"special\":true");
    added("tokens of white space", HostileBundle::whiteSpace, "\"lstrip\":true");
    json(
        "a long token",
        "\"added_tokens\":[",
        size -> "\"added_tokens\":[{\"id\":300,\"content\":\"" + "x".repeat(size) + "\"},");
  }

  private static void added(String name, Element content, String flags) {
    json(
        name,
        "\"added_tokens\":[",
        size ->
            "\"added_tokens\":["
                + many(
                    size,
                    i ->
                        "{\"id\":%d,\"content\":\"%s\",%s}"
                            .formatted(300 + i, content.apply(i), flags))
                + ",");
  }

  private static void jsonModels() {
    json(
        "a vocabulary",
        "\"vocab\":{",
        size -> "\"vocab\":{" + many(size, i -> "\"w%d\":%d".formatted(i, 300 + i)) + ",");
    json(
        "a vocabulary of far ids",
        "\"vocab\":{",
        size ->
            "\"vocab\":{"
                + many(size, i -> "\"w%d\":%d".formatted(i, 300 + 7 * i % 16_000_000))
                + ",");
    json(
        "a vocabulary of one id",
        "\"vocab\":{",
        size -> "\"vocab\":{" + many(size, i -> "\"w%d\":300".formatted(i)) + ",");
    json(
        "long words",
        "\"vocab\":{",
        size ->
            "\"vocab\":{"
                + many(size, i -> "\"%s%d\":%d".formatted("w".repeat(1000), i, 300 + i))
                + ",");
    json(
        "one merge again and again",
        "\"merges\":[",
        size -> "\"merges\":[" + many(size, i -> "\"h e\"") + ",");
    json(
        "versions", "\"merges\":[", size -> "\"merges\":[" + many(size, i -> "\"#version\"") + ",");
    json("merges of chains", "\"vocab\":{", size -> chains(size, 2));
    json("merges of long chains", "\"vocab\":{", size -> chains(size, 200));
    json(
        "a long merge",
        "\"merges\":[",
        size -> "\"merges\":[\"" + "h".repeat(size / 2) + " " + "e".repeat(size / 2) + "\",");
    json("a highest id", "\"vocab\":{", size -> "\"vocab\":{\"far\":16777215,");
    shape(
        "tokenizer.json: pieces",
        size ->
            tokenizer(
                new String(TinyTokenizers.unigram(), StandardCharsets.UTF_8)
                    .replace("[\"s\",-5.0]", many(size, i -> "[\"p%d\",-%d.5]".formatted(i, i)))));
    shape(
        "tokenizer.json: word pieces",
        size ->
            tokenizer(
                new String(TinyTokenizers.wordPiece(), StandardCharsets.UTF_8)
                    .replace("\"!\":4", many(size, i -> "\"##p%d\":%d".formatted(i, i + 4)))));
  }

  /** Words of so many letters, each made of the word before and a letter. */
  private static String chains(int size, int length) {
    StringBuilder words = new StringBuilder("\"vocab\":{");
    StringBuilder merges = new StringBuilder("\"merges\":[");
    for (int id = 264, chain = 0; words.length() + merges.length() < size; chain++) {
      String word = Character.toString('A' + chain % 26);
      for (int n = 0; n < length && words.length() + merges.length() < size; n++) {
        String next = Character.toString('A' + (chain / 26 / (n == 0 ? 1 : 26) + n) % 26);
        words.append('"').append(word).append(next).append("\":").append(id++).append(',');
        merges.append('"').append(word).append(' ').append(next).append("\",");
        word += next;
      }
    }
    return words + "\u0000" + merges;
  }

  private static void jsonComponents() {
    component("normalizer", "{\"type\":\"Sequence\",\"normalizers\":[", "{\"type\":\"NFC\"}", "]}");
    component(
        "pre_tokenizer",
        "{\"type\":\"Sequence\",\"pretokenizers\":[",
        "{\"type\":\"Digits\",\"individual_digits\":true}",
        "]}");
    component(
        "post_processor",
        "{\"type\":\"Sequence\",\"processors\":[",
        "{\"type\":\"ByteLevel\"}",
        "]}");
    component("decoder", "{\"type\":\"Sequence\",\"decoders\":[", "{\"type\":\"Fuse\"}", "]}");
    component(
        "post_processor",
        "{\"type\":\"TemplateProcessing\",\"pair\":[],\"special_tokens\":{}," + "\"single\":[",
        "{\"Sequence\":{\"id\":\"A\",\"type_id\":0}}",
        "]}");
    component(
        "post_processor",
        "{\"type\":\"TemplateProcessing\",\"pair\":[],\"single\":["
            + "{\"SpecialToken\":{\"id\":\"<s>\",\"type_id\":0}},"
            + "{\"Sequence\":{\"id\":\"A\",\"type_id\":0}}],\"special_tokens\":{\"<s>\":{\"id\":\"<s>\","
            + "\"tokens\":[],\"ids\":[",
        "264",
        "]}}}");
    split("(a|b)");
    split("[a-z]+\\\\p{L}?");
    split("(?:");
    split("a|");
    split("[[");
    split("a{1,9}");
    component(
        "normalizer",
        "{\"type\":\"Replace\",\"pattern\":{\"String\":\"a\"},\"content\":\"",
        "bbbbbbbb,",
        "\"}");
    component("normalizer", "{\"type\":\"Precompiled\",\"precompiled_charsmap\":\"", "AAAA", "\"}");
    component(
        "decoder",
        "{\"type\":\"Sequence\",\"decoders\":[{\"type\":\"ByteFallback\"},"
            + "{\"type\":\"Replace\",\"pattern\":{\"String\":\"h\"},\"content\":\"",
        "bbbbbbbb",
        "\"}]}");
  }

  private static void split(String part) {
    String head =
        "{\"type\":\"Split\",\"behavior\":\"Isolated\",\"invert\":false,\"pattern\":"
            + "{\"Regex\":\"";
    component("pre_tokenizer", head, part, "\"}}");
  }

  private static void component(String member, String head, String part, String tail) {
    String name = "\"" + member + "\":";
    json(
        member + ", much " + part,
        name,
        size -> {
          String parts =
              head.endsWith("[") ? many(size, i -> part) : part.repeat(size / part.length());
          return name + head + parts + tail + ",\"ignored\":";
        });
  }

  private static void jsonValues() {
    value("empty lists", i -> "[]");
    value("lists of one", i -> "[0]");
    value("maps of one", i -> "{\"\":0}");
    value("strings", i -> "\"\"");
    value("fractions", i -> "0.5");
    json("unknown members", "\"truncation\":null", size -> many(size, i -> "\"m" + i + "\":[0]"));
    json(
        "unknown members of the model",
        "\"type\":\"BPE\"",
        size -> "\"type\":\"BPE\"," + many(size, i -> "\"m" + i + "\":[0]"));
    json("white space", "\"truncation\":null", size -> " ".repeat(size) + "\"truncation\":null");
    json("a long number", "\"truncation\":null", size -> "\"truncation\":" + "1".repeat(size));
  }

  private static void value(String name, Element element) {
    json(name, "\"truncation\":null", size -> "\"truncation\":[" + many(size, element) + "]");
  }

  private static void otherForms() {
    shape(
        "vocab.json: words",
        size ->
            TokenizerBundle.builder(Fingerprint.local())
                .add(FileNames.TOKENIZER_CONFIG, utf8("{\"tokenizer_class\":\"GPT2Tokenizer\"}"))
                .add(
                    FileNames.VOCABULARY,
                    utf8(
                        "{"
                            + many(size / 2, i -> "\"w%d\":%d".formatted(i, i))
                            + ",\"h\":9000000,\"e\":9000001,\"he\":9000002}"))
                .add(FileNames.MERGES, utf8("h e\n".repeat(size / 8)))
                .build());
    words("words", i -> "w" + i);
    words("words within words", i -> Character.toString('a' + i / 1000 % 26).repeat(1 + i % 1000));
    lines("words", i -> "w" + i);
    lines("nothing", i -> "");
    lines("one word", i -> "a");
    tekken("tokens", i -> "t" + i);
    tekken("tokens within tokens", i -> Character.toString('a' + i / 1000).repeat(2 + i % 1000));
    ranks("tokens", i -> "t" + i, 1);
    ranks("tokens of far ranks", i -> "t" + i, 25);
    ranks("tokens of one hash", HostileBundle::ofOneHash, 1);
    ranks("tokens within tokens", i -> (i / 900 + "").repeat(1 + i % 900), 1);
    ranks("long tokens", i -> i + "x".repeat(1000), 1);
    pieces("pieces", size -> piece(size, i -> "p" + i));
    pieces(
        "pieces within pieces",
        size -> piece(size, i -> Character.toString('a' + i / 1000 % 26).repeat(1 + i % 1000)));
    pieces(
        "empty pieces", size -> "\n\u0000".repeat(size / 2).getBytes(StandardCharsets.ISO_8859_1));
    pieces(
        "pieces of one letter",
        size -> "\n\u0003\n\u0001a".repeat(size / 5).getBytes(StandardCharsets.ISO_8859_1));
    pieces(
        "unknown fields",
        size -> {
          ByteArrayOutputStream out = new ByteArrayOutputStream();
          out.writeBytes(piece(100, i -> "p" + i));
          for (int field = 1000; out.size() < size; field++) {
            varint(out, field << 3);
            out.write(0);
          }
          return out.toByteArray();
        });
  }

  /** A vocab.json without a merges.txt, whose merges are recovered. */
  private static void words(String name, Element word) {
    shape(
        "vocab.json alone: " + name,
        size ->
            TokenizerBundle.builder(Fingerprint.local())
                .add(FileNames.TOKENIZER_CONFIG, utf8("{\"tokenizer_class\":\"GPT2Tokenizer\"}"))
                .add(
                    FileNames.VOCABULARY,
                    utf8("{" + many(size, i -> "\"%s\":%d".formatted(word.apply(i), i)) + "}"))
                .build());
  }

  private static void lines(String name, Element word) {
    shape(
        "vocab.txt: " + name,
        size -> {
          StringBuilder lines = new StringBuilder("[UNK]\n[CLS]\n[SEP]\n");
          for (int i = 0; lines.length() < size; i++) {
            lines.append(word.apply(i)).append('\n');
          }
          return TokenizerBundle.builder(Fingerprint.local())
              .add(FileNames.TOKENIZER_CONFIG, utf8("{\"tokenizer_class\":\"BertTokenizer\"}"))
              .add(FileNames.WORD_PIECES, utf8(lines.toString()))
              .build();
        });
  }

  private static void tekken(String name, Element token) {
    shape(
        "tekken.json: " + name,
        size -> {
          StringBuilder ranks = new StringBuilder();
          int count = 0;
          for (; ranks.length() < size; count++) {
            byte[] bytes = count < 256 ? new byte[] {(byte) count} : utf8(token.apply(count - 256));
            ranks.append(count == 0 ? "" : ",").append("{\"rank\":").append(count);
            ranks.append(",\"token_bytes\":\"").append(Base64.getEncoder().encodeToString(bytes));
            ranks.append("\"}");
          }
          return TokenizerBundle.builder(Fingerprint.local())
              .add(
                  FileNames.TEKKEN,
                  utf8(
                      """
                      {"config":{"pattern":"a","default_vocab_size":%d,
                      "default_num_special_tokens":1000,"version":"v3"},"vocab":[%s]}
                      """
                          .formatted(count + 1000, ranks)))
              .build();
        });
  }

  private static void ranks(String name, Element token, int step) {
    shape(
        "qwen.tiktoken: " + name,
        size -> {
          StringBuilder lines = new StringBuilder();
          for (int i = 0; lines.length() < size; i++) {
            String base64 = Base64.getEncoder().encodeToString(utf8(token.apply(i)));
            lines.append(base64).append(' ').append((long) i * step % 16_000_000).append('\n');
          }
          return TokenizerBundle.builder(Fingerprint.local())
              .add("qwen.tiktoken", utf8(lines.toString()))
              .build();
        });
  }

  private static void pieces(String name, IntFunction<byte[]> model) {
    shape(
        "tokenizer.model: " + name,
        size ->
            TokenizerBundle.builder(Fingerprint.local())
                .add(FileNames.TOKENIZER_CONFIG, utf8("{\"tokenizer_class\":\"LlamaTokenizer\"}"))
                .add(FileNames.SENTENCE_PIECE, bpe(model.apply(size)))
                .build());
  }

  /** A model of SentencePiece with trainer_spec { model_type: BPE }. */
  private static byte[] bpe(byte[] pieces) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(pieces);
    out.writeBytes(new byte[] {0x12, 2, 0x18, 2});
    return out.toByteArray();
  }

  private static byte[] piece(int size, Element text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; out.size() < size; i++) {
      byte[] utf8 = utf8(text.apply(i));
      ByteArrayOutputStream piece = new ByteArrayOutputStream();
      piece.write(0x0A);
      varint(piece, utf8.length);
      piece.writeBytes(utf8);
      out.write(0x0A);
      varint(out, piece.size());
      out.writeBytes(piece.toByteArray());
    }
    return out.toByteArray();
  }

  private static void varint(ByteArrayOutputStream out, int value) {
    int rest = value;
    while (rest >= 0x80) {
      out.write((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }

  private static void listed(String name, Element element) {
    config(
        name + " of " + element.apply(0),
        size -> "\"additional_special_tokens\":[" + many(size, element) + "]");
  }

  private static void config(String name, IntFunction<String> members) {
    beside(FileNames.TOKENIZER_CONFIG, name, members);
  }

  /** A file beside a small tokenizer.json. */
  private static void beside(String file, String name, IntFunction<String> members) {
    shape(
        file + ": " + name,
        size ->
            TokenizerBundle.builder(Fingerprint.local())
                .add(FileNames.TOKENIZER_JSON, TinyTokenizers.byteLevel())
                .add(file, utf8("{" + members.apply(size) + "}"))
                .build());
  }

  /** A small tokenizer.json of which one part is replaced; a second part comes after a NUL. */
  private static void json(String name, String part, IntFunction<String> replacement) {
    shape(
        "tokenizer.json: " + name,
        size -> {
          String[] replaced = replacement.apply(size).split("\u0000", 2);
          String tiny = new String(TinyTokenizers.byteLevel(), StandardCharsets.UTF_8);
          if (replaced.length > 1) {
            tiny = tiny.replace("\"merges\":[", replaced[1]);
          }
          return tokenizer(tiny.replace(part, replaced[0]));
        });
  }

  private static TokenizerBundle tokenizer(String json) {
    return TinyTokenizers.bundle(utf8(json));
  }

  private static void shape(String name, IntFunction<TokenizerBundle> bundle) {
    SHAPES.put(name, bundle);
  }

  private static String many(int size, Element element) {
    StringBuilder text = new StringBuilder(size + 64);
    for (int i = 0; text.length() < size; i++) {
      text.append(i == 0 ? "" : ",").append(element.apply(i));
    }
    return text.toString();
  }

  /** Texts whose {@link String#hashCode()} is the same for all numbers. */
  private static String ofOneHash(int number) {
    StringBuilder text = new StringBuilder(40);
    for (int bit = 0; bit < 20; bit++) {
      text.append((number >> bit & 1) == 0 ? "Aa" : "BB");
    }
    return text.toString();
  }

  private static String whiteSpace(int number) {
    StringBuilder text = new StringBuilder();
    for (int bit = 0; bit < 20; bit++) {
      text.append((number >> bit & 1) == 0 ? " " : "\\t");
    }
    return text.toString();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
