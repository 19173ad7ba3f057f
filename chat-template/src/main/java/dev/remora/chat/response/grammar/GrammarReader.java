package dev.remora.chat.response.grammar;

import dev.remora.ResponseException;
import dev.remora.ResponseException.Problem;
import dev.remora.chat.response.pattern.PatternException;
import dev.remora.chat.response.pattern.PythonPattern;
import dev.remora.chat.response.value.ContentReaders;
import dev.remora.chat.response.value.PlainValues;
import dev.remora.chat.response.value.Transform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads response templates of version 1, and refuses what the format does not know. */
public final class GrammarReader {
  private static final Set<String> TEMPLATE_KEYS =
      Set.of("version", "defaults", "fields", "start_anchor", "start_anchor_pattern");
  private static final Set<String> FIELD_KEYS =
      Set.of(
          "open",
          "open_pattern",
          "close",
          "close_pattern",
          "content",
          "content_args",
          "repeats",
          "join",
          "optional",
          "transform",
          "transform_each");

  private GrammarReader() {}

  /**
   * Reads a response template.
   *
   * @param template its JSON as plain values
   * @param own whether it is one of Remora's, which may read content as no other may
   * @throws ResponseException of {@link Problem#TEMPLATE} if it breaks a rule
   */
  public static ReplyGrammar read(@Nullable Object template, boolean own) {
    if (!(template instanceof Map<?, ?> map)) {
      throw failure(null, "no object");
    }
    checkKeys(null, map, TEMPLATE_KEYS);
    checkVersion(map);
    if (!(value(map, "defaults", Map.of()) instanceof Map<?, ?> defaults)) {
      throw failure(null, "defaults is no object");
    }
    if (!(map.get("fields") instanceof Map<?, ?> described) || described.isEmpty()) {
      throw failure(null, "fields is no object of at least one field");
    }
    List<FieldRule> fields = new ArrayList<>();
    described.forEach((name, rule) -> fields.add(field(String.valueOf(name), rule, own)));
    if (fields.stream().filter(field -> field.open() == null).count() > 1) {
      throw failure(null, "several fields have no open and no open_pattern");
    }
    PythonPattern anchor = delimiter(null, map, "start_anchor", "start_anchor_pattern");
    if (anchor == null) {
      throw failure(null, "neither start_anchor nor start_anchor_pattern is there");
    }
    return new ReplyGrammar(PlainValues.freezeAll(defaults), List.copyOf(fields), anchor);
  }

  private static ResponseException failure(@Nullable String field, String detail) {
    String problem = "response template: " + detail;
    return new ResponseException(Problem.TEMPLATE, field, problem, Map.of(), "", null);
  }

  private static void checkKeys(@Nullable String field, Map<?, ?> map, Set<String> known) {
    Set<String> unknown = new TreeSet<>();
    map.keySet().forEach(key -> unknown.add(String.valueOf(key)));
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw failure(field, "unknown keys " + unknown);
    }
  }

  /** The version is 1, as Python compares: also 1.0 and true. */
  private static void checkVersion(Map<?, ?> template) {
    Object version = value(template, "version", 1);
    boolean isOne =
        Boolean.TRUE.equals(version)
            || (version instanceof Number number && number.doubleValue() == 1);
    if (!isOne) {
      throw failure(null, "unknown version " + version);
    }
  }

  private static @Nullable Object value(Map<?, ?> map, String key, Object otherwise) {
    return map.containsKey(key) ? map.get(key) : otherwise;
  }

  private static FieldRule field(String name, @Nullable Object rule, boolean own) {
    if (!(rule instanceof Map<?, ?> map)) {
      throw failure(name, "no object");
    }
    checkKeys(name, map, FIELD_KEYS);
    if (!(value(map, "content", "text") instanceof String content)
        || !(ContentReaders.NAMES.contains(content)
            || (own && content.equals(ContentReaders.TYPED_TAGS)))) {
      throw failure(name, "unknown content parser " + map.get("content"));
    }
    PythonPattern open = delimiter(name, map, "open", "open_pattern");
    PythonPattern close = delimiter(name, map, "close", "close_pattern");
    boolean repeats = PlainValues.isTrue(map.get("repeats"));
    if (!(value(map, "transform_each", false) instanceof Boolean each)) {
      throw failure(name, "transform_each is no boolean");
    }
    Transform transform = transform(name, map.get("transform"), open, close);
    if (each && transform == null) {
      throw failure(name, "transform_each without transform");
    }
    return new FieldRule(
        name,
        open,
        close,
        ContentReaders.of(content, value(map, "content_args", Map.of())),
        repeats,
        join(name, map.get("join"), repeats),
        !PlainValues.isTrue(value(map, "optional", true)),
        transform,
        each);
  }

  private static @Nullable String join(String field, @Nullable Object join, boolean repeats) {
    if (join == null) {
      return null;
    }
    if (!(join instanceof String text)) {
      throw failure(field, "join is no text");
    }
    if (!repeats) {
      throw failure(field, "join without repeats");
    }
    return text;
  }

  private static @Nullable Transform transform(
      String field,
      @Nullable Object shape,
      @Nullable PythonPattern open,
      @Nullable PythonPattern close) {
    if (shape == null) {
      if (hasGroups(open) || hasGroups(close)) {
        throw failure(field, "a pattern has named groups, which nothing takes without transform");
      }
      return null;
    }
    try {
      return Transform.of(shape);
    } catch (IllegalArgumentException e) {
      throw failure(field, "transform: " + e.getMessage());
    }
  }

  private static boolean hasGroups(@Nullable PythonPattern pattern) {
    return pattern != null && !pattern.groupNames().isEmpty();
  }

  /** A delimiter by its literals or its pattern; null if neither is there. */
  private static @Nullable PythonPattern delimiter(
      @Nullable String field, Map<?, ?> map, String literalKey, String patternKey) {
    if (map.containsKey(literalKey) && map.containsKey(patternKey)) {
      throw failure(field, "both " + literalKey + " and " + patternKey);
    }
    if (map.containsKey(literalKey)) {
      return PythonPattern.ofLiterals(literals(field, literalKey, map.get(literalKey)));
    }
    if (!map.containsKey(patternKey)) {
      return null;
    }
    if (!(map.get(patternKey) instanceof String expression)) {
      throw failure(field, patternKey + " is no text");
    }
    try {
      return PythonPattern.of(expression);
    } catch (PatternException e) {
      throw failure(field, patternKey + ": " + e.getMessage());
    }
  }

  private static List<String> literals(@Nullable String field, String key, @Nullable Object value) {
    List<?> literals =
        value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
    List<String> texts = new ArrayList<>();
    for (Object literal : literals) {
      if (!(literal instanceof String text) || text.isEmpty()) {
        throw failure(field, key + " has what is no text, or an empty one");
      }
      texts.add(text);
    }
    if (texts.isEmpty()) {
      throw failure(field, key + " has no text");
    }
    return texts;
  }
}
