package dev.remora.forms;

import dev.remora.bundle.SpecialTokens;
import dev.remora.core.definition.Decoder;
import dev.remora.core.definition.Normalizer;
import dev.remora.core.definition.PostProcessor;
import dev.remora.core.definition.PreTokenizer;
import dev.remora.core.definition.PrependScheme;
import dev.remora.core.definition.StringPattern;
import dev.remora.core.special.ConfiguredToken;
import dev.remora.forms.sentencepiece.TrainerSpec.ModelType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** XLNetTokenizer: accents are dropped, SEP and CLS come after a text. */
final class XlnetRules extends SentencePieceRules {
  XlnetRules(Source source) {
    super(
        source,
        Map.of(
            SpecialTokens.BOS, BOS,
            SpecialTokens.EOS, EOS,
            SpecialTokens.UNK, UNK,
            SpecialTokens.SEP, "<sep>",
            SpecialTokens.PAD, PAD,
            SpecialTokens.CLS, "<cls>",
            SpecialTokens.MASK, "<mask>"));
    require(ModelType.UNIGRAM);
  }

  /** The mask takes the white space before it, unless the configs say otherwise. */
  @Override
  ConfiguredToken flagged(ConfiguredToken token) {
    ConfiguredToken mask = configs().tokens().roles().get(SpecialTokens.MASK);
    boolean isPlainMask =
        mask != null
            && configs().tokens().described().isEmpty()
            && token.equals(ConfiguredToken.special(mask.content()));
    return isPlainMask
        ? new ConfiguredToken(token.content(), false, true, false, false, true)
        : token;
  }

  @Override
  int unkId() {
    return 0;
  }

  @Override
  Optional<Normalizer> normalizer() {
    List<Normalizer> steps = new ArrayList<>();
    steps.add(new Normalizer.Replace(new StringPattern.Literal("``"), "\""));
    steps.add(new Normalizer.Replace(new StringPattern.Literal("''"), "\""));
    steps.add(new Normalizer.Nfkd());
    steps.add(new Normalizer.StripAccents());
    if (configs().flag("do_lower_case").orElse(false)) {
      steps.add(new Normalizer.Lowercase());
    }
    steps.addAll(precompiled());
    return sequence(steps);
  }

  @Override
  Optional<PreTokenizer> preTokenizer() {
    return Optional.of(markedWords(PrependScheme.ALWAYS));
  }

  @Override
  Decoder decoder() {
    return new Decoder.MetaspaceDecoder(marks(PrependScheme.ALWAYS));
  }

  @Override
  Optional<PostProcessor> postProcessor(RoleTokens tokens) {
    return Optional.of(
        CommonParts.template(
            "A sep_token cls_token:2", "A sep_token B:1 sep_token:1 cls_token:2", tokens));
  }
}
