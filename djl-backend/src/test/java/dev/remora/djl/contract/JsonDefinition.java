package dev.remora.djl.contract;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.ToNumberPolicy;
import com.google.gson.reflect.TypeToken;
import dev.remora.SpecialTokens;
import dev.remora.spi.AddedToken;
import dev.remora.spi.TokenizerDefinition;
import dev.remora.spi.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A definition read from a tokenizer.json as it stands, sound or not. */
public final class JsonDefinition implements TokenizerDefinition {
  private static final Gson GSON =
      new GsonBuilder().setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE).create();

  private final byte[] json;
  private final Map<String, Object> root;

  /** Reads a tokenizer.json. */
  public JsonDefinition(byte[] json) {
    this.json = json;
    this.root =
        GSON.fromJson(
            new String(json, StandardCharsets.UTF_8), new TypeToken<Map<String, Object>>() {});
  }

  @Override
  public byte[] json() {
    return json;
  }

  @Override
  @SuppressWarnings("unchecked") // JSON objects are maps by name
  public Map<String, Object> component(String name) {
    return root.get(name) instanceof Map<?, ?> object ? (Map<String, Object>) object : Map.of();
  }

  @Override
  public Map<String, Object> model() {
    Map<String, Object> model = new LinkedHashMap<>(component("model"));
    model.remove("vocab");
    model.remove("merges");
    return model;
  }

  @Override
  public Vocabulary vocabulary() {
    Vocabulary.Builder builder = Vocabulary.builder();
    if (component("model").get("vocab") instanceof Map<?, ?> vocabulary) {
      vocabulary.forEach((token, id) -> add(builder, (String) token, (Long) id));
    } else if (component("model").get("vocab") instanceof List<?> pieces) {
      for (int id = 0; id < pieces.size(); id++) {
        add(builder, (String) ((List<?>) pieces.get(id)).get(0), id);
      }
    }
    return builder.build().withAdded(addedTokens());
  }

  private static void add(Vocabulary.Builder builder, String token, long id) {
    byte[] utf8 = token.getBytes(StandardCharsets.UTF_8);
    builder.token(utf8, 0, utf8.length, id);
  }

  @Override
  public List<AddedToken> addedTokens() {
    List<AddedToken> tokens = new ArrayList<>();
    for (Object entry : (List<?>) root.getOrDefault("added_tokens", List.of())) {
      Map<?, ?> token = (Map<?, ?>) entry;
      tokens.add(
          new AddedToken(
              Math.toIntExact((Long) member(token, "id")),
              (String) member(token, "content"),
              Boolean.TRUE.equals(token.get("single_word")),
              Boolean.TRUE.equals(token.get("lstrip")),
              Boolean.TRUE.equals(token.get("rstrip")),
              Boolean.TRUE.equals(token.get("normalized")),
              Boolean.TRUE.equals(token.get("special"))));
    }
    return tokens;
  }

  private static Object member(Map<?, ?> object, String name) {
    return Objects.requireNonNull(object.get(name), name);
  }

  @Override
  public SpecialTokens specialTokens() {
    return SpecialTokens.builder().build();
  }

  @Override
  public int mergeCount() {
    return merges().size();
  }

  @Override
  public void forEachMerge(MergeVisitor visitor) {
    for (Object merge : merges()) {
      Object[] sides =
          merge instanceof String line ? line.split(" ", 2) : ((List<?>) merge).toArray();
      byte[] left = ((String) sides[0]).getBytes(StandardCharsets.UTF_8);
      byte[] right = ((String) sides[1]).getBytes(StandardCharsets.UTF_8);
      visitor.merge(left, 0, left.length, right, 0, right.length);
    }
  }

  private List<?> merges() {
    return component("model").get("merges") instanceof List<?> merges ? merges : List.of();
  }
}
