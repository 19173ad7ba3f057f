package dev.remora.forms;

import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.bundle.FileNames;
import dev.remora.core.definition.Decoder;
import dev.remora.core.definition.Metaspace;
import dev.remora.core.definition.Normalizer;
import dev.remora.core.definition.PreTokenizer;
import dev.remora.core.definition.PrependScheme;
import dev.remora.core.definition.StringPattern;
import dev.remora.forms.sentencepiece.ModelProto;
import dev.remora.forms.sentencepiece.ModelProto.SentencePiece;
import dev.remora.forms.sentencepiece.NormalizerSpec;
import dev.remora.forms.sentencepiece.TrainerSpec.ModelType;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What surrounds a SentencePiece model in transformers: Llama's way, or the common one.
 *
 * <p>Llama's class has Llama's way whatever the model's own spec says. Without a class, the model
 * has Llama's way only if its spec is Llama's: BPE with byte pieces and no normalization. A Unigram
 * model beside a tokenizer_config.json that names no class has the common way. Everything else is
 * refused, and named.
 */
final class SentencePieceRules {
  private static final String MARK = "\u2581";
  private static final int BYTES = 256;

  /** The model types of transformers whose tokenizer class is Llama's. */
  private static final Set<String> LLAMA_MODEL_TYPES = Set.of("llama", "mistral", "mixtral");

  private final ModelProto model;
  private final boolean llama;
  private final boolean legacy;
  private final boolean prefixSpace;

  private SentencePieceRules(
      ModelProto model, boolean llama, boolean prefixSpace, TokenizerConfigs configs) {
    this.model = model;
    this.llama = llama;
    this.legacy = configs.flag("legacy").orElse(true);
    this.prefixSpace = configs.flag("add_prefix_space").orElse(prefixSpace);
  }

  /**
   * The rules for a model.
   *
   * @throws BundleException if it is of a kind, or of a class, that is not supported
   */
  static SentencePieceRules of(ModelProto model, TokenizerConfigs configs) {
    ModelType type = model.getTrainerSpec().getModelType();
    if (type != ModelType.BPE && type != ModelType.UNIGRAM) {
      throw refusal("a model of type " + type + " is not supported: BPE and UNIGRAM are");
    }
    if (model.getPiecesCount() == 0) {
      throw refusal("it holds no pieces");
    }
    Optional<String> name = configs.tokenizerClass();
    if (name.isPresent()) {
      if (!name.get().equals("LlamaTokenizer")) {
        throw refusal(name.get() + " is not supported: LlamaTokenizer is");
      }
      return new SentencePieceRules(model, true, true, configs);
    }
    Optional<String> modelType = configs.modelType();
    if (modelType.isPresent()) {
      if (!LLAMA_MODEL_TYPES.contains(modelType.get())) {
        throw refusal(
            "config.json says the model type "
                + modelType.get()
                + ", whose tokenizer class is not supported: LlamaTokenizer is");
      }
      return new SentencePieceRules(model, true, true, configs);
    }
    if (hasLlamaSpec(model)) {
      boolean prefix = model.getNormalizerSpec().getAddDummyPrefix();
      return new SentencePieceRules(model, true, prefix, configs);
    }
    if (configs.hasTokenizerConfig() && type == ModelType.UNIGRAM) {
      return new SentencePieceRules(model, false, true, configs);
    }
    throw refusal(
        "no config names its tokenizer class, and its own spec is not Llama's (BPE with byte"
            + " pieces and no normalization): "
            + type
            + ", normalizer "
            + model.getNormalizerSpec().getName());
  }

  private static boolean hasLlamaSpec(ModelProto model) {
    NormalizerSpec spec = model.getNormalizerSpec();
    long bytes =
        model.getPiecesList().stream()
            .filter(piece -> piece.getType() == SentencePiece.Type.BYTE)
            .count();
    return model.getTrainerSpec().getModelType() == ModelType.BPE
        && bytes == BYTES
        && (!spec.hasName() || spec.getName().equals("identity"))
        && spec.getPrecompiledCharsmap().isEmpty()
        && !spec.getRemoveExtraWhitespaces();
  }

  private static BundleException refusal(String problem) {
    return new BundleException(Rule.C8, FileNames.SENTENCE_PIECE, problem);
  }

  boolean isLlama() {
    return llama;
  }

  Optional<Normalizer> normalizer() {
    if (!llama) {
      return Optional.of(new Normalizer.Sequence(commonNormalizers()));
    }
    if (!legacy) {
      return Optional.empty();
    }
    List<Normalizer> steps = new ArrayList<>();
    if (prefixSpace) {
      steps.add(new Normalizer.Prepend(MARK));
    }
    steps.add(new Normalizer.Replace(new StringPattern.Literal(" "), MARK));
    return Optional.of(new Normalizer.Sequence(steps));
  }

  private List<Normalizer> commonNormalizers() {
    List<Normalizer> steps = new ArrayList<>();
    byte[] charsmap = model.getNormalizerSpec().getPrecompiledCharsmap().toByteArray();
    if (charsmap.length > 0) {
      steps.add(new Normalizer.Precompiled(Base64.getEncoder().encodeToString(charsmap)));
    }
    steps.add(new Normalizer.Strip(false, true));
    steps.add(new Normalizer.Replace(new StringPattern.Regex(" {2,}"), MARK));
    return steps;
  }

  Optional<PreTokenizer> preTokenizer() {
    if (!llama) {
      return Optional.of(new PreTokenizer.MetaspaceSplit(commonMetaspace()));
    }
    PrependScheme scheme = prefixSpace ? PrependScheme.FIRST : PrependScheme.NEVER;
    return legacy
        ? Optional.empty()
        : Optional.of(new PreTokenizer.MetaspaceSplit(new Metaspace(MARK, scheme, false, null)));
  }

  private Metaspace commonMetaspace() {
    PrependScheme scheme = prefixSpace ? PrependScheme.ALWAYS : PrependScheme.NEVER;
    return new Metaspace(MARK, scheme, true, null);
  }

  Decoder decoder() {
    if (!llama) {
      return new Decoder.MetaspaceDecoder(commonMetaspace());
    }
    List<Decoder> steps = new ArrayList<>();
    steps.add(new Decoder.Replace(new StringPattern.Literal(MARK), " "));
    steps.add(new Decoder.ByteFallback());
    steps.add(new Decoder.Fuse());
    if (prefixSpace) {
      steps.add(new Decoder.Strip(" ", 1, 0));
    }
    return new Decoder.Sequence(steps);
  }
}
