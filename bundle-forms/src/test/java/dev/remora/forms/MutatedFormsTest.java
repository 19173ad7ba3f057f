package dev.remora.forms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.Rule;
import dev.remora.TokenizerException;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Broken files of every form give a tokenizer or a typed refusal, and nothing else. */
class MutatedFormsTest {
  private static final int ROUNDS = 12_000;

  private static final String CONFIG =
      """
      {"tokenizer_class": "%s", "add_bos_token": true, "add_eos_token": true,
       "model_max_length": 1e30, "bos_token": {"content": "<s>", "lstrip": false},
       "eos_token": "</s>", "additional_special_tokens": ["<x>", {"content": "<y>"}],
       "added_tokens_decoder": {"10": {"content": "<|begin_of_text|>", "special": true}}}
      """;

  private static byte[] config(String tokenizerClass) {
    return CONFIG.formatted(tokenizerClass).getBytes(UTF_8);
  }

  private static List<Map<String, byte[]>> bundles() {
    byte[] eos = "{\"eos_token_id\":[1,2],\"text_config\":{\"eos_token_id\":3}}".getBytes(UTF_8);
    byte[] vocabulary = "{\"a\":0,\"b\":1,\"ab\":2}".getBytes(UTF_8);
    byte[] merges = "#version: 0.2\na b\n".getBytes(UTF_8);
    byte[] ranks = "YQ== 0\nYg== 1\nYWI= 2\n".getBytes(UTF_8);
    byte[] sentencePiece = SentencePieceFormTest.smallModel();
    return List.of(
        Map.of("tokenizer.json", TinyTokenizers.byteLevel(), "tokenizer_config.json", config("X")),
        Map.of(
            "vocab.json",
            vocabulary,
            "merges.txt",
            merges,
            "tokenizer_config.json",
            config("Qwen2Tokenizer")),
        Map.of("tiktoken.model", ranks, "tokenizer_config.json", config("X"), "config.json", eos),
        Map.of("tokenizer.model", sentencePiece),
        Map.of("spiece.model", sentencePiece, "tokenizer_config.json", config("T5Tokenizer")),
        Map.of(
            "sentencepiece.bpe.model",
            SentencePieceFormTest.smallUnigram(),
            "tokenizer_config.json",
            config("XLMRobertaTokenizer")),
        Map.of("tokenizer.model", SentencePieceFormTest.smallUnigram()),
        Map.of("vocab.json", vocabulary, "tokenizer_config.json", config("GPT2Tokenizer")),
        Map.of(
            "vocab.txt",
            "[UNK]\n[CLS]\n[SEP]\na\n##b".getBytes(UTF_8),
            "tokenizer_config.json",
            config("BertTokenizer")),
        Map.of("tekken.json", TekkenFormTest.file("v3", 30, 288, "null").getBytes(UTF_8)),
        Map.of("tokenizer.model", sentencePiece, "tokenizer_config.json", config("LlamaTokenizer")),
        Map.of(
            "tokenizer.json",
            TinyTokenizers.byteLevel(),
            "special_tokens_map.json",
            config("X"),
            "added_tokens.json",
            "{\"<a>\":266,\"<b>\":267}".getBytes(UTF_8)));
  }

  @Test
  void files_mutated_areReadOrRefused() {
    Random random = new Random(20261123);
    List<Map<String, byte[]>> bundles = bundles();
    for (int round = 0; round < ROUNDS; round++) {
      Map<String, byte[]> files = new LinkedHashMap<>(bundles.get(round % bundles.size()));
      List<String> names = files.keySet().stream().sorted().toList();
      files.computeIfPresent(
          names.get(random.nextInt(names.size())), (name, file) -> mutated(file, random));
      TokenizerBundle.Builder bundle = TokenizerBundle.builder(Fingerprint.local());
      files.forEach(bundle::add);
      define(bundle.build(), round);
    }
  }

  private static void define(TokenizerBundle bundle, int round) {
    try {
      assertTrue(BundleForms.define(bundle).vocabulary().size() >= 0);
    } catch (TokenizerException refused) {
      assertEquals(Optional.of(Rule.C8), refused.rule(), () -> "round " + round);
    } catch (RuntimeException | Error e) {
      throw new AssertionError("round " + round, e);
    }
  }

  private static byte[] mutated(byte[] file, Random random) {
    byte[] mutant = file.clone();
    for (int change = random.nextInt(4); change >= 0; change--) {
      int at = random.nextInt(mutant.length);
      mutant[at] =
          random.nextBoolean() ? mutant[random.nextInt(mutant.length)] : (byte) random.nextInt(256);
    }
    return random.nextInt(8) == 0 ? Arrays.copyOf(mutant, random.nextInt(mutant.length)) : mutant;
  }
}
