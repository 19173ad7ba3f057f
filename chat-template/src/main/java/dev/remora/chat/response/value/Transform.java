package dev.remora.chat.response.value;

import dev.remora.ResponseException.Problem;
import dev.remora.chat.response.pattern.Outcome;
import dev.remora.chat.response.pattern.PatternSearch;
import dev.remora.chat.response.pattern.PythonPattern;
import dev.remora.chat.response.pattern.ReplyText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shape that is given to a value: literals, and places for what was read. Immutable. */
public sealed interface Transform {
  /**
   * The shape, filled.
   *
   * @param scope what the places may name
   * @throws ValueFailure if a place names nothing
   */
  @Nullable Object apply(Map<String, @Nullable Object> scope);

  /**
   * Reads a shape.
   *
   * @throws IllegalArgumentException if a text has a place and more
   */
  static Transform of(@Nullable Object shape) {
    if (shape instanceof Map<?, ?> map) {
      Map<String, Transform> members = new LinkedHashMap<>();
      map.forEach((name, member) -> members.put(String.valueOf(name), of(member)));
      return new Members(members);
    }
    if (shape instanceof List<?> list) {
      return new Items(list.stream().map(Transform::of).toList());
    }
    return shape instanceof String text ? Place.of(text) : new Literal(shape);
  }

  /** An object. */
  record Members(Map<String, Transform> members) implements Transform {
    @Override
    public Map<String, @Nullable Object> apply(Map<String, @Nullable Object> scope) {
      Map<String, @Nullable Object> filled = new LinkedHashMap<>();
      members.forEach((name, member) -> filled.put(name, member.apply(scope)));
      return filled;
    }
  }

  /** A list. */
  record Items(List<Transform> items) implements Transform {
    @Override
    public List<@Nullable Object> apply(Map<String, @Nullable Object> scope) {
      List<@Nullable Object> filled = new ArrayList<>(items.size());
      items.forEach(item -> filled.add(item.apply(scope)));
      return filled;
    }
  }

  /** A value that is as it is. */
  record Literal(@Nullable Object value) implements Transform {
    @Override
    public @Nullable Object apply(Map<String, @Nullable Object> scope) {
      return value;
    }
  }

  /** A place such as {@code {content.name}}. */
  record Place(String root, List<String> keys) implements Transform {
    private static final PythonPattern PLACE = PythonPattern.of("\\{(?P<path>\\w+(?:\\.\\w+)*)\\}");

    /** The place that a text is, or the text. */
    static Transform of(String text) {
      ReplyText whole = ReplyText.of(text);
      PatternSearch search = new PatternSearch(PLACE);
      if (search.advance(whole) != Outcome.MATCHED) {
        return new Literal(text);
      }
      String path = search.group("path", whole);
      if (path == null || search.start() > 0 || search.end() < text.length()) {
        throw new IllegalArgumentException("the text " + text + " has a place and more");
      }
      List<String> names = List.of(path.split("\\.", -1));
      return new Place(names.get(0), names.subList(1, names.size()));
    }

    @Override
    public @Nullable Object apply(Map<String, @Nullable Object> scope) {
      Object value = member(scope, root);
      for (String key : keys) {
        if (!(value instanceof Map<?, ?> map)) {
          throw ValueFailure.of(Problem.TRANSFORM, this + " looks into what is no object");
        }
        value = member(map, key);
      }
      return value;
    }

    private @Nullable Object member(Map<?, ?> map, String name) {
      if (!map.containsKey(name)) {
        throw ValueFailure.of(Problem.TRANSFORM, this + " names nothing: " + name);
      }
      return map.get(name);
    }

    @Override
    public String toString() {
      return "{" + root + (keys.isEmpty() ? "" : "." + String.join(".", keys)) + "}";
    }
  }
}
