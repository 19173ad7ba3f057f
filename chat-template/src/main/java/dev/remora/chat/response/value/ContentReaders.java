package dev.remora.chat.response.value;

import dev.remora.ResponseException.Problem;
import dev.remora.chat.response.pattern.PatternException;
import dev.remora.chat.response.pattern.PythonPattern;
import dev.remora.chat.response.value.ContentReader.Broken;
import dev.remora.chat.response.value.JsonContent.Quotes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The readers by the names that response templates have for them, with their arguments. */
public final class ContentReaders {
  /** The names. */
  public static final Set<String> NAMES =
      Set.of("text", "int", "float", "bool", "json", "xml-inline", "kv-lines");

  /** A reader that only templates of Remora's own may name: tags that say their type. */
  public static final String TYPED_TAGS = "typed-tags";

  private static final Object JSON_OR_TEXT =
      Map.of("name", "json", "args", Map.of("allow_non_json", true));

  private ContentReaders() {}

  /**
   * The reader of a name. Arguments that are wrong show only when it is used.
   *
   * @param name one of {@link #NAMES}, or {@link #TYPED_TAGS}
   * @param arguments the arguments, as a response template has them
   */
  public static ContentReader of(String name, @Nullable Object arguments) {
    if (!(arguments instanceof Map<?, ?> map)) {
      return broken("content_args is no object");
    }
    boolean strip = !map.containsKey("strip") || PlainValues.isTrue(map.get("strip"));
    return switch (name) {
      case "text" -> new ContentReader.Text(strip);
      case "int" -> new ContentReader.Whole();
      case "float" -> new ContentReader.Decimal();
      case "bool" -> new ContentReader.Truth(strip);
      case "json" -> json(map, strip);
      case "xml-inline" -> tags(map, map.get("value_parser"), false);
      case TYPED_TAGS -> tags(map, JSON_OR_TEXT, true);
      case "kv-lines" -> lines(map, strip);
      default -> broken("no content parser of this name: " + name);
    };
  }

  private static Broken broken(String detail) {
    return new Broken(Problem.CONTENT, detail);
  }

  private static ContentReader json(Map<?, ?> arguments, boolean strip) {
    List<Quotes> quotes = new ArrayList<>();
    Object pairs =
        arguments.containsKey("string_delims") ? arguments.get("string_delims") : List.of();
    if (!(pairs instanceof List<?> list)) {
      return broken("string_delims is no list");
    }
    for (Object pair : list) {
      boolean isPair =
          pair instanceof List<?> marks
              && marks.size() == 2
              && marks.get(0) instanceof String open
              && marks.get(1) instanceof String close
              && !(open + close).isEmpty();
      if (!isPair) {
        return broken("string_delims has what is no pair of marks");
      }
      List<?> marks = (List<?>) pair;
      quotes.add(new Quotes((String) marks.get(0), (String) marks.get(1)));
    }
    return new JsonContent(
        List.copyOf(quotes),
        PlainValues.isTrue(arguments.get("unquoted_keys")),
        PlainValues.isTrue(arguments.get("allow_non_json")),
        strip);
  }

  private static ContentReader tags(
      Map<?, ?> arguments, @Nullable Object valueParser, boolean typed) {
    if (!(arguments.get("tag_pattern") instanceof String expression)) {
      return broken("tag_pattern is no text");
    }
    try {
      return new TagContent(
          PythonPattern.of(expression),
          values(valueParser),
          PlainValues.isTrue(arguments.get("merge_duplicates")),
          typed,
          typed && PlainValues.isTrue(arguments.get("escaped_keys")));
    } catch (PatternException e) {
      return new Broken(Problem.PATTERN, "tag_pattern: " + e.getMessage());
    }
  }

  private static ContentReader lines(Map<?, ?> arguments, boolean strip) {
    Object lineEnd = arguments.containsKey("line_sep") ? arguments.get("line_sep") : "\n";
    Object separator = arguments.containsKey("kv_sep") ? arguments.get("kv_sep") : ":";
    return lineEnd instanceof String end && separator instanceof String mark
        ? new LineContent(end, mark, strip, values(arguments.get("value_parser")))
        : broken("line_sep or kv_sep is no text");
  }

  /** How values are read; null for their text. */
  private static @Nullable ContentReader values(@Nullable Object parser) {
    if (parser == null) {
      return null;
    }
    if (!(parser instanceof Map<?, ?> map)) {
      return broken("value_parser is no object");
    }
    Object name = map.containsKey("name") ? map.get("name") : "text";
    return of(String.valueOf(name), map.containsKey("args") ? map.get("args") : Map.of());
  }
}
