package dev.remora.forms;

import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.forms.SentencePieceRules.Source;
import dev.remora.forms.sentencepiece.ModelProto;
import dev.remora.forms.sentencepiece.TrainerSpec.ModelType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Which rules a SentencePiece model has. A class that the configs name, or that transformers has
 * for their model type, has its own, whatever the model's spec says; a class that is not known is
 * refused, and named. Without a class the spec counts: BPE with a piece for each byte and no
 * normalization is Llama's, and everything else is what the spec says.
 */
final class SentencePieceClasses {
  /** The register: a class that is known has its line here. */
  private static final Map<String, Function<Source, SentencePieceRules>> RULES =
      Map.of(
          "LlamaTokenizer", LlamaRules::new,
          "GemmaTokenizer", GemmaRules::new,
          "T5Tokenizer", T5Rules::new,
          "MT5Tokenizer", T5Rules::new,
          "XLMRobertaTokenizer", XlmRobertaRules::new,
          "XLNetTokenizer", XlnetRules::new);

  private static final Map<String, String> CLASS_OF_MODEL_TYPE = new HashMap<>();

  static {
    put("LlamaTokenizer", "llama", "mistral", "mixtral");
    put("GemmaTokenizer", "gemma", "gemma2", "gemma3", "gemma3_text");
    put("T5Tokenizer", "t5", "mt5", "umt5", "longt5", "switch_transformers");
    put("XLMRobertaTokenizer", "xlm-roberta", "xlm-roberta-xl");
    put("XLNetTokenizer", "xlnet");
  }

  private SentencePieceClasses() {}

  private static void put(String className, String... modelTypes) {
    for (String modelType : modelTypes) {
      CLASS_OF_MODEL_TYPE.put(modelType, className);
    }
  }

  /**
   * The rules of a model.
   *
   * @param file the name of its file, for messages
   * @throws BundleException if it is of a kind, or of a class, that is not supported
   */
  static SentencePieceRules of(String file, ModelProto model, TokenizerConfigs configs) {
    ModelType type = model.getTrainerSpec().getModelType();
    if (type != ModelType.BPE && type != ModelType.UNIGRAM) {
      throw refusal(file, "a model of type " + type + " is not supported: BPE and UNIGRAM are");
    }
    if (model.getPiecesCount() == 0) {
      throw refusal(file, "it holds no pieces");
    }
    Source source = new Source(file, model, configs);
    Optional<String> named = configs.tokenizerClass();
    if (named.isPresent()) {
      return ofClass(named.get(), source).orElseThrow(() -> refusal(file, unknown(named.get())));
    }
    Optional<String> modelType = configs.modelType();
    if (modelType.isPresent()) {
      return Optional.ofNullable(CLASS_OF_MODEL_TYPE.get(modelType.get()))
          .flatMap(name -> ofClass(name, source))
          .orElseThrow(
              () -> refusal(file, unknown("the class of the model type " + modelType.get())));
    }
    return LlamaRules.isSpecOf(model) ? new LlamaRules(source) : new OwnSpecRules(source);
  }

  private static Optional<SentencePieceRules> ofClass(String name, Source source) {
    return Optional.ofNullable(RULES.get(name)).map(rules -> rules.apply(source));
  }

  private static String unknown(String name) {
    return name + " is not supported: " + List.copyOf(new TreeSet<>(RULES.keySet())) + " are";
  }

  private static BundleException refusal(String file, String problem) {
    return new BundleException(Rule.C8, file, problem);
  }
}
