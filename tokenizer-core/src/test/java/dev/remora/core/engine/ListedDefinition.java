package dev.remora.core.engine;

import dev.remora.SpecialTokens;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A definition of a few tokens, whose ids are their places in the list, and a decoder. */
record ListedDefinition(
    List<String> tokens, List<AddedToken> addedTokens, Map<String, Object> decoder)
    implements TokenizerDefinition {

  @Override
  public byte[] json() {
    return new byte[0];
  }

  @Override
  public Map<String, Object> component(String name) {
    return name.equals("decoder") ? decoder : Map.of();
  }

  @Override
  public Map<String, Object> model() {
    return Map.of("type", "BPE");
  }

  @Override
  public Vocabulary vocabulary() {
    Vocabulary.Builder builder = Vocabulary.builder();
    for (int id = 0; id < tokens.size(); id++) {
      byte[] utf8 = tokens.get(id).getBytes(StandardCharsets.UTF_8);
      builder.token(utf8, 0, utf8.length, id);
    }
    return builder.build().withAdded(addedTokens);
  }

  @Override
  public SpecialTokens specialTokens() {
    return SpecialTokens.builder().build();
  }

  @Override
  public int mergeCount() {
    return 0;
  }

  @Override
  public void forEachMerge(MergeVisitor visitor) {}
}
