package dev.remora.forms;

import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.bundle.FileNames;
import dev.remora.core.definition.Model;
import dev.remora.core.guard.BuildGuard;
import dev.remora.core.json.JsonCursor;
import dev.remora.core.json.JsonTree;
import dev.remora.core.json.RustNumber;
import dev.remora.core.special.ConfiguredToken;
import dev.remora.core.vocabulary.MergeList;
import dev.remora.core.vocabulary.Vocabulary;
import dev.remora.forms.json.AddedTokenReader;
import dev.remora.forms.json.DecoderReader;
import dev.remora.forms.json.JsonObject;
import dev.remora.forms.json.LenientJson;
import dev.remora.forms.json.ModelReader;
import dev.remora.forms.json.NormalizerReader;
import dev.remora.forms.json.PostProcessorReader;
import dev.remora.forms.json.PreTokenizerReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tokenizer.json in one pass: vocabulary and merges go straight into arrays, and the small
 * rest becomes plain values, of which the readers make components.
 */
final class TokenizerJsonForm {
  private static final String FILE = FileNames.TOKENIZER_JSON;

  private final JsonCursor cursor;
  private final byte[] json;
  private final BuildGuard guard;
  private final Map<String, @Nullable Object> members = new LinkedHashMap<>();
  private final Set<String> modelNames = new HashSet<>();
  private final Map<String, Object> model = new LinkedHashMap<>();
  private final Vocabulary.Builder vocabulary = Vocabulary.builder();
  private int vocabularyEntries;
  private @Nullable MergeList merges;
  private double @Nullable [] scores;
  private long treeBytes; // of all that is read as trees

  private TokenizerJsonForm(byte[] json, BuildGuard guard) {
    this.json = json;
    this.guard = guard;
    this.cursor = new JsonCursor(FILE, json, 0);
  }

  /**
   * Reads the file.
   *
   * @param guard ends it early
   * @throws BundleException if it is not JSON, or not a tokenizer's
   */
  static FormParts read(byte[] json, BuildGuard guard) {
    return new TokenizerJsonForm(json, guard).read();
  }

  /**
   * What the file says, member by member, whether or not that makes a tokenizer.
   *
   * @param guard ends it early
   * @throws BundleException if it is not JSON
   */
  static FileContents contents(byte[] json, BuildGuard guard) {
    TokenizerJsonForm form = new TokenizerJsonForm(json, guard);
    form.readAll();
    return new FileContents(
        FileContents.byIds(form.members),
        form.vocabulary.build(),
        form.scores == null ? new double[0] : form.scores,
        form.merges == null ? MergeList.NONE : form.merges);
  }

  private void readAll() {
    readMembers(this::readTopLevel);
    cursor.expectEnd();
  }

  private FormParts read() {
    readAll();
    if (!members.containsKey("model") || !modelNames.contains("vocab")) {
      throw new BundleException(Rule.C8, FILE, "it has no model with a vocabulary");
    }
    Model read = ModelReader.read(JsonObject.of(FILE, "model", model), merges, scores);
    return new FormParts(
        NormalizerReader.readOptional(component("normalizer")),
        PreTokenizerReader.readOptional(component("pre_tokenizer")),
        read,
        vocabulary.build(),
        vocabularyEntries,
        PostProcessorReader.readOptional(component("post_processor")),
        DecoderReader.readOptional(component("decoder")),
        addedTokens(members.get("added_tokens")),
        Optional.empty());
  }

  private @Nullable JsonObject component(String name) {
    Object value = members.get(name);
    return value == null ? null : JsonObject.of(FILE, name, value);
  }

  private static List<ConfiguredToken> addedTokens(@Nullable Object member) {
    if (member == null) {
      return List.of();
    }
    if (!(member instanceof List<?> list)) {
      throw new BundleException(Rule.C8, FILE, "'added_tokens' is not an array");
    }
    List<ConfiguredToken> tokens = new ArrayList<>(list.size());
    for (Object item : list) {
      tokens.add(AddedTokenReader.read(JsonObject.of(FILE, "added_tokens", item)));
    }
    return tokens;
  }

  private interface MemberReader {
    void read(String name);
  }

  private void readMembers(MemberReader reader) {
    cursor.expect('{');
    if (cursor.take('}')) {
      return;
    }
    do {
      cursor.readKey();
      reader.read(JsonTree.text(cursor));
    } while (cursor.take(','));
    cursor.expect('}');
  }

  private void readTopLevel(String name) {
    if (members.containsKey(name)) {
      throw new BundleException(Rule.C8, FILE, "duplicate member '" + name + "'");
    }
    if (name.equals("model")) {
      members.put(name, model);
      readMembers(this::readModelMember);
    } else {
      members.put(name, readTree());
    }
  }

  private void readModelMember(String name) {
    if (!modelNames.add(name)) {
      throw new BundleException(Rule.C8, FILE, "duplicate member 'model." + name + "'");
    }
    switch (name) {
      case "vocab" -> readVocabulary();
      case "merges" -> merges = readMerges();
      default -> {
        Object value = readTree();
        if (value != null) {
          model.put(name, value);
        }
      }
    }
  }

  /** Reads a value as a tree, once its levels and its size are known to be bounded. */
  private @Nullable Object readTree() {
    int from = cursor.position();
    cursor.skipValue();
    treeBytes += cursor.position() - from;
    LenientJson.checkSize(FILE, treeBytes);
    guard.check();
    return JsonTree.read(new JsonCursor(FILE, json, from));
  }

  private void readVocabulary() {
    if (cursor.peek() == '[') {
      readScoredVocabulary();
      return;
    }
    cursor.expect('{');
    if (cursor.take('}')) {
      return;
    }
    do {
      cursor.readString();
      byte[] text = cursor.text();
      int from = cursor.textFrom();
      int to = cursor.textTo();
      cursor.expect(':');
      vocabulary.token(text, from, to, cursor.readInteger());
      guard.check(vocabularyEntries++);
    } while (cursor.take(','));
    cursor.expect('}');
  }

  private void readScoredVocabulary() {
    double[] read = new double[1 << 10];
    cursor.expect('[');
    if (!cursor.take(']')) {
      do {
        cursor.expect('[');
        cursor.readString();
        vocabulary.token(cursor.text(), cursor.textFrom(), cursor.textTo(), vocabularyEntries);
        cursor.expect(',');
        if (vocabularyEntries == read.length) {
          read = Arrays.copyOf(read, 2 * read.length);
        }
        read[vocabularyEntries++] = RustNumber.parse(cursor.readNumber());
        guard.check(vocabularyEntries);
        cursor.expect(']');
      } while (cursor.take(','));
      cursor.expect(']');
    }
    scores = Arrays.copyOf(read, vocabularyEntries);
  }

  /** Reads merges: {@code "a b"} or {@code ["a", "b"]} each. */
  private MergeList readMerges() {
    MergeList.Builder read = MergeList.builder();
    cursor.expect('[');
    if (cursor.take(']')) {
      return read.build();
    }
    int count = 0;
    do {
      guard.check(count++);
      if (cursor.peek() == '[') {
        readPair(read);
      } else {
        readLine(read);
      }
    } while (cursor.take(','));
    cursor.expect(']');
    return read.build();
  }

  private void readPair(MergeList.Builder read) {
    cursor.expect('[');
    cursor.readString();
    read.left(cursor.text(), cursor.textFrom(), cursor.textTo());
    cursor.expect(',');
    cursor.readString();
    read.right(cursor.text(), cursor.textFrom(), cursor.textTo());
    cursor.expect(']');
  }

  private void readLine(MergeList.Builder read) {
    cursor.readString();
    byte[] text = cursor.text();
    int from = cursor.textFrom();
    int to = cursor.textTo();
    if (MergeList.isVersion(text, from, to)) {
      return;
    }
    if (cursor.textSpaces() != 1) {
      throw cursor.broken("a merge that is not two tokens with one space between, before");
    }
    int space = cursor.textLastSpace();
    read.merge(text, from, space, space + 1, to);
  }
}
