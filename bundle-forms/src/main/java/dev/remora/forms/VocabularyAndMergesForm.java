package dev.remora.forms;

import dev.remora.BundleException;
import dev.remora.LimitException;
import dev.remora.Rule;
import dev.remora.bundle.FileNames;
import dev.remora.core.definition.ByteLevelSettings;
import dev.remora.core.definition.Normalizer;
import dev.remora.core.definition.PreTokenizer;
import dev.remora.core.guard.BuildGuard;
import dev.remora.core.json.JsonCursor;
import dev.remora.core.regex.KnownRegex;
import dev.remora.core.special.ConfiguredTokens;
import dev.remora.core.vocabulary.MergeList;
import dev.remora.core.vocabulary.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads vocab.json, and merges.txt if it is there, by the class of the tokenizer. Without a
 * merges.txt the merges are those that transformers makes of a vocabulary: every way to cut a token
 * into two, in the order of the ids.
 */
final class VocabularyAndMergesForm {
  /** Real tokens have at most 256 bytes; recovering the merges of one costs their square. */
  private static final int MAX_TOKEN_BYTES = 1 << 10;

  private static final String END_OF_TEXT = "<|endoftext|>";

  /** The tokenizer classes of transformers for model types that need no tokenizer_config.json. */
  private static final Map<String, String> CLASS_OF_MODEL_TYPE =
      Map.of("gpt2", "GPT2Tokenizer", "qwen2", "Qwen2Tokenizer", "qwen2_moe", "Qwen2Tokenizer");

  private VocabularyAndMergesForm() {}

  /**
   * Reads the files.
   *
   * @param merges empty where there is no merges.txt
   * @param guard ends it early
   * @throws BundleException if the class is neither GPT-2's nor Qwen2's, or a merge is broken
   */
  static AssembledForm read(
      byte[] vocabulary, Optional<byte[]> merges, TokenizerConfigs configs, BuildGuard guard) {
    String name =
        configs
            .tokenizerClass()
            .or(() -> configs.modelType().map(CLASS_OF_MODEL_TYPE::get))
            .orElse("");
    if (!name.equals("GPT2Tokenizer") && !name.equals("Qwen2Tokenizer")) {
      throw new BundleException(
          Rule.C8,
          FileNames.VOCABULARY,
          (name.isEmpty() ? "no config names its tokenizer_class" : name + " is not supported")
              + ": GPT2Tokenizer and Qwen2Tokenizer are");
    }
    boolean isQwen = name.equals("Qwen2Tokenizer");
    Map<String, String> defaults = new LinkedHashMap<>();
    for (String role : List.of("unk_token", "eos_token", isQwen ? "pad_token" : "bos_token")) {
      defaults.put(role, END_OF_TEXT);
    }
    boolean prefixSpace = configs.flag("add_prefix_space").orElse(false);
    ConfiguredTokens withDefaults = configs.tokens().withDefaults(defaults);
    Vocabulary.Builder builder = Vocabulary.builder();
    int entries = readVocabulary(vocabulary, builder, guard);
    Vocabulary tokens = builder.build();
    FormParts parts =
        new FormParts(
            isQwen ? Optional.of(new Normalizer.Nfc()) : Optional.empty(),
            Optional.of(
                isQwen
                    ? CommonParts.splitThenSpell(KnownRegex.QWEN.expression(), prefixSpace)
                    : new PreTokenizer.ByteLevel(new ByteLevelSettings(prefixSpace, true, true))),
            CommonParts.byteLevelModel(
                merges.isPresent()
                    ? readMerges(new String(merges.get(), StandardCharsets.UTF_8), guard)
                    : recoverMerges(tokens, withDefaults, guard),
                "",
                false),
            tokens,
            entries,
            Optional.of(CommonParts.BYTE_LEVEL_PROCESSOR),
            Optional.of(CommonParts.BYTE_LEVEL_DECODER),
            List.copyOf(configs.tokens().added().values()),
            Optional.empty());
    return new AssembledForm(parts, configs.withTokens(withDefaults));
  }

  /** Reads a vocab.json; gives the number of its entries. */
  static int readVocabulary(byte[] file, Vocabulary.Builder tokens, BuildGuard guard) {
    JsonCursor json = new JsonCursor(FileNames.VOCABULARY, file, 0);
    int entries = 0;
    json.expect('{');
    if (!json.take('}')) {
      do {
        json.readString();
        byte[] text = json.text();
        int from = json.textFrom();
        int to = json.textTo();
        json.expect(':');
        tokens.token(text, from, to, json.readInteger());
        guard.check(entries++);
      } while (json.take(','));
      json.expect('}');
    }
    json.expectEnd();
    return entries;
  }

  /** The merges that a vocabulary stands for; tokens with a role, and special ones, have none. */
  private static MergeList recoverMerges(
      Vocabulary vocabulary, ConfiguredTokens configured, BuildGuard guard) {
    Set<Integer> skipped = new HashSet<>();
    Stream.concat(configured.roles().values().stream(), configured.additional().stream())
        .forEach(token -> vocabulary.idOf(token.content()).ifPresent(skipped::add));
    MergeList.Builder merges = MergeList.builder();
    vocabulary.forEachModelToken(
        (utf8, from, to, id) -> {
          guard.check(id);
          checkLength(to - from);
          if (!skipped.contains(id)) {
            TokenCuts.each(
                vocabulary,
                utf8,
                from,
                to,
                false,
                (left, right, at) -> {
                  if (!skipped.contains(left) && !skipped.contains(right)) {
                    merges.merge(utf8, from, at, at, to);
                  }
                });
            BundleForms.checkRecovered(merges);
          }
        });
    return merges.build();
  }

  private static void checkLength(int bytes) {
    if (bytes > MAX_TOKEN_BYTES) {
      throw new LimitException(
          Rule.C8, "bytes of a token without merges.txt", MAX_TOKEN_BYTES, bytes);
    }
  }

  /** Reads a merges.txt. */
  static MergeList readMerges(String merges, BuildGuard guard) {
    MergeList.Builder read = MergeList.builder();
    int line = 0;
    for (int from = 0; from < merges.length(); ) {
      int end = merges.indexOf('\n', from);
      int to = end < 0 ? merges.length() : end;
      String merge = merges.substring(from, to).strip();
      guard.check(line++);
      if (!merge.isEmpty() && !merge.startsWith("#version")) {
        int space = merge.indexOf(' ');
        if (space < 0 || merge.indexOf(' ', space + 1) >= 0) {
          throw new BundleException(
              Rule.C8,
              FileNames.MERGES,
              String.format(
                  Locale.ROOT, "line %,d is not two tokens with one space between", line));
        }
        byte[] left = merge.substring(0, space).getBytes(StandardCharsets.UTF_8);
        byte[] right = merge.substring(space + 1).getBytes(StandardCharsets.UTF_8);
        read.merge(left, 0, left.length, right, 0, right.length);
      }
      from = to + 1;
    }
    return read.build();
  }
}
