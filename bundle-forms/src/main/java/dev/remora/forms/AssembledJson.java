package dev.remora.forms;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a tokenizer.json in its order: the small parts as plain JSON values, the model's
 * vocabulary, then its merges.
 */
final class AssembledJson {
  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

  private byte[] json = new byte[1 << 16];
  private int length;
  private char closing;
  private boolean first;

  /**
   * Begins with everything before the model.
   *
   * @param components normalizer, pre_tokenizer, post_processor and decoder, those that there are
   * @param addedTokens they need no ids: readers find or give them
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
    putOpen(file);
    put(",\"model\":");
  }

  /** JSON as text. */
  static String text(@Nullable Object value) {
    return GSON.toJson(value);
  }

  /** The model without vocabulary and merges, which come next. */
  AssembledJson model(Map<String, @Nullable Object> model) {
    putOpen(model);
    put(",\"vocab\":");
    return this;
  }

  /** Begins a vocabulary of tokens and ids. */
  AssembledJson beginVocabulary() {
    return begin('{', '}');
  }

  /** Begins a vocabulary of tokens and scores. */
  AssembledJson beginScoredVocabulary() {
    return begin('[', ']');
  }

  /** Puts a whole vocabulary that is JSON already, and begins the merges. */
  AssembledJson vocabularyThenMerges(byte[] vocabulary) {
    put(vocabulary);
    put(",\"merges\":");
    return begin('[', ']');
  }

  /** Ends the vocabulary and begins the merges. */
  AssembledJson beginMerges() {
    put(closing + ",\"merges\":");
    return begin('[', ']');
  }

  /** A token of bytes, spelled in the byte alphabet. */
  void token(byte[] token, int id) {
    next('"');
    spell(token, 0, token.length);
    put("\":" + id);
  }

  /** A token as it is spelled. */
  void token(String token, int id) {
    next('"');
    putEscaped(token);
    put("\":" + id);
  }

  /** A token as it is spelled, and its score. */
  void scored(String token, float score) {
    next('[');
    put("\"");
    putEscaped(token);
    put("\"," + (double) score + "]");
  }

  /** A merge of the two parts of a token of bytes. */
  void merge(byte[] token, int cut) {
    next('"');
    spell(token, 0, cut);
    put(' ');
    spell(token, cut, token.length);
    put('"');
  }

  /** A merge of two tokens, which may hold spaces. */
  void merge(String left, String right) {
    next('[');
    put('"');
    putEscaped(left);
    put("\",\"");
    putEscaped(right);
    put("\"]");
  }

  /** Ends the file. */
  byte[] end() {
    put(closing + "}}");
    return Arrays.copyOf(json, length);
  }

  private AssembledJson begin(char open, char close) {
    put(open);
    closing = close;
    first = true;
    return this;
  }

  private void next(char open) {
    if (!first) {
      put(',');
    }
    first = false;
    put(open);
  }

  /** An object without its closing brace. */
  private void putOpen(Map<String, @Nullable Object> object) {
    put(text(object));
    length--;
  }

  private void spell(byte[] token, int from, int to) {
    reserve(2 * (to - from));
    length = ByteAlphabet.spell(token, from, to, json, length);
  }

  private void putEscaped(String text) {
    String quoted = text(text);
    put(quoted.substring(1, quoted.length() - 1));
  }

  private void put(String text) {
    put(text.getBytes(StandardCharsets.UTF_8));
  }

  private void put(byte[] bytes) {
    reserve(bytes.length);
    System.arraycopy(bytes, 0, json, length, bytes.length);
    length += bytes.length;
  }

  private void put(char ascii) {
    reserve(1);
    json[length++] = (byte) ascii;
  }

  private void reserve(int more) {
    int needed = Math.addExact(length, more);
    // A rank file names no merges, and half a megabyte of it can stand for half a gigabyte of them.
    BundleForms.checkSize("the assembled tokenizer.json", needed);
    if (needed > json.length) {
      json = Arrays.copyOf(json, 2 * needed);
    }
  }
}
