package dev.remora.forms;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a tokenizer.json part by part: the small parts as plain JSON values, the model's
 * vocabulary, then its merges.
 */
final class AssembledJson {
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

  private final StringBuilder json = new StringBuilder(1 << 16);
  private char closing = '}';
  private boolean first = true;

  /**
   * Begins with everything before the model.
   *
   * @param components normalizer, pre_tokenizer, post_processor and decoder, those that there are
   * @param addedTokens objects with their content and flags; they need no ids
   */
  AssembledJson(Map<String, @Nullable Object> components, List<ConfiguredToken> addedTokens) {
    Map<String, @Nullable Object> file = new LinkedHashMap<>();
    file.put("version", "1.0");
    file.put("truncation", null);
    file.put("padding", null);
    List<Object> tokens = new ArrayList<>();
    addedTokens.forEach(token -> tokens.add(ConfiguredToken.toJson(token.withId(0))));
    file.put("added_tokens", tokens);
    for (String name : JsonDefinition.COMPONENTS) {
      file.put(name, components.get(name));
    }
    json.append(text(file));
    json.setLength(json.length() - 1);
    json.append(",\"model\":");
  }

  /** JSON as text. */
  static String text(@Nullable Object value) {
    return GSON.toJson(value);
  }

  /** Begins the model; its vocabulary comes next, as an object. */
  AssembledJson model(Map<String, @Nullable Object> model) {
    json.append(text(model));
    json.setLength(json.length() - 1);
    json.append(",\"vocab\":");
    return this;
  }

  AssembledJson beginVocabulary(boolean asList) {
    closing = asList ? ']' : '}';
    first = true;
    json.append(asList ? '[' : '{');
    return this;
  }

  AssembledJson beginMerges() {
    json.append(closing).append(",\"merges\":[");
    closing = ']';
    first = true;
    return this;
  }

  /** The whole vocabulary as JSON. */
  AssembledJson vocabulary(byte[] object) {
    json.append(new String(object, StandardCharsets.UTF_8));
    json.append(",\"merges\":[");
    closing = ']';
    first = true;
    return this;
  }

  private StringBuilder next() {
    if (!first) {
      json.append(',');
    }
    first = false;
    return json;
  }

  /** A token of bytes, spelled in the byte alphabet. */
  void token(byte[] bytes, int id) {
    next().append('"');
    ByteAlphabet.append(json, bytes, 0, bytes.length);
    json.append("\":").append(id);
  }

  /** A token as it is spelled. */
  void token(String token, int id) {
    quote(next(), token);
    json.append(':').append(id);
  }

  /** A token of a Unigram model. */
  void scored(String token, float score) {
    quote(next().append('['), token);
    json.append(',').append((double) score).append(']');
  }

  /** A merge of the two parts of a token of bytes. */
  void merge(byte[] token, int cut) {
    next().append('"');
    ByteAlphabet.append(json, token, 0, cut);
    ByteAlphabet.append(json.append(' '), token, cut, token.length);
    json.append('"');
  }

  /** A merge of two tokens, which may hold spaces. */
  void merge(String left, String right) {
    quote(next().append('['), left);
    quote(json.append(','), right);
    json.append(']');
  }

  private static void quote(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }

  /** Ends the file, which can not be written to afterwards. */
  byte[] end() {
    return json.append(closing).append("}}").toString().getBytes(StandardCharsets.UTF_8);
  }
}
