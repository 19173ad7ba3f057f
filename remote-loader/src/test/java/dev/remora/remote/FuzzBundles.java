package dev.remora.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.conformance.contract.ContractBundle;
import dev.remora.core.definition.SplitBehavior;
import dev.remora.forms.TinyTokenizers;
import dev.remora.forms.sentencepiece.ModelProto;
import dev.remora.forms.sentencepiece.ModelProto.SentencePiece;
import dev.remora.forms.sentencepiece.TrainerSpec;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.StringJoiner;
import java.util.stream.Stream;

/** Bundles of every form whose files were changed in their bytes or in their structure. */
final class FuzzBundles {
  private static final List<String> TOKENIZERS =
      List.of(
          text(TinyTokenizers.byteLevel()),
          text(TinyTokenizers.wordPiece()),
          text(TinyTokenizers.unigram()),
          text(ContractBundle.BYTE_LEVEL.json()),
          text(ContractBundle.BYTE_FALLBACK.json()));

  private static final List<String> CLASSES =
      List.of(
          "X",
          "LlamaTokenizer",
          "GemmaTokenizer",
          "T5Tokenizer",
          "XLMRobertaTokenizer",
          "XLNetTokenizer",
          "Qwen2Tokenizer",
          "GPT2Tokenizer",
          "BertTokenizer",
          "TikTokenTokenizer",
          "ChatGLM4Tokenizer");

  private static final String CONFIG =
      """
      {"tokenizer_class": "%s", "add_bos_token": true, "add_eos_token": true,
       "model_max_length": 1e30, "bos_token": {"content": "<s>", "lstrip": false},
       "eos_token": "</s>", "additional_special_tokens": ["<x>", {"content": "<y>"}],
       "added_tokens_decoder": {"300": {"content": "<|begin_of_text|>", "special": true}}}
      """;

  private static final List<String> BEHAVIORS =
      Stream.of(SplitBehavior.values()).map(SplitBehavior::jsonName).toList();

  private static final List<String> CONTENTS =
      List.of(
          "a", "b", " ", "\n", "▁", "é", "e\u0301", "<s>", "<|end|>", " <x>", "( ▁<s>", "\u200d");

  private static final byte[] VOCABULARY = vocabulary();
  private static final byte[] RANKS = ranks();

  /** One or more of each type that tokenizers knows, by the member that holds it. */
  private static final JsonObject COMPONENTS = components();

  /** The member of a Sequence that holds its parts. */
  private static final Map<String, String> LISTS =
      Map.of(
          "normalizer", "normalizers",
          "pre_tokenizer", "pretokenizers",
          "post_processor", "processors",
          "decoder", "decoders");

  private FuzzBundles() {}

  private static String text(byte[] utf8) {
    return new String(utf8, UTF_8);
  }

  private static byte[] config(String tokenizerClass) {
    return Archives.utf8(CONFIG.formatted(tokenizerClass));
  }

  private static byte[] vocabulary() {
    JsonObject vocabulary = new JsonObject();
    TinyTokenizers.byteAlphabet().forEach(each -> vocabulary.addProperty(each, vocabulary.size()));
    vocabulary.addProperty("ab", 256);
    vocabulary.addProperty("aab", 257);
    return Archives.utf8(vocabulary.toString());
  }

  private static byte[] ranks() {
    StringBuilder lines = new StringBuilder();
    for (int rank = 0; rank < 256; rank++) {
      byte[] token = {(byte) rank};
      lines.append(Base64.getEncoder().encodeToString(token)).append(" " + rank + "\n");
    }
    return Archives.utf8(lines + "YWI= 256\nYWFi 257\n");
  }

  private static byte[] tekken() {
    StringJoiner ranks = new StringJoiner(",");
    for (int rank = 0; rank < 258; rank++) {
      byte[] token = rank < 256 ? new byte[] {(byte) rank} : Archives.utf8("a".repeat(rank - 254));
      ranks.add(
          "{\"rank\":%d,\"token_bytes\":\"%s\"}"
              .formatted(rank, Base64.getEncoder().encodeToString(token)));
    }
    return Archives.utf8(
        """
        {"config":{"pattern":"\\\\p{L}+|\\\\s+|[^\\\\p{L}\\\\s]+","default_vocab_size":278,
        "default_num_special_tokens":20,"version":"v3"},"vocab":[%s]}
        """
            .formatted(ranks));
  }

  private static JsonObject components() {
    try (InputStream in = FuzzBundles.class.getResourceAsStream("fuzz-components.json")) {
      return JsonParser.parseString(text(Objects.requireNonNull(in).readAllBytes()))
          .getAsJsonObject();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * A bundle whose files were changed, often only one of them.
   *
   * @param odd each component is with a chance of one to this number another one
   */
  static TokenizerBundle mutated(Random random, int odd) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    switch (random.nextInt(16)) {
      case 0 -> {
        files.put("vocab.json", VOCABULARY);
        files.put("merges.txt", Archives.utf8("#version: 0.2\na b\na ab\n"));
        files.put("tokenizer_config.json", config("Qwen2Tokenizer"));
      }
      case 1 -> {
        files.put("tiktoken.model", RANKS);
        files.put("tokenizer_config.json", config("PreTrainedTokenizerFast"));
      }
      case 2 -> files.put("tokenizer.model", sentencePiece(random));
      case 3 -> {
        files.put("vocab.txt", Archives.utf8("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\nb\n##b\n"));
        files.put("tokenizer_config.json", config("BertTokenizer"));
      }
      case 4 -> files.put("tekken.json", tekken());
      case 5 -> {
        files.put("vocab.json", VOCABULARY);
        files.put("tokenizer_config.json", config("GPT2Tokenizer"));
      }
      case 6 -> {
        files.put("spiece.model", sentencePiece(random));
        files.put("tokenizer_config.json", config("T5Tokenizer"));
      }
      default -> files.put("tokenizer.json", Archives.utf8(tokenizer(random, odd)));
    }
    if (random.nextInt(4) == 0) {
      String name = CLASSES.get(random.nextInt(CLASSES.size()));
      files.put("tokenizer_config.json", config(name));
    }
    if (random.nextInt(8) == 0) {
      files.remove("tokenizer_config.json");
      files.put("special_tokens_map.json", config("LlamaTokenizer"));
      files.put("added_tokens.json", Archives.utf8("{\"<a>\":266,\"<b>\":267}"));
      files.put("config.json", Archives.utf8("{\"eos_token_id\":[1,2],\"text_config\":{}}"));
    }
    TokenizerBundle.Builder bundle = TokenizerBundle.builder(Fingerprint.local());
    files.forEach((name, file) -> bundle.add(name, mutated(name, file, random)));
    return bundle.build();
  }

  private static byte[] mutated(String name, byte[] file, Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> FuzzBytes.mutated(file, random);
      case 1, 2, 3 ->
          name.endsWith(".json") ? Archives.utf8(FuzzJson.mutated(text(file), random)) : file;
      default -> file;
    };
  }

  private static String tokenizer(Random random, int odd) {
    String json = TOKENIZERS.get(random.nextInt(TOKENIZERS.size()));
    for (String name : COMPONENTS.keySet()) {
      if (random.nextInt(odd) == 0) {
        json = FuzzJson.with(json, name, part(name, random));
      }
    }
    return json;
  }

  private static String part(String name, Random random) {
    JsonArray parts = COMPONENTS.getAsJsonArray(name);
    if (name.equals("added_tokens") && random.nextBoolean()) {
      return addedTokens(random);
    }
    String part = one(name, parts, random);
    String list = LISTS.get(name);
    if (list == null || random.nextBoolean()) {
      return part;
    }
    List<String> sequence = new ArrayList<>();
    for (int count = 1 + random.nextInt(random.nextInt(20) == 0 ? 30 : 5); count >= 0; count--) {
      sequence.add(random.nextInt(4) == 0 ? part : one(name, parts, random));
    }
    return "{\"type\":\"Sequence\",\"%s\":[%s]}".formatted(list, String.join(",", sequence));
  }

  /** A component, or one that splits by, or replaces, what a random regex matches. */
  private static String one(String name, JsonArray parts, Random random) {
    if (random.nextInt(4) > 0 || name.equals("post_processor")) {
      return parts.get(random.nextInt(parts.size())).toString();
    }
    JsonObject pattern = new JsonObject();
    pattern.addProperty("Regex", FuzzRegexes.regex(random));
    JsonObject component = new JsonObject();
    component.add("pattern", pattern);
    if (name.equals("pre_tokenizer")) {
      component.addProperty("type", "Split");
      component.addProperty("behavior", BEHAVIORS.get(random.nextInt(BEHAVIORS.size())));
      component.addProperty("invert", random.nextBoolean());
    } else {
      component.addProperty("type", "Replace");
      component.addProperty("content", random.nextBoolean() ? "" : "\u200da\"|");
    }
    return component.toString();
  }

  private static String addedTokens(Random random) {
    JsonArray tokens = new JsonArray();
    for (int count = random.nextInt(6); count >= 0; count--) {
      JsonObject token = new JsonObject();
      token.addProperty("id", random.nextInt(310));
      token.addProperty("content", CONTENTS.get(random.nextInt(CONTENTS.size())));
      for (String flag : List.of("single_word", "lstrip", "rstrip", "normalized", "special")) {
        token.addProperty(flag, random.nextBoolean());
      }
      tokens.add(token);
    }
    return tokens.toString();
  }

  private static byte[] sentencePiece(Random random) {
    ModelProto.Builder model = ModelProto.newBuilder();
    TrainerSpec.ModelType type =
        random.nextBoolean() ? TrainerSpec.ModelType.BPE : TrainerSpec.ModelType.UNIGRAM;
    model.setTrainerSpec(TrainerSpec.newBuilder().setModelType(type));
    model.addPieces(piece("<unk>", 0, SentencePiece.Type.UNKNOWN));
    model.addPieces(piece("<s>", 0, SentencePiece.Type.CONTROL));
    model.addPieces(piece("</s>", 0, SentencePiece.Type.CONTROL));
    for (int value = 0; value < 256; value++) {
      model.addPieces(piece("<0x%02X>".formatted(value), 0, SentencePiece.Type.BYTE));
    }
    for (String piece : List.of("▁a", "▁", "a", "b", "ab", "é", "<tool>")) {
      model.addPieces(piece(piece, -model.getPiecesCount(), SentencePiece.Type.NORMAL));
    }
    byte[] file = model.build().toByteArray();
    try {
      for (int change = random.nextInt(3); change > 0; change--) {
        file = FuzzMessages.mutated(ModelProto.parseFrom(file), random).toByteArray();
      }
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("a changed message can be parsed", e);
    }
    return file;
  }

  private static SentencePiece piece(String text, float score, SentencePiece.Type type) {
    return SentencePiece.newBuilder().setPiece(text).setScore(score).setType(type).build();
  }
}
