package dev.remora.forms;

import dev.remora.bundle.SpecialTokens;
import dev.remora.core.definition.Decoder;
import dev.remora.core.definition.Normalizer;
import dev.remora.core.definition.PostProcessor;
import dev.remora.core.definition.PreTokenizer;
import dev.remora.core.definition.PrependScheme;
import dev.remora.forms.sentencepiece.ModelProto.SentencePiece;
import dev.remora.forms.sentencepiece.TrainerSpec.ModelType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** XLMRobertaTokenizer: fairseq's order of the special tokens, and a mask at the end. */
final class XlmRobertaRules extends SentencePieceRules {
  private static final String MASK = "<mask>";

  /** The model's UNK, BOS and EOS, in whose place fairseq's four are. */
  private static final int REPLACED_PIECES = 3;

  private static final int FAIRSEQ_UNK = 3;

  private final PrependScheme scheme;

  XlmRobertaRules(Source source) {
    super(
        source,
        Map.of(
            SpecialTokens.BOS, BOS,
            SpecialTokens.EOS, EOS,
            SpecialTokens.SEP, EOS,
            SpecialTokens.CLS, BOS,
            SpecialTokens.UNK, UNK,
            SpecialTokens.PAD, PAD,
            SpecialTokens.MASK, MASK));
    require(ModelType.UNIGRAM);
    if (model().getPiecesCount() < REPLACED_PIECES) {
      throw refusal("its class needs UNK, BOS and EOS as its first pieces");
    }
    this.scheme =
        configs().flag("add_prefix_space").orElse(true)
            ? PrependScheme.ALWAYS
            : PrependScheme.NEVER;
  }

  @Override
  List<Piece> pieces() {
    List<Piece> pieces = new ArrayList<>();
    pieces.add(roleOr(SpecialTokens.BOS, BOS));
    pieces.add(roleOr(SpecialTokens.PAD, PAD));
    pieces.add(roleOr(SpecialTokens.EOS, EOS));
    Piece unk = roleOr(SpecialTokens.UNK, UNK);
    pieces.add(new Piece(unk.text(), 0, SentencePiece.Type.UNKNOWN));
    pieces.addAll(modelPieces(REPLACED_PIECES));
    pieces.add(roleOr(SpecialTokens.MASK, MASK));
    return pieces;
  }

  @Override
  int unkId() {
    return FAIRSEQ_UNK;
  }

  @Override
  Optional<Normalizer> normalizer() {
    return sequence(precompiled());
  }

  @Override
  Optional<PreTokenizer> preTokenizer() {
    return Optional.of(markedWords(scheme));
  }

  @Override
  Decoder decoder() {
    return new Decoder.MetaspaceDecoder(marks(scheme));
  }

  @Override
  Optional<PostProcessor> postProcessor(RoleTokens tokens) {
    return Optional.of(
        CommonParts.template(
            "bos_token A eos_token", "bos_token A eos_token eos_token B eos_token", tokens));
  }
}
