package dev.remora.forms;

import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.bundle.SpecialTokens;
import dev.remora.core.definition.Decoder;
import dev.remora.core.definition.Metaspace;
import dev.remora.core.definition.Normalizer;
import dev.remora.core.definition.PostProcessor;
import dev.remora.core.definition.PostProcessor.TokenId;
import dev.remora.core.definition.PreTokenizer;
import dev.remora.core.definition.PrependScheme;
import dev.remora.core.definition.StringPattern;
import dev.remora.core.special.ConfiguredToken;
import dev.remora.forms.sentencepiece.ModelProto;
import dev.remora.forms.sentencepiece.ModelProto.SentencePiece;
import dev.remora.forms.sentencepiece.TrainerSpec.ModelType;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a tokenizer class of transformers makes of a SentencePiece model, or what the model's own
 * spec does where no class is named: which pieces there are, and what surrounds them.
 */
abstract class SentencePieceRules {
  /** What SentencePiece has in place of a space. */
  static final String MARK = "\u2581";

  static final String UNK = "<unk>";
  static final String BOS = "<s>";
  static final String EOS = "</s>";
  static final String PAD = "<pad>";

  /** How many byte pieces a model has that can fall back to bytes. */
  static final int BYTES = 256;

  private final String file;
  private final ModelProto model;
  private final TokenizerConfigs configs;

  /**
   * @param source the model and the configs beside it
   * @param roles the tokens that the class has by default, by role
   */
  SentencePieceRules(Source source, Map<String, String> roles) {
    this.file = source.file;
    this.model = source.model;
    this.configs = source.configs.withTokens(source.configs.tokens().withDefaults(roles));
  }

  /**
   * What rules are made for.
   *
   * @param file the name of the model's file
   * @param model the model
   * @param configs the configs beside it
   */
  record Source(String file, ModelProto model, TokenizerConfigs configs) {}

  /** A piece of the vocabulary; its id is its place. */
  record Piece(String text, double score, SentencePiece.Type type) {
    static Piece control(String text) {
      return new Piece(text, 0, SentencePiece.Type.CONTROL);
    }
  }

  /** How many pieces of a type a model has. */
  static long count(ModelProto model, SentencePiece.Type type) {
    return model.getPiecesList().stream().filter(piece -> piece.getType() == type).count();
  }

  /** The pieces by id: the model's own, unless the class changes them. */
  List<Piece> pieces() {
    return modelPieces(0);
  }

  /** The id for what no piece is. */
  int unkId() {
    return model.getTrainerSpec().getUnkId();
  }

  /** Whether an unknown character becomes pieces of its bytes. */
  boolean byteFallback() {
    return false;
  }

  /** An added token with the flags that the class gives it. */
  ConfiguredToken flagged(ConfiguredToken token) {
    return token;
  }

  /** Whether decoding can skip a piece that the model says users defined. */
  boolean isSpecial(String userDefined) {
    return false;
  }

  /** Whether a text can become a piece of this type; to tokenizers it can become any. */
  boolean isOfTexts(SentencePiece.Type type) {
    return true;
  }

  abstract Optional<Normalizer> normalizer();

  Optional<PreTokenizer> preTokenizer() {
    return Optional.empty();
  }

  abstract Decoder decoder();

  abstract Optional<PostProcessor> postProcessor(RoleTokens tokens);

  ModelProto model() {
    return model;
  }

  /** The configs, with the tokens that the class has by default. */
  TokenizerConfigs configs() {
    return configs;
  }

  /** The model's pieces from an id on. */
  final List<Piece> modelPieces(int from) {
    List<Piece> pieces = new ArrayList<>(model.getPiecesCount());
    for (SentencePiece piece : model.getPiecesList().subList(from, model.getPiecesCount())) {
      pieces.add(new Piece(piece.getPiece(), piece.getScore(), piece.getType()));
    }
    return pieces;
  }

  /** The piece of the token with a role, which may be set to none; then of another text. */
  final Piece roleOr(String role, String otherwise) {
    ConfiguredToken token = configs.tokens().roles().get(role);
    return Piece.control(token == null ? otherwise : token.content());
  }

  /** The model's character map as tokenizers applies it; nothing where it has none. */
  final List<Normalizer> precompiled() {
    String charsmap = charsmap();
    return charsmap.isEmpty() ? List.of() : List.of(new Normalizer.Precompiled(charsmap));
  }

  /** The model's character map in base64; empty where it has none. */
  final String charsmap() {
    byte[] map = model.getNormalizerSpec().getPrecompiledCharsmap().toByteArray();
    return Base64.getEncoder().encodeToString(map);
  }

  /** Every space becomes the mark. */
  static Normalizer markSpaces() {
    return new Normalizer.Replace(new StringPattern.Literal(" "), MARK);
  }

  /** Every mark becomes a space; byte pieces may become bytes, and the first space may go. */
  static Decoder spaces(boolean withBytes, boolean withoutFirst) {
    List<Decoder> steps = new ArrayList<>();
    steps.add(new Decoder.Replace(new StringPattern.Literal(MARK), " "));
    if (withBytes) {
      steps.add(new Decoder.ByteFallback());
    }
    steps.add(new Decoder.Fuse());
    if (withoutFirst) {
      steps.add(new Decoder.Strip(" ", 1, 0));
    }
    return new Decoder.Sequence(steps);
  }

  /** One normalizer of the steps; empty for none. */
  static Optional<Normalizer> sequence(List<Normalizer> steps) {
    return steps.isEmpty() ? Optional.empty() : Optional.of(new Normalizer.Sequence(steps));
  }

  /** Words at white space, the mark before each. */
  static PreTokenizer markedWords(PrependScheme scheme) {
    return new PreTokenizer.Sequence(
        List.of(
            new PreTokenizer.WhitespaceSplit(), new PreTokenizer.MetaspaceSplit(marks(scheme))));
  }

  static Metaspace marks(PrependScheme scheme) {
    return new Metaspace(MARK, scheme, true, null);
  }

  /** Puts BOS and EOS around a text as add_bos_token and add_eos_token say. */
  final Optional<PostProcessor> configuredFrame(RoleTokens tokens, boolean addsBosByDefault) {
    boolean addsBos = configs.flag("add_bos_token").orElse(addsBosByDefault);
    boolean addsEos = configs.flag("add_eos_token").orElse(false);
    TokenId bos = addsBos ? tokens.find(SpecialTokens.BOS) : null;
    TokenId eos = addsEos ? tokens.find(SpecialTokens.EOS) : null;
    return bos == null && eos == null
        ? Optional.empty()
        : Optional.of(CommonParts.template(bos, eos));
  }

  /** The refusal of the model, for a reason. */
  final BundleException refusal(String problem) {
    return new BundleException(Rule.C8, file, problem);
  }

  /** Refuses a model of another type than the class can have. */
  final void require(ModelType type) {
    if (model.getTrainerSpec().getModelType() != type) {
      throw refusal(
          "its class needs a model of type "
              + type
              + ", not "
              + model.getTrainerSpec().getModelType());
    }
  }
}
