package dev.remora.forms;

import dev.remora.BundleException;
import dev.remora.LimitException;
import dev.remora.Rule;
import dev.remora.bundle.BundleFile;
import dev.remora.bundle.BundleInfo;
import dev.remora.bundle.FileNames;
import dev.remora.bundle.SpecialTokens;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.definition.PostProcessor;
import dev.remora.core.definition.PostProcessor.TokenId;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.guard.BuildGuard;
import dev.remora.core.special.ConfiguredToken;
import dev.remora.core.special.SpecialTokenResolver;
import dev.remora.core.vocabulary.AddedToken;
import dev.remora.core.vocabulary.MergeList;
import dev.remora.core.vocabulary.Vocabulary;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The way from the files of a bundle to a tokenizer as data, whichever form the bundle has. In this
 * order the first form that is there counts: tokenizer.json; vocab.json with merges.txt;
 * tekken.json; tiktoken.model or the one {@code *.tiktoken}; tokenizer.model or the one {@code
 * *.model}, of SentencePiece or tiktoken; vocab.json alone; vocab.txt.
 *
 * <p>Thread-safe.
 */
public final class BundleForms {
  /** Real tokenizers have up to 35 MB. */
  private static final int MAX_FILE_BYTES = 64 << 20;

  /** Some have their tokenizer in two forms or three. */
  private static final int MAX_KEPT_BYTES = 128 << 20;

  /** Merges that a form does not name but stands for; those of Llama-3 have 2.6 MiB of tokens. */
  private static final int MAX_RECOVERED_BYTES = 16 << 20;

  private BundleForms() {}

  /**
   * The form that a bundle's tokenizer is read from: the name of its main file.
   *
   * @throws BundleException if the bundle holds no tokenizer; it lists what the bundle holds
   */
  static String formOf(TokenizerBundle bundle) {
    List<String> names = bundle.files().stream().map(BundleFile::name).toList();
    if (names.contains(FileNames.TOKENIZER_JSON)) {
      return FileNames.TOKENIZER_JSON;
    }
    if (names.containsAll(Set.of(FileNames.VOCABULARY, FileNames.MERGES))) {
      return FileNames.VOCABULARY;
    }
    return Stream.of(
            named(names, FileNames.TEKKEN),
            named(names, FileNames.TIKTOKEN),
            only(names, FileNames::isRankFile),
            named(names, FileNames.SENTENCE_PIECE),
            only(names, FileNames::isModel),
            named(names, FileNames.VOCABULARY),
            named(names, FileNames.WORD_PIECES))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(() -> new BundleException(Rule.C8, null, missing(names)));
  }

  private static Optional<String> named(List<String> names, String name) {
    return names.contains(name) ? Optional.of(name) : Optional.empty();
  }

  /** The one name that passes; empty if none does, or several do. */
  private static Optional<String> only(List<String> names, Predicate<String> test) {
    List<String> passing = names.stream().filter(test).toList();
    return passing.size() == 1 ? Optional.of(passing.get(0)) : Optional.empty();
  }

  private static String missing(List<String> names) {
    String problem = "the bundle holds no tokenizer that is supported: ";
    if (names.stream().anyMatch(FileNames::isRankFile)) {
      problem += "which of its .tiktoken files counts cannot be told; ";
    }
    if (names.stream().anyMatch(FileNames::isModel)) {
      problem += "which of its .model files counts cannot be told; ";
    }
    if (names.contains(FileNames.MERGES)) {
      problem += "merges.txt lacks its vocab.json; ";
    }
    return problem
        + "one of tokenizer.json, vocab.json, tekken.json, tiktoken.model, *.tiktoken,"
        + " tokenizer.model, *.model and vocab.txt is missing (the bundle holds "
        + names
        + ")";
  }

  /** What stays of a bundle whose definition is this one. */
  public static BundleInfo describe(TokenizerBundle bundle, TokenizerDefinition definition) {
    return new BundleInfo(bundle, formOf(bundle), definition.specialTokens());
  }

  /** The tokenizer of a bundle as data, whatever time that takes. */
  public static TokenizerDefinition define(TokenizerBundle bundle) {
    return define(bundle, BuildGuard.NONE);
  }

  /**
   * The tokenizer of a bundle as data.
   *
   * @param guard ends it early
   * @throws BundleException if the bundle holds no tokenizer, or a broken one
   * @throws LimitException if its files, or what they stand for, are too large (rule C8)
   */
  public static TokenizerDefinition define(TokenizerBundle bundle, BuildGuard guard) {
    String form = formOf(bundle);
    long keptBytes = 0;
    for (BundleFile file : bundle.files()) {
      if (TokenizerBundle.keeps(file.name())) {
        keptBytes += file.length();
        checkKept(file.name(), file.length(), keptBytes);
      }
    }
    TokenizerConfigs configs = TokenizerConfigs.of(bundle, guard);
    return bundle.read(form, file -> define(form, file, bundle, configs, guard)).orElseThrow();
  }

  private static TokenizerDefinition define(
      String form,
      byte[] file,
      TokenizerBundle bundle,
      TokenizerConfigs configs,
      BuildGuard guard) {
    if (form.equals(FileNames.TOKENIZER_JSON)) {
      FormParts parts = MistralRegex.fixed(TokenizerJsonForm.read(file, guard), configs);
      return definition(parts, configs, false, guard);
    }
    AssembledForm read = assemble(form, file, bundle, configs, guard);
    return definition(read.parts(), read.configs(), true, guard);
  }

  /** The register: a form without a tokenizer.json has its line here. */
  private static AssembledForm assemble(
      String form,
      byte[] file,
      TokenizerBundle bundle,
      TokenizerConfigs configs,
      BuildGuard guard) {
    if (form.equals(FileNames.VOCABULARY)) {
      return VocabularyAndMergesForm.read(file, bundle.content(FileNames.MERGES), configs, guard);
    }
    if (form.equals(FileNames.WORD_PIECES)) {
      return WordPieceForm.read(file, configs, guard);
    }
    if (form.equals(FileNames.TEKKEN)) {
      return TekkenForm.read(file, configs, guard);
    }
    boolean isRanks =
        form.equals(FileNames.TIKTOKEN) || FileNames.isRankFile(form) || RankFile.isOne(file);
    return isRanks
        ? RankFileForm.read(form, file, configs, guard)
        : SentencePieceForm.read(form, file, configs, guard);
  }

  /**
   * Bounds the files whose content is {@link TokenizerBundle#keeps kept} (rule C8).
   *
   * @param bytes those of one file
   * @param allBytes those of all of them so far, this one included
   * @throws LimitException if a file has more than 64 MiB, or all have more than 128 MiB
   */
  public static void checkKept(String file, long bytes, long allBytes) {
    if (bytes > MAX_FILE_BYTES) {
      throw new LimitException(Rule.C8, "bytes of " + file, MAX_FILE_BYTES, bytes);
    }
    if (allBytes > MAX_KEPT_BYTES) {
      throw new LimitException(
          Rule.C8, "bytes of the files that are kept", MAX_KEPT_BYTES, allBytes);
    }
  }

  /** Bounds merges that are recovered: half a megabyte can stand for half a gigabyte of them. */
  static void checkRecovered(MergeList.Builder merges) {
    if (merges.bytes() > MAX_RECOVERED_BYTES) {
      throw new LimitException(
          Rule.C8, "bytes of recovered merges", MAX_RECOVERED_BYTES, merges.bytes());
    }
  }

  /**
   * The definition of a form with what the configs add.
   *
   * @param isAssembled whether there is no tokenizer.json: only then the configs' add_bos_token and
   *     add_eos_token count
   */
  private static TokenizerDefinition definition(
      FormParts parts, TokenizerConfigs configs, boolean isAssembled, BuildGuard guard) {
    guard.check();
    SpecialTokenResolver resolver = new SpecialTokenResolver(configs.tokens());
    List<AddedToken> added =
        resolver.addedTokens(parts.addedTokens(), parts.vocabulary(), parts.vocabularyEntries());
    Vocabulary vocabulary = parts.vocabulary().withAdded(added);
    Optional<PostProcessor> configured =
        isAssembled ? configuredProcessor(configs, vocabulary) : Optional.empty();
    Optional<PostProcessor> postProcessor =
        configured.isPresent() ? configured : parts.postProcessor();
    return new TokenizerDefinition(
        parts.normalizer(),
        parts.preTokenizer(),
        parts.model(),
        postProcessor,
        parts.decoder(),
        vocabulary,
        added,
        resolver.specialTokens(added, vocabulary, postProcessor),
        configs.tokens().splitsSpecialTokens(),
        parts.cuts());
  }

  /** The post-processor that add_bos_token and add_eos_token ask for; empty if neither does. */
  private static Optional<PostProcessor> configuredProcessor(
      TokenizerConfigs configs, Vocabulary vocabulary) {
    TokenId bos = configured("add_bos_token", SpecialTokens.BOS, configs, vocabulary);
    TokenId eos = configured("add_eos_token", SpecialTokens.EOS, configs, vocabulary);
    return bos == null && eos == null
        ? Optional.empty()
        : Optional.of(CommonParts.template(bos, eos));
  }

  private static @Nullable TokenId configured(
      String flag, String role, TokenizerConfigs configs, Vocabulary vocabulary) {
    ConfiguredToken token = configs.tokens().roles().get(role);
    return token == null || !configs.flag(flag).orElse(false)
        ? null
        : new TokenId(
            token.content(), vocabulary.idOf(token.content()).orElseThrow()); // it was added
  }
}
