package dev.remora.forms;

import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.core.engine.Vocabulary;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Splits the bytes of a tokenizer.json in one pass: vocabulary and merges go straight into arrays,
 * and the small rest becomes plain values.
 */
final class TokenizerJson {
  /** The name for messages. */
  static final String FILE = "tokenizer.json";

  private static final Set<String> OFF = Set.of("truncation", "padding");

  private final byte[] json;
  private final Map<String, Range> members = new LinkedHashMap<>();
  private final Map<String, Object> model = new LinkedHashMap<>();
  private final Vocabulary.Builder vocabulary = Vocabulary.builder();
  private boolean vocabularyIsArray;
  private @Nullable Merges merges;
  private int vocabularyEntries;
  private long modelBytes; // of the model's members without vocab and merges

  /** Where a value stands: {@code from} inclusive, {@code to} exclusive, white space included. */
  record Range(int from, int to) {}

  private TokenizerJson(byte[] json) {
    this.json = json;
  }

  /**
   * Splits the file.
   *
   * @throws BundleException if it is no JSON, or not a tokenizer's
   */
  static TokenizerJson split(byte[] json) {
    TokenizerJson split = new TokenizerJson(json);
    JsonBytes bytes = new JsonBytes(FILE, json, 0);
    split.readMembers(bytes, split::readTopLevel);
    bytes.expectEnd();
    if (!split.members.containsKey("model") || !split.model.containsKey("vocab")) {
      throw new BundleException(Rule.C8, FILE, "it has no model with a vocabulary");
    }
    return split;
  }

  private interface MemberReader {
    void read(JsonBytes bytes, String name);
  }

  private void readMembers(JsonBytes bytes, MemberReader reader) {
    bytes.expect('{');
    if (bytes.take('}')) {
      return;
    }
    do {
      bytes.readKey();
      reader.read(bytes, JsonTree.text(bytes));
    } while (bytes.take(','));
    bytes.expect('}');
  }

  private void readTopLevel(JsonBytes bytes, String name) {
    int from = bytes.position();
    if (name.equals("model")) {
      readMembers(bytes, this::readModelMember);
    } else {
      bytes.skipValue();
    }
    if (members.put(name, new Range(from, bytes.position())) != null) {
      throw new BundleException(Rule.C8, FILE, "'" + name + "' stands twice");
    }
  }

  private void readModelMember(JsonBytes bytes, String name) {
    if (model.containsKey(name) || (name.equals("merges") && merges != null)) {
      throw new BundleException(Rule.C8, FILE, "'model." + name + "' stands twice");
    }
    switch (name) {
      case "vocab" -> {
        model.put(name, true);
        readVocabulary(bytes);
      }
      case "merges" -> merges = Merges.read(bytes);
      default -> {
        int from = bytes.position();
        bytes.skipValue();
        modelBytes += bytes.position() - from;
        JsonValues.checkSize(FILE, modelBytes);
        Object value = value(new Range(from, bytes.position()));
        if (value != null) {
          model.put(name, value);
        }
      }
    }
  }

  private void readVocabulary(JsonBytes bytes) {
    if (bytes.peek() == '[') {
      vocabularyIsArray = true;
      readUnigramVocabulary(bytes);
      return;
    }
    bytes.expect('{');
    if (bytes.take('}')) {
      return;
    }
    do {
      bytes.readString();
      byte[] text = bytes.text();
      int from = bytes.textFrom();
      int to = bytes.textTo();
      bytes.expect(':');
      vocabulary.token(text, from, to, bytes.readInteger());
      vocabularyEntries++;
    } while (bytes.take(','));
    bytes.expect('}');
  }

  private void readUnigramVocabulary(JsonBytes bytes) {
    bytes.expect('[');
    if (bytes.take(']')) {
      return;
    }
    do {
      bytes.expect('[');
      bytes.readString();
      vocabulary.token(bytes.text(), bytes.textFrom(), bytes.textTo(), vocabularyEntries++);
      bytes.expect(',');
      bytes.skipValue(); // the score
      bytes.expect(']');
    } while (bytes.take(','));
    bytes.expect(']');
  }

  private @Nullable Object value(Range range) {
    JsonValues.checkSize(FILE, range.to() - range.from());
    return JsonTree.read(new JsonBytes(FILE, json, range.from()));
  }

  /** A top-level member; null if it is absent or null. */
  @Nullable Object member(String name) {
    Range range = members.get(name);
    return range == null ? null : value(range);
  }

  /** The members of the model without vocab and merges, its type named as tokenizers deduces it. */
  Map<String, Object> model() {
    Map<String, Object> named = new LinkedHashMap<>(model);
    named.remove("vocab");
    named.putIfAbsent("type", deducedType());
    return named;
  }

  private String deducedType() {
    if (merges != null) {
      return "BPE";
    }
    if (vocabularyIsArray) {
      return "Unigram";
    }
    return model.containsKey("continuing_subword_prefix") ? "WordPiece" : "WordLevel";
  }

  Vocabulary.Builder vocabulary() {
    return vocabulary;
  }

  /** How many tokens the model's vocabulary has. */
  int vocabularyEntries() {
    return vocabularyEntries;
  }

  /** The merges; none where there are none. */
  Merges merges() {
    return merges == null ? Merges.NONE : merges;
  }

  /**
   * The whole file with truncation and padding off and these members in place of its own.
   *
   * @param replacements name to JSON text
   */
  byte[] with(Map<String, String> replacements) {
    Map<String, String> texts = new LinkedHashMap<>(replacements);
    for (String name : OFF) {
      if (member(name) != null) {
        texts.put(name, "null");
      }
    }
    if (texts.isEmpty()) {
      return json;
    }
    ByteArrayOutputStream edited = new ByteArrayOutputStream(json.length);
    int done = 0;
    for (Map.Entry<String, Range> member : members.entrySet()) {
      String text = texts.remove(member.getKey());
      if (text != null) {
        edited.write(json, done, member.getValue().from() - done);
        edited.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        done = member.getValue().to();
      }
    }
    int end = json.length - 1;
    while (json[end] != '}') {
      end--; // only white space follows
    }
    edited.write(json, done, end - done);
    texts.forEach(
        (name, text) ->
            edited.writeBytes((",\"" + name + "\":" + text).getBytes(StandardCharsets.UTF_8)));
    edited.write(json, end, json.length - end);
    return edited.toByteArray();
  }
}
