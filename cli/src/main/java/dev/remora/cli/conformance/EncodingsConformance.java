package dev.remora.cli.conformance;

import com.google.gson.JsonParseException;
import dev.remora.Tokenizer;
import dev.remora.bundle.FileNames;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.cli.verb.EmbeddedVocabulary;
import dev.remora.cli.verb.Json;
import dev.remora.conformance.ConformanceResult;
import dev.remora.conformance.EncodingConformance;
import dev.remora.remote.LoadOptions;
import dev.remora.remote.TokenizerSource;
import dev.remora.remote.Tokenizers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;

/** Whether encodings of models that have no template write what the models' own code writes. */
@Command(
    name = "encodings",
    mixinStandardHelpOptions = true,
    description = "Write golden conversations in the encoding of a model, and compare.")
final class EncodingsConformance extends CasesConformance {
  /** The special tokens of harmony, over o200k_base; those between are reserved. */
  private static final Map<Integer, String> HARMONY =
      Map.of(
          199_998, "<|startoftext|>",
          199_999, "<|endoftext|>",
          200_002, "<|return|>",
          200_003, "<|constrain|>",
          200_005, "<|channel|>",
          200_006, "<|start|>",
          200_007, "<|end|>",
          200_008, "<|message|>",
          200_012, "<|call|>",
          200_018, "<|endofprompt|>");

  @Override
  ConformanceResult compare(Path file) throws IOException {
    try {
      return EncodingConformance.run(file, EncodingsConformance::harmony, out()::println);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (IllegalArgumentException e) {
      throw new JsonParseException(e.getMessage(), e);
    }
  }

  private static Tokenizer harmony() {
    Map<String, Object> added = new TreeMap<>();
    HARMONY.forEach(
        (id, token) -> added.put(String.valueOf(id), Map.of("content", token, "special", true)));
    String config = Json.write(Map.of("added_tokens_decoder", added));
    try {
      TokenizerBundle bundle =
          TokenizerBundle.builder(Fingerprint.local())
              .add(EmbeddedVocabulary.FILE, EmbeddedVocabulary.ranks())
              .add(FileNames.TOKENIZER_CONFIG, config.getBytes(StandardCharsets.UTF_8))
              .build();
      return Tokenizers.load(TokenizerSource.bundle(bundle), LoadOptions.DEFAULT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
