package dev.remora.forms;

import dev.remora.SpecialTokens;
import dev.remora.core.engine.AddedToken;
import dev.remora.core.engine.TokenizerDefinition;
import dev.remora.core.engine.Vocabulary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A definition over the bytes of one tokenizer.json, with what the configs beside it say. */
final class JsonDefinition implements TokenizerDefinition {
  static final List<String> COMPONENTS =
      List.of("normalizer", "pre_tokenizer", "post_processor", "decoder");

  private final byte[] json;
  private final Map<String, Object> model;
  private final Map<String, Map<String, Object>> components = new LinkedHashMap<>();
  private final Vocabulary vocabulary;
  private final List<AddedToken> addedTokens;
  private final SpecialTokens specialTokens;
  private final Merges merges;

  private JsonDefinition(TokenizerJson split, BundleConfigs configs) {
    this.model = split.model();
    VersionSkew.check("model", model);
    for (String name : COMPONENTS) {
      components.put(name, Members.map(TokenizerJson.FILE, name, split.member(name)));
      VersionSkew.check(name, component(name));
    }
    Vocabulary modelVocabulary = split.vocabulary().build();
    AddedTokens added = new AddedTokens(modelVocabulary, split.vocabularyEntries());
    added.addAll(split.member("added_tokens"));
    List<AddedToken> own = added.toList();
    ConfiguredParts parts = new ConfiguredParts(configs);
    parts.addTokens(added);
    this.addedTokens = added.toList();
    this.vocabulary = modelVocabulary.withAdded(addedTokens);
    this.merges = split.merges();
    Map<String, String> replacements = new LinkedHashMap<>();
    if (!own.equals(addedTokens)) {
      replacements.put(
          "added_tokens",
          AssembledJson.text(addedTokens.stream().map(ConfiguredToken::toJson).toList()));
    }
    parts
        .postProcessor(vocabulary)
        .ifPresent(
            processor -> {
              String text = AssembledJson.text(processor);
              components.put("post_processor", JsonValues.object(TokenizerJson.FILE, text));
              replacements.put("post_processor", text);
            });
    this.json = split.with(replacements);
    this.specialTokens = parts.specialTokens(addedTokens, vocabulary, component("post_processor"));
  }

  static JsonDefinition of(byte[] tokenizerJson, BundleConfigs configs) {
    return new JsonDefinition(TokenizerJson.split(tokenizerJson), configs);
  }

  @Override
  public byte[] json() {
    return json;
  }

  @Override
  public Map<String, Object> component(String name) {
    return components.getOrDefault(name, Map.of());
  }

  @Override
  public Map<String, Object> model() {
    return model;
  }

  @Override
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public List<AddedToken> addedTokens() {
    return addedTokens;
  }

  @Override
  public SpecialTokens specialTokens() {
    return specialTokens;
  }

  @Override
  public int mergeCount() {
    return merges.count();
  }

  @Override
  public void forEachMerge(MergeVisitor visitor) {
    merges.forEach(visitor);
  }
}
