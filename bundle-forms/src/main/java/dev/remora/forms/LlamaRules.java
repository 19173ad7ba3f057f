package dev.remora.forms;

import dev.remora.bundle.SpecialTokens;
import dev.remora.core.definition.Decoder;
import dev.remora.core.definition.Metaspace;
import dev.remora.core.definition.Normalizer;
import dev.remora.core.definition.PostProcessor;
import dev.remora.core.definition.PreTokenizer;
import dev.remora.core.definition.PrependScheme;
import dev.remora.core.special.ConfiguredToken;
import dev.remora.forms.sentencepiece.ModelProto;
import dev.remora.forms.sentencepiece.ModelProto.SentencePiece;
import dev.remora.forms.sentencepiece.NormalizerSpec;
import dev.remora.forms.sentencepiece.TrainerSpec.ModelType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** LlamaTokenizer: no normalization but the marks, byte pieces, BOS before a text. */
final class LlamaRules extends SentencePieceRules {
  /** UNK, BOS and EOS, to which the class gives the names of the configs. */
  private static final int NAMED_PIECES = 3;

  private final boolean legacy;
  private final boolean prefixSpace;

  LlamaRules(Source source) {
    super(source, Map.of(SpecialTokens.UNK, UNK, SpecialTokens.BOS, BOS, SpecialTokens.EOS, EOS));
    this.legacy = configs().flag("legacy").orElse(true);
    this.prefixSpace = configs().flag("add_prefix_space").orElse(prefixSpace(source));
  }

  /** The class puts a space before a text; without a class the spec counts. */
  private static boolean prefixSpace(Source source) {
    boolean isNamed =
        source.configs().tokenizerClass().isPresent() || source.configs().modelType().isPresent();
    return isNamed || source.model().getNormalizerSpec().getAddDummyPrefix();
  }

  /** Whether a model's own spec is Llama's. */
  static boolean isSpecOf(ModelProto model) {
    NormalizerSpec spec = model.getNormalizerSpec();
    return model.getTrainerSpec().getModelType() == ModelType.BPE
        && count(model, SentencePiece.Type.BYTE) == BYTES
        && spec.getPrecompiledCharsmap().isEmpty()
        && !spec.getRemoveExtraWhitespaces()
        && spec.getEscapeWhitespaces()
        && !model.getTrainerSpec().getTreatWhitespaceAsSuffix();
  }

  @Override
  List<Piece> pieces() {
    List<Piece> pieces = modelPieces(0);
    for (int id = 0; id < Math.min(NAMED_PIECES, pieces.size()); id++) {
      ConfiguredToken added = configs().tokens().added().get(id);
      Piece piece = pieces.get(id);
      pieces.set(id, new Piece(added == null ? piece.text() : added.content(), 0, piece.type()));
    }
    return pieces;
  }

  @Override
  int unkId() {
    return 0;
  }

  @Override
  boolean byteFallback() {
    return true;
  }

  @Override
  Optional<Normalizer> normalizer() {
    if (!legacy) {
      return Optional.empty();
    }
    List<Normalizer> steps = new ArrayList<>();
    if (prefixSpace) {
      steps.add(new Normalizer.Prepend(MARK));
    }
    steps.add(markSpaces());
    return sequence(steps);
  }

  @Override
  Optional<PreTokenizer> preTokenizer() {
    PrependScheme scheme = prefixSpace ? PrependScheme.FIRST : PrependScheme.NEVER;
    return legacy
        ? Optional.empty()
        : Optional.of(new PreTokenizer.MetaspaceSplit(new Metaspace(MARK, scheme, false, null)));
  }

  @Override
  Decoder decoder() {
    return spaces(true, prefixSpace);
  }

  @Override
  Optional<PostProcessor> postProcessor(RoleTokens tokens) {
    return configuredFrame(tokens, true);
  }
}
