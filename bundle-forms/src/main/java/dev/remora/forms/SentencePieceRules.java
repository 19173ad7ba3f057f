package dev.remora.forms;

import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.forms.sentencepiece.ModelProto;
import dev.remora.forms.sentencepiece.TrainerSpec.ModelType;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What surrounds a SentencePiece model in transformers: Llama's way, or the common one. */
final class SentencePieceRules {
  private final ModelProto model;
  private final boolean llama;
  private final boolean legacy;
  private final boolean prefixSpace;

  private SentencePieceRules(ModelProto model, BundleConfigs configs) {
    this.model = model;
    String name = configs.tokenizerClass().orElse("");
    ModelType type = model.getTrainerSpec().getModelType();
    if (type != ModelType.BPE && type != ModelType.UNIGRAM) {
      throw refusal("a model of type " + type + " is not supported: BPE and UNIGRAM are");
    }
    if (model.getPiecesCount() == 0) {
      throw refusal("it holds no pieces");
    }
    if (!name.isEmpty() && !name.equals("LlamaTokenizer")) {
      throw refusal(name + " is not supported: LlamaTokenizer is");
    }
    this.llama = !name.isEmpty() || !configs.hasTokenizerConfig() || type == ModelType.BPE;
    this.legacy = configs.flag("legacy").orElse(true);
    this.prefixSpace = configs.flag("add_prefix_space").orElse(true);
  }

  static SentencePieceRules of(ModelProto model, BundleConfigs configs) {
    return new SentencePieceRules(model, configs);
  }

  private static BundleException refusal(String problem) {
    return new BundleException(Rule.C8, SentencePieceFile.FILE, problem);
  }

  boolean isLlama() {
    return llama;
  }

  /** Normalizer, pre-tokenizer and decoder. */
  Map<String, @Nullable Object> components() {
    Map<String, @Nullable Object> components = new LinkedHashMap<>();
    if (llama) {
      components.put("normalizer", legacy ? llamaNormalizer() : null);
      components.put(
          "pre_tokenizer",
          legacy ? null : Components.metaspace(prefixSpace ? "first" : "never", false));
      components.put("decoder", llamaDecoder());
    } else {
      String scheme = prefixSpace ? "always" : "never";
      components.put("normalizer", commonNormalizer());
      components.put("pre_tokenizer", Components.metaspace(scheme, true));
      components.put("decoder", Components.metaspace(scheme, true));
    }
    return components;
  }

  private Object llamaNormalizer() {
    List<Object> steps = new ArrayList<>();
    if (prefixSpace) {
      steps.add(Components.object("Prepend", "prepend", "▁"));
    }
    steps.add(Components.replace(" ", "▁"));
    return Components.object("Sequence", "normalizers", steps);
  }

  private Object llamaDecoder() {
    List<Object> steps = new ArrayList<>();
    steps.add(Components.replace("▁", " "));
    steps.add(Components.object("ByteFallback"));
    steps.add(Components.object("Fuse"));
    if (prefixSpace) {
      steps.add(Components.object("Strip", "content", " ", "start", 1, "stop", 0));
    }
    return Components.object("Sequence", "decoders", steps);
  }

  private Object commonNormalizer() {
    List<Object> steps = new ArrayList<>();
    byte[] charsmap = model.getNormalizerSpec().getPrecompiledCharsmap().toByteArray();
    if (charsmap.length > 0) {
      steps.add(
          Components.object(
              "Precompiled", "precompiled_charsmap", Base64.getEncoder().encodeToString(charsmap)));
    }
    steps.add(Components.object("Strip", "strip_left", false, "strip_right", true));
    steps.add(Components.object("Replace", "pattern", Map.of("Regex", " {2,}"), "content", "▁"));
    return Components.object("Sequence", "normalizers", steps);
  }
}
