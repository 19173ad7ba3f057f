package dev.remora.forms;

import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.bundle.FileNames;
import dev.remora.bundle.SpecialTokens;
import dev.remora.core.definition.Model;
import dev.remora.core.definition.PostProcessor;
import dev.remora.core.definition.PostProcessor.TokenId;
import dev.remora.core.guard.BuildGuard;
import dev.remora.core.special.ConfiguredToken;
import dev.remora.core.vocabulary.Vocabulary;
import dev.remora.forms.sentencepiece.ModelProto;
import dev.remora.forms.sentencepiece.ModelProto.SentencePiece;
import dev.remora.forms.sentencepiece.TrainerSpec.ModelType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a SentencePiece tokenizer.model as transformers does ({@link SentencePieceRules}). */
final class SentencePieceForm {
  /** Recovering the merges of a piece costs the square of its length. */
  private static final int MAX_PIECE_LENGTH = 1024;

  /** UNK, BOS and EOS, to which Llama's class gives the names of the configs. */
  private static final int NAMED_PIECES = 3;

  private static final Map<String, String> LLAMA_DEFAULTS =
      Map.of(SpecialTokens.UNK, "<unk>", SpecialTokens.BOS, "<s>", SpecialTokens.EOS, "</s>");

  private static final Set<SentencePiece.Type> TOKEN_TYPES =
      Set.of(SentencePiece.Type.CONTROL, SentencePiece.Type.USER_DEFINED);

  private final ModelProto model;
  private final SentencePieceRules rules;
  private final TokenizerConfigs configs;
  private final List<byte[]> pieces = new ArrayList<>(); // in UTF-8, by id
  private final Vocabulary vocabulary;
  private final BuildGuard guard;

  private SentencePieceForm(ModelProto model, TokenizerConfigs configs, BuildGuard guard) {
    this.model = model;
    this.guard = guard;
    this.rules = SentencePieceRules.of(model, configs);
    this.configs =
        rules.isLlama()
            ? configs.withTokens(configs.tokens().withDefaults(LLAMA_DEFAULTS))
            : configs;
    Vocabulary.Builder builder = Vocabulary.builder();
    for (SentencePiece piece : model.getPiecesList()) {
      int id = pieces.size();
      guard.check(id);
      if (piece.getPiece().length() > MAX_PIECE_LENGTH) {
        throw new BundleException(
            Rule.C8,
            FileNames.SENTENCE_PIECE,
            String.format(
                Locale.ROOT, "piece %,d has more than %,d characters", id, MAX_PIECE_LENGTH));
      }
      ConfiguredToken added = configs.tokens().added().get(id);
      String text = isNamed(id) && added != null ? added.content() : piece.getPiece();
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      pieces.add(utf8);
      builder.token(utf8, 0, utf8.length, id);
    }
    this.vocabulary = builder.build();
  }

  private boolean isNamed(int id) {
    return rules.isLlama() && id < NAMED_PIECES;
  }

  /**
   * Reads the file.
   *
   * @param guard ends it early
   * @throws BundleException if it is not a SentencePiece model, or not of a supported kind
   */
  static SentencePieceForm of(byte[] file, TokenizerConfigs configs, BuildGuard guard) {
    try {
      return new SentencePieceForm(SentencePieceReader.read(file, guard), configs, guard);
    } catch (IOException e) {
      throw new BundleException(
          Rule.C8,
          FileNames.SENTENCE_PIECE,
          "it is neither a SentencePiece model nor a tiktoken rank file",
          e);
    }
  }

  /** The configs with the special tokens that Llama's class has by default. */
  TokenizerConfigs configs() {
    return configs;
  }

  /** What the file says of the tokenizer. */
  FormParts parts() {
    return new FormParts(
        rules.normalizer(),
        rules.preTokenizer(),
        model(),
        vocabulary,
        pieces.size(),
        postProcessor(),
        Optional.of(rules.decoder()),
        addedTokens(),
        Optional.empty());
  }

  private Model model() {
    double[] scores = new double[pieces.size()];
    for (int id = 0; id < scores.length; id++) {
      scores[id] = isNamed(id) ? 0 : model.getPieces(id).getScore();
    }
    if (model.getTrainerSpec().getModelType() == ModelType.UNIGRAM) {
      int unkId = rules.isLlama() ? 0 : model.getTrainerSpec().getUnkId();
      return new Model.Unigram(scores, unkId, rules.isLlama());
    }
    return new Model.Bpe(
        SentencePieceMerges.recover(vocabulary, pieces, scores, guard),
        null,
        model.getTrainerSpec().getUnkPiece(),
        null,
        null,
        true,
        rules.isLlama(),
        false);
  }

  /** Control pieces are special, user-defined ones are not; the configs' flags win. */
  private List<ConfiguredToken> addedTokens() {
    Map<String, ConfiguredToken> configured = new LinkedHashMap<>();
    configs.tokens().added().values().forEach(token -> configured.put(token.content(), token));
    configs.tokens().roles().values().forEach(token -> configured.put(token.content(), token));
    List<ConfiguredToken> added = new ArrayList<>();
    for (int id = 0; id < pieces.size(); id++) {
      String piece = new String(pieces.get(id), StandardCharsets.UTF_8);
      ConfiguredToken token = configured.remove(piece);
      SentencePiece.Type type = model.getPieces(id).getType();
      if (token != null) {
        added.add(token);
      } else if (TOKEN_TYPES.contains(type)) {
        boolean control = type == SentencePiece.Type.CONTROL;
        added.add(new ConfiguredToken(piece, false, false, false, false, control));
      }
    }
    added.addAll(configured.values());
    return added;
  }

  private Optional<PostProcessor> postProcessor() {
    boolean addsBos = configs.flag("add_bos_token").orElse(rules.isLlama());
    boolean addsEos = configs.flag("add_eos_token").orElse(false);
    TokenId bos = addsBos ? tokenId(SpecialTokens.BOS) : null;
    TokenId eos = addsEos ? tokenId(SpecialTokens.EOS) : null;
    return bos == null && eos == null
        ? Optional.empty()
        : Optional.of(CommonParts.template(bos, eos));
  }

  private @Nullable TokenId tokenId(String role) {
    ConfiguredToken token = configs.tokens().roles().get(role);
    if (token == null) {
      return null;
    }
    byte[] utf8 = token.content().getBytes(StandardCharsets.UTF_8);
    int id = vocabulary.modelIdOf(utf8, 0, utf8.length);
    return id < 0 ? null : new TokenId(token.content(), id);
  }
}
