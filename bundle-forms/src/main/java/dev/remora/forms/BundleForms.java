package dev.remora.forms;

import dev.remora.BundleException;
import dev.remora.LimitException;
import dev.remora.Rule;
import dev.remora.bundle.BundleFile;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.engine.TokenizerDefinition;
import java.util.List;
import java.util.Set;

/**
 * The way from the files of a bundle to a tokenizer as data, whichever form the bundle has. In this
 * order the first form that is there counts: tokenizer.json; vocab.json with merges.txt;
 * tiktoken.model or one {@code *.tiktoken}; a SentencePiece tokenizer.model.
 *
 * <p>Thread-safe.
 */
public final class BundleForms {
  private static final String TIKTOKEN = "tiktoken.model";

  /** Real tokenizers have up to 35 MB. */
  private static final int LARGEST = 64 << 20;

  private BundleForms() {}

  /**
   * The form that a bundle's tokenizer is read from: the name of its main file.
   *
   * @throws BundleException if the bundle holds no tokenizer; it lists what the bundle holds
   */
  public static String formOf(TokenizerBundle bundle) {
    List<String> names = bundle.files().stream().map(BundleFile::name).toList();
    if (names.contains(TokenizerJson.FILE)) {
      return TokenizerJson.FILE;
    }
    if (names.containsAll(Set.of(VocabularyAndMerges.VOCABULARY, VocabularyAndMerges.MERGES))) {
      return VocabularyAndMerges.VOCABULARY;
    }
    if (names.contains(TIKTOKEN)) {
      return TIKTOKEN;
    }
    List<String> rankFiles =
        names.stream().filter(name -> name.endsWith(".tiktoken") && name.indexOf('/') < 0).toList();
    if (rankFiles.size() == 1) {
      return rankFiles.get(0);
    }
    if (names.contains(SentencePieceFile.FILE)) {
      return SentencePieceFile.FILE;
    }
    throw new BundleException(Rule.C8, null, missing(names, rankFiles));
  }

  private static String missing(List<String> names, List<String> rankFiles) {
    String problem = "the bundle holds no tokenizer that is supported: ";
    if (names.contains("tekken.json")) {
      problem += "tekken.json is not; ";
    }
    if (names.contains("vocab.txt")) {
      problem += "vocab.txt is not; ";
    }
    if (!rankFiles.isEmpty()) {
      problem += "which of its .tiktoken files counts cannot be told; ";
    }
    if (names.contains(VocabularyAndMerges.VOCABULARY)) {
      problem += "vocab.json lacks its merges.txt; ";
    }
    if (names.contains(VocabularyAndMerges.MERGES)) {
      problem += "merges.txt lacks its vocab.json; ";
    }
    return problem
        + "one of tokenizer.json, vocab.json with merges.txt, tiktoken.model, *.tiktoken and"
        + " tokenizer.model is missing (the bundle holds "
        + names
        + ")";
  }

  /**
   * The tokenizer of a bundle as data.
   *
   * @throws BundleException if the bundle holds no tokenizer, or a broken one
   * @throws LimitException if one of its files has more than 64 MiB, or what is assembled from them
   */
  public static TokenizerDefinition define(TokenizerBundle bundle) {
    String form = formOf(bundle);
    for (BundleFile file : bundle.files()) {
      if (TokenizerBundle.keeps(file.name())) {
        checkSize(file.name(), file.length());
      }
    }
    BundleConfigs configs = BundleConfigs.of(bundle);
    return JsonDefinition.of(tokenizerJson(form, bundle, configs), configs);
  }

  static void checkSize(String file, long bytes) {
    if (bytes > LARGEST) {
      throw new LimitException(Rule.C8, "bytes of " + file, LARGEST, bytes);
    }
  }

  private static byte[] tokenizerJson(String form, TokenizerBundle bundle, BundleConfigs configs) {
    byte[] file = bundle.content(form).orElseThrow();
    if (form.equals(TokenizerJson.FILE)) {
      return file;
    }
    if (form.equals(VocabularyAndMerges.VOCABULARY)) {
      byte[] merges = bundle.content(VocabularyAndMerges.MERGES).orElseThrow();
      return VocabularyAndMerges.toTokenizerJson(file, merges, configs);
    }
    if (!form.equals(SentencePieceFile.FILE) || RankFile.isOne(file)) {
      return RankFiles.toTokenizerJson(form, file, configs);
    }
    return SentencePieceFile.toTokenizerJson(file, configs);
  }
}
