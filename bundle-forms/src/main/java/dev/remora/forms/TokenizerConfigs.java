package dev.remora.forms;

import dev.remora.BundleException;
import dev.remora.LimitException;
import dev.remora.bundle.BundleFile;
import dev.remora.bundle.FileNames;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.guard.BuildGuard;
import dev.remora.core.special.ConfiguredTokens;
import dev.remora.forms.json.LenientJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The configs beside a tokenizer, read as transformers reads them and tolerantly: a value of
 * another type than the expected one counts as absent. Immutable.
 *
 * @param files the names of all files of the bundle, for messages
 * @param hasTokenizerConfig whether there is a tokenizer_config.json
 * @param tokenizer tokenizer_config.json
 * @param model config.json; empty where it is absent
 * @param tokens what the configs say about tokens
 */
record TokenizerConfigs(
    List<String> files,
    boolean hasTokenizerConfig,
    Map<String, @Nullable Object> tokenizer,
    Optional<Map<String, @Nullable Object>> model,
    ConfiguredTokens tokens) {
  private static final Set<String> READ =
      Set.of(
          FileNames.TOKENIZER_CONFIG,
          FileNames.MODEL_CONFIG,
          FileNames.SPECIAL_TOKENS_MAP,
          FileNames.ADDED_TOKENS,
          FileNames.GENERATION_CONFIG);

  /**
   * The configs of a bundle.
   *
   * @param guard ends it early
   * @throws BundleException if one of them is not JSON
   * @throws LimitException if together they have more than 8 MiB
   */
  static TokenizerConfigs of(TokenizerBundle bundle, BuildGuard guard) {
    checkSizes(bundle);
    Optional<Map<String, @Nullable Object>> config =
        read(bundle, FileNames.TOKENIZER_CONFIG, guard);
    Optional<Map<String, @Nullable Object>> model = read(bundle, FileNames.MODEL_CONFIG, guard);
    Map<String, @Nullable Object> tokenizer = new LinkedHashMap<>(config.orElse(Map.of()));
    ConfiguredTokens tokens =
        ConfiguredTokensReader.read(
            tokenizer,
            read(bundle, FileNames.SPECIAL_TOKENS_MAP, guard).orElse(Map.of()),
            read(bundle, FileNames.ADDED_TOKENS, guard).orElse(Map.of()),
            List.of(
                read(bundle, FileNames.GENERATION_CONFIG, guard).orElse(Map.of()),
                model.orElse(Map.of())));
    List<String> files = new ArrayList<>();
    for (BundleFile file : bundle.files()) {
      files.add(file.name());
    }
    return new TokenizerConfigs(files, config.isPresent(), tokenizer, model, tokens);
  }

  /** Bounds what is parsed of all of them, since it is held at once. */
  private static void checkSizes(TokenizerBundle bundle) {
    long bytes = 0;
    for (BundleFile file : bundle.files()) {
      if (READ.contains(file.name())) {
        bytes += file.length();
      }
    }
    LenientJson.checkSize("the configs", bytes);
  }

  private static Optional<Map<String, @Nullable Object>> read(
      TokenizerBundle bundle, String file, BuildGuard guard) {
    guard.check();
    return bundle.read(file, content -> LenientJson.object(file, content));
  }

  /** The class of the tokenizer that tokenizer_config.json names, without the ending Fast. */
  Optional<String> tokenizerClass() {
    return text("tokenizer_class")
        .map(name -> name.endsWith("Fast") ? name.substring(0, name.length() - 4) : name);
  }

  /** The {@code model_type} of config.json. */
  Optional<String> modelType() {
    return model.map(config -> config.get("model_type")).map(TokenizerConfigs::textOrNull);
  }

  /** A string of tokenizer_config.json. */
  Optional<String> text(String name) {
    return Optional.ofNullable(textOrNull(tokenizer.get(name)));
  }

  private static @Nullable String textOrNull(@Nullable Object value) {
    return value instanceof String text ? text : null;
  }

  /** A flag of tokenizer_config.json; empty if it is absent, null or not a boolean. */
  Optional<Boolean> flag(String name) {
    return tokenizer.get(name) instanceof Boolean flag ? Optional.of(flag) : Optional.empty();
  }

  /** The same configs with other tokens. */
  TokenizerConfigs withTokens(ConfiguredTokens others) {
    return new TokenizerConfigs(files, hasTokenizerConfig, tokenizer, model, others);
  }
}
