package dev.remora.engine;

import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.engine.TokenizerDefinition;
import dev.remora.djl.contract.ContractBundle;
import dev.remora.forms.BundleForms;
import dev.remora.forms.RankFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Tokenizers of every kind that the engine serves, made of what the repository has. */
enum TestVocabulary {
  O200K("o200k_base", "o200k_base"),
  CL100K("cl100k_base", "cl100k_base"),
  /** Kimi's regex over another vocabulary of many Chinese words. */
  KIMI("o200k_base", "kimi"),
  /** Mistral's regex since Nemo. */
  MISTRAL("o200k_base", "o200k_base") {
    @Override
    String changed(String json) {
      return json.replace("(?i:'s|'t|'re|'ve|'m|'ll|'d)?", "").replace("\\\\p{N}{1,3}", "\\\\p{N}");
    }
  },
  /** The regexes of DeepSeek-V3, over another vocabulary. */
  DEEPSEEK("o200k_base", "o200k_base") {
    @Override
    String changed(String json) {
      StringBuilder parts = new StringBuilder();
      for (String regex : DeepSeekScanner.REGEXES) {
        String escaped =
            regex
                .replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\r", "\\r")
                .replace("\n", "\\n");
        parts.append(
            "{\"type\":\"Split\",\"pattern\":{\"Regex\":\"%s\"},\"behavior\":\"Isolated\",\"invert\":false},"
                .formatted(escaped));
      }
      return replaceMember(
          json,
          "pre_tokenizer",
          "{\"type\":\"Sequence\",\"pretokenizers\":["
              + parts
              + "{\"type\":\"ByteLevel\",\"add_prefix_space\":false,\"trim_offsets\":true,\"use_regex\":false}]}");
    }
  },
  /** Llama-3's regex, NFC, BOS and EOS. */
  LLAMA3("", ""),
  QWEN2("", "") {
    @Override
    String changed(String json) {
      return json.replace("\\\\p{N}{1,3}", "\\\\p{N}");
    }
  },
  GPT2("", "") {
    @Override
    String changed(String json) {
      return replaceMember(
          json,
          "pre_tokenizer",
          "{\"type\":\"ByteLevel\",\"add_prefix_space\":true,\"trim_offsets\":true,\"use_regex\":true}");
    }
  },
  /** Prepend and Replace as normalizers. */
  LLAMA2("", ""),
  /** Replace as normalizer, behind which a Split at spaces finds none. */
  GEMMA("", "") {
    @Override
    String changed(String json) {
      String replace = "{\"type\":\"Replace\",\"pattern\":{\"String\":\"%s\"},\"content\":\"%s\"}";
      String split =
          "{\"type\":\"Split\",\"pattern\":{\"String\":\" \"},\"behavior\":\"MergedWithPrevious\",\"invert\":false}";
      String decoders =
          "{\"type\":\"Sequence\",\"decoders\":[%s,{\"type\":\"ByteFallback\"},{\"type\":\"Fuse\"}]}"
              .formatted(replace.formatted("▁", " "));
      String normalized = replaceMember(json, "normalizer", replace.formatted(" ", "▁"));
      return replaceMember(replaceMember(normalized, "pre_tokenizer", split), "decoder", decoders);
    }
  },
  METASPACE("", "") {
    @Override
    String changed(String json) {
      String metaspace =
          "{\"type\":\"Metaspace\",\"replacement\":\"▁\",\"prepend_scheme\":\"first\",\"split\":true}";
      return replaceMember(replaceMember(json, "normalizer", "null"), "pre_tokenizer", metaspace);
    }
  };

  private final String ranks;
  private final String family;

  TestVocabulary(String ranks, String family) {
    this.ranks = ranks;
    this.family = family;
  }

  String changed(String json) {
    return json;
  }

  TokenizerDefinition definition() {
    String json = new String(original(), StandardCharsets.UTF_8);
    return definition(changed(json).getBytes(StandardCharsets.UTF_8));
  }

  private byte[] original() {
    if (!ranks.isEmpty()) {
      return RankFiles.toTokenizerJson(family, read(ranks));
    }
    boolean sentencePiece = this == LLAMA2 || this == GEMMA || this == METASPACE;
    return (sentencePiece ? ContractBundle.BYTE_FALLBACK : ContractBundle.BYTE_LEVEL).json();
  }

  static TokenizerDefinition definition(byte[] json) {
    return BundleForms.define(
        TokenizerBundle.builder(Fingerprint.local()).add("tokenizer.json", json).build());
  }

  /** Replaces a member of the outermost object that is null or an object. */
  static String replaceMember(String json, String name, String value) {
    int from = json.indexOf("\"" + name + "\":") + name.length() + 3;
    int to = from;
    int depth = 0;
    boolean quoted = false;
    do {
      char sign = json.charAt(to++);
      if (sign == '\\') {
        to++;
      } else if (sign == '"') {
        quoted = !quoted;
      } else if (!quoted) {
        depth += sign == '{' ? 1 : sign == '}' ? -1 : 0;
      }
    } while (depth > 0 || (json.charAt(from) != '{' && json.charAt(to) != ','));
    return json.substring(0, from) + value + json.substring(to);
  }

  private static byte[] read(String encoding) {
    String resource = "/com/knuddels/jtokkit/" + encoding + ".tiktoken";
    try (InputStream in = TestVocabulary.class.getResourceAsStream(resource)) {
      return Objects.requireNonNull(in, resource).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
