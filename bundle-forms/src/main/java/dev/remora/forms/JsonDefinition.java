package dev.remora.forms;

import dev.remora.SpecialTokens;
import dev.remora.spi.AddedToken;
import dev.remora.spi.TokenizerDefinition;
import dev.remora.spi.Vocabulary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A definition over the bytes of one tokenizer.json. */
final class JsonDefinition implements TokenizerDefinition {
  private static final List<String> COMPONENTS =
      List.of("normalizer", "pre_tokenizer", "post_processor", "decoder");

  private final byte[] json;
  private final Map<String, Object> model;
  private final Map<String, Map<String, Object>> components = new LinkedHashMap<>();
  private final Vocabulary vocabulary;
  private final List<AddedToken> addedTokens;
  private final SpecialTokens specialTokens;
  private final Merges merges;

  private JsonDefinition(TokenizerJson split) {
    this.json = split.withoutTruncationAndPadding();
    this.model = split.model();
    for (String name : COMPONENTS) {
      components.put(name, Members.map(TokenizerJson.FILE, name, split.member(name)));
    }
    Vocabulary modelVocabulary = split.vocabulary().build();
    this.addedTokens =
        AddedTokens.read(split.member("added_tokens"), modelVocabulary, split.vocabularyEntries());
    this.vocabulary = modelVocabulary.withAdded(addedTokens);
    this.merges = split.merges();
    SpecialTokens.Builder special = SpecialTokens.builder();
    addedTokens.stream()
        .filter(AddedToken::special)
        .forEach(token -> special.special(token.content(), token.id()));
    this.specialTokens = special.build();
  }

  static JsonDefinition of(byte[] tokenizerJson) {
    return new JsonDefinition(TokenizerJson.split(tokenizerJson));
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
