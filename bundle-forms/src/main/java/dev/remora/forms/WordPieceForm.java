package dev.remora.forms;

import dev.remora.BundleException;
import dev.remora.LimitException;
import dev.remora.Rule;
import dev.remora.bundle.FileNames;
import dev.remora.bundle.SpecialTokens;
import dev.remora.core.definition.Decoder;
import dev.remora.core.definition.Model;
import dev.remora.core.definition.Normalizer;
import dev.remora.core.definition.PreTokenizer;
import dev.remora.core.guard.BuildGuard;
import dev.remora.core.text.Utf8;
import dev.remora.core.vocabulary.Vocabulary;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads vocab.txt, a token a line, as BERT's class and those that are the same but in name do. */
final class WordPieceForm {
  private static final String FILE = FileNames.WORD_PIECES;
  private static final String PREFIX = "##";
  private static final int MAX_WORD = 100; // tokenizers' own default

  /** The largest of real files have half a million; a line may have one byte. */
  private static final int MAX_LINES = 1 << 20;

  private static final Set<String> CLASSES =
      Set.of(
          "BertTokenizer",
          "ConvBertTokenizer",
          "DistilBertTokenizer",
          "ElectraTokenizer",
          "LxmertTokenizer",
          "MobileBertTokenizer",
          "SqueezeBertTokenizer");

  private static final Set<String> MODEL_TYPES =
      Set.of("bert", "convbert", "distilbert", "electra", "lxmert", "mobilebert", "squeezebert");

  private static final Map<String, String> DEFAULTS =
      Map.of(
          SpecialTokens.UNK, "[UNK]",
          SpecialTokens.SEP, "[SEP]",
          SpecialTokens.PAD, "[PAD]",
          SpecialTokens.CLS, "[CLS]",
          SpecialTokens.MASK, "[MASK]");

  private WordPieceForm() {}

  /**
   * Reads the file.
   *
   * @param guard ends it early
   * @throws BundleException if the class is not one of BERT's, or the file lacks a token of it
   * @throws LimitException if it has more than 1,048,576 lines
   */
  static AssembledForm read(byte[] file, TokenizerConfigs named, BuildGuard guard) {
    checkClass(named);
    TokenizerConfigs configs = named.withTokens(named.tokens().withDefaults(DEFAULTS));
    Vocabulary.Builder builder = Vocabulary.builder();
    int entries = readLines(file, builder, guard);
    Vocabulary vocabulary = builder.build();
    RoleTokens roles = new RoleTokens(FILE, configs.tokens(), vocabulary);
    FormParts parts =
        new FormParts(
            Optional.of(normalizer(configs)),
            Optional.of(new PreTokenizer.Bert()),
            new Model.WordPiece(roles.of(SpecialTokens.UNK).content(), PREFIX, MAX_WORD),
            vocabulary,
            entries,
            Optional.of(
                CommonParts.template(
                    "cls_token A sep_token", "cls_token A sep_token B:1 sep_token:1", roles)),
            Optional.of(new Decoder.WordPiece(PREFIX, true)),
            List.copyOf(configs.tokens().added().values()),
            Optional.empty());
    return new AssembledForm(parts, configs);
  }

  private static void checkClass(TokenizerConfigs configs) {
    Optional<String> name = configs.tokenizerClass();
    boolean isKnown =
        name.isPresent()
            ? CLASSES.contains(name.get())
            : configs.modelType().filter(MODEL_TYPES::contains).isPresent();
    if (!isKnown) {
      throw broken(
          name.or(configs::modelType)
                  .map(said -> said + " is not supported")
                  .orElse("no config names its tokenizer_class")
              + ": BertTokenizer and its like are");
    }
  }

  private static Normalizer normalizer(TokenizerConfigs configs) {
    return new Normalizer.Bert(
        true,
        configs.flag("tokenize_chinese_chars").orElse(true),
        configs.flag("strip_accents").orElse(null),
        configs.flag("do_lower_case").orElse(true));
  }

  /** Reads the lines, which end as Python's universal newlines do; gives how many there are. */
  private static int readLines(byte[] file, Vocabulary.Builder tokens, BuildGuard guard) {
    int line = 0;
    for (int from = 0; from < file.length; line++) {
      guard.check(line);
      if (line == MAX_LINES) {
        throw new LimitException(Rule.C8, "lines of " + FILE, MAX_LINES, line + 1L);
      }
      int to = from;
      while (to < file.length && file[to] != '\n' && file[to] != '\r') {
        to++;
      }
      if (!Utf8.isWellFormed(file, from, to)) {
        throw broken(String.format(Locale.ROOT, "line %,d is not UTF-8", line + 1));
      }
      tokens.token(file, from, to, line);
      boolean isTwoBytes = to + 1 < file.length && file[to] == '\r' && file[to + 1] == '\n';
      from = to + (isTwoBytes ? 2 : 1);
    }
    return line;
  }

  private static BundleException broken(String problem) {
    return new BundleException(Rule.C8, FILE, problem);
  }
}
