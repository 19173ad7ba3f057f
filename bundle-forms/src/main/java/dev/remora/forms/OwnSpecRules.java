package dev.remora.forms;

import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.bundle.SpecialTokens;
import dev.remora.core.definition.Decoder;
import dev.remora.core.definition.Normalizer;
import dev.remora.core.definition.PostProcessor;
import dev.remora.forms.sentencepiece.ModelProto;
import dev.remora.forms.sentencepiece.ModelProto.SentencePiece;
import dev.remora.forms.sentencepiece.NormalizerSpec;
import dev.remora.forms.sentencepiece.TrainerSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A model of no class, by its own normalizer_spec and trainer_spec: what SentencePiece itself makes
 * of a text between two pieces that are added tokens.
 */
final class OwnSpecRules extends SentencePieceRules {
  private static final Set<SentencePiece.Type> NOT_OF_TEXTS =
      Set.of(SentencePiece.Type.UNKNOWN, SentencePiece.Type.CONTROL, SentencePiece.Type.BYTE);

  private final NormalizerSpec normalizer;
  private final TrainerSpec trainer;

  OwnSpecRules(Source source) {
    super(splitting(source), roles(source));
    this.normalizer = model().getNormalizerSpec();
    this.trainer = model().getTrainerSpec();
    if (!normalizer.getEscapeWhitespaces()) {
      throw refusal("its pieces hold spaces themselves (escape_whitespaces is false)");
    }
    if (count(model(), SentencePiece.Type.UNUSED) > 0) {
      throw refusal("it has pieces of the type UNUSED");
    }
    if (trainer.getByteFallback() && count(model(), SentencePiece.Type.BYTE) != BYTES) {
      throw refusal("it falls back to bytes, but has not a piece for each");
    }
  }

  /** A text that spells a control piece is split like any other, unless the configs say no. */
  private static Source splitting(Source source) {
    TokenizerConfigs configs = source.configs();
    return configs.flag("split_special_tokens").isPresent()
        ? source
        : new Source(
            source.file(),
            source.model(),
            configs.withTokens(configs.tokens().splittingSpecialTokens()));
  }

  @Override
  boolean isOfTexts(SentencePiece.Type type) {
    return !NOT_OF_TEXTS.contains(type);
  }

  /** The tokens that the spec has by their ids; -1 is none. */
  private static Map<String, String> roles(Source source) {
    TrainerSpec trainer = source.model().getTrainerSpec();
    Map<String, Integer> ids = new LinkedHashMap<>();
    ids.put(SpecialTokens.UNK, trainer.getUnkId());
    ids.put(SpecialTokens.BOS, trainer.getBosId());
    ids.put(SpecialTokens.EOS, trainer.getEosId());
    ids.put(SpecialTokens.PAD, trainer.getPadId());
    Map<String, String> roles = new LinkedHashMap<>();
    ModelProto model = source.model();
    ids.forEach(
        (role, id) -> {
          if (id >= model.getPiecesCount()) {
            throw new BundleException(
                Rule.C8, source.file(), "the id " + id + " of its " + role + " is not a piece's");
          }
          if (id >= 0) {
            roles.put(role, model.getPieces(id).getPiece());
          }
        });
    return roles;
  }

  @Override
  boolean byteFallback() {
    return trainer.getByteFallback();
  }

  /** In the words of tokenizers where it has them, so that every engine knows them. */
  @Override
  Optional<Normalizer> normalizer() {
    boolean isPlain =
        normalizer.getPrecompiledCharsmap().isEmpty()
            && !normalizer.getRemoveExtraWhitespaces()
            && !trainer.getTreatWhitespaceAsSuffix();
    if (!isPlain) {
      return Optional.of(
          new Normalizer.SentencePiece(
              charsmap(),
              normalizer.getAddDummyPrefix(),
              trainer.getTreatWhitespaceAsSuffix(),
              normalizer.getRemoveExtraWhitespaces()));
    }
    List<Normalizer> steps = new ArrayList<>();
    if (normalizer.getAddDummyPrefix()) {
      steps.add(new Normalizer.Prepend(MARK));
    }
    steps.add(markSpaces());
    return sequence(steps);
  }

  @Override
  Decoder decoder() {
    return spaces(
        byteFallback(), normalizer.getAddDummyPrefix() || normalizer.getRemoveExtraWhitespaces());
  }

  @Override
  Optional<PostProcessor> postProcessor(RoleTokens tokens) {
    return configuredFrame(tokens, false);
  }
}
