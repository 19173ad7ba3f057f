package dev.remora.chat.encoding;

import dev.remora.LimitException;
import dev.remora.Prompt;
import dev.remora.Rule;
import dev.remora.TemplateException;
import dev.remora.jinja.JinjaException;
import dev.remora.jinja.JinjaException.Kind;
import dev.remora.jinja.JinjaOptions;
import dev.remora.jinja.PythonStrings;
import dev.remora.jinja.PythonValues;
import dev.remora.jinja.PythonValues.JsonStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A value of a request, and where it stands: what an encoding reads of it is of the right type, or
 * a failure that names the place. It may be absent; null is absent too.
 */
public final class RequestValue {
  private final Problems problems;
  private final JinjaOptions language;
  private final String path;
  private final int depth;
  private final @Nullable Object value;

  RequestValue(Problems problems, JinjaOptions language, String path, @Nullable Object value) {
    this(problems, language, path, 0, value);
  }

  private RequestValue(
      Problems problems, JinjaOptions language, String path, int depth, @Nullable Object value) {
    if (depth > language.maxDepth()) {
      throw new LimitException(Rule.T3, "levels of nesting", language.maxDepth(), depth);
    }
    this.problems = problems;
    this.language = language;
    this.path = path;
    this.depth = depth;
    this.value = value;
  }

  private RequestValue child(String name, @Nullable Object child) {
    return new RequestValue(problems, language, name, depth + 1, child);
  }

  /** Where it stands in the request, such as {@code messages[2].content}. */
  public String path() {
    return path;
  }

  /** The value as the caller gave it; null if it is absent. */
  public @Nullable Object value() {
    return value;
  }

  /** Another value in its place. */
  public RequestValue with(@Nullable Object other) {
    return new RequestValue(problems, language, path, depth, other);
  }

  /** A failure that is here. */
  public TemplateException failure(String problem) {
    return problems.at(path, problem);
  }

  /** A failure that is here, with a text of the request that is quoted if that is allowed. */
  public TemplateException failure(String problem, String text) {
    return problems.at(path, problem, text);
  }

  // What it is

  /** Whether there is no value, or null. */
  public boolean isAbsent() {
    return value == null;
  }

  /** Whether Python holds it false: absent, empty, zero or false. */
  public boolean isFalse() {
    return value == null
        || value.equals(false)
        || (value instanceof Number number && number.doubleValue() == 0)
        || (isText() && text().isEmpty())
        || (value instanceof Collection<?> items && items.isEmpty())
        || (value instanceof Map<?, ?> members && members.isEmpty());
  }

  /** Whether it is a string. */
  public boolean isText() {
    return value instanceof CharSequence || value instanceof Enum;
  }

  /** Whether it is an object. */
  public boolean isObject() {
    return value instanceof Map;
  }

  /** Whether it is a list. */
  public boolean isList() {
    return value instanceof Collection || value instanceof Object[];
  }

  // Members and items

  /** A member of an object; absent if this is absent. */
  public RequestValue at(String name) {
    return child(memberPath(name), members().get(name));
  }

  /** Whether an object has a member, if only null. */
  public boolean has(String name) {
    return members().containsKey(name);
  }

  private String memberPath(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private Map<?, ?> members() {
    if (value instanceof Map<?, ?> members) {
      return members;
    }
    if (value == null) {
      return Map.of();
    }
    throw failure("must be an object");
  }

  /** The members of an object, in their order; none if it is absent. */
  public Map<String, RequestValue> entries() {
    Map<String, RequestValue> entries = new LinkedHashMap<>();
    members()
        .forEach(
            (key, member) -> {
              String name = String.valueOf(key);
              entries.put(name, child(memberPath(name), member));
            });
    return entries;
  }

  /** The elements of a list; none if it is absent. */
  public List<RequestValue> items() {
    Collection<?> items;
    if (value instanceof Collection<?> collection) {
      items = collection;
    } else if (value instanceof Object[] array) {
      items = Arrays.asList(array);
    } else if (value == null) {
      items = List.of();
    } else {
      throw failure("must be a list");
    }
    List<RequestValue> children = new ArrayList<>(items.size());
    for (Object item : items) {
      children.add(child(path + "[" + children.size() + "]", item));
    }
    return children;
  }

  // Scalars

  /** The string, which must be there. */
  public String text() {
    if (isText()) {
      return String.valueOf(value);
    }
    throw failure(value == null ? "is missing" : "must be text");
  }

  /** The string; empty if it is absent. */
  public String textOrEmpty() {
    return value == null ? "" : text();
  }

  /** Adds the string to a prompt, as text of the request. */
  public void write(Prompt.Builder out) {
    out.request(path, text());
  }

  /** Whether the string, if there is any, is nothing but white space. */
  public boolean isBlank() {
    return PythonStrings.strip(textOrEmpty()).isEmpty();
  }

  /** The boolean, or what it is by default. */
  public boolean flag(boolean byDefault) {
    if (value == null) {
      return byDefault;
    }
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw failure("must be true or false");
  }

  /**
   * One of several words; empty if it is absent.
   *
   * @throws TemplateException if it is another
   */
  public String choice(Set<String> words) {
    String word = textOrEmpty();
    if (!isAbsent() && !words.contains(word)) {
      throw failure("must be one of " + new TreeSet<>(words) + ", not", word);
    }
    return word;
  }

  /** Python's {@code str} of the value. */
  public String spelled() {
    return PythonValues.str(value, language);
  }

  /** Python's {@code json.dumps} of the value, with characters that are not ASCII as they are. */
  public String json() {
    return json(JsonStyle.SPACED);
  }

  /** The same in another style. */
  public String json(JsonStyle style) {
    return PythonValues.json(value, style, language);
  }

  /** A new text, within the limits of the request. */
  public BoundedText newText() {
    return new BoundedText(language.maxCharacters());
  }

  // What messages are made of

  /**
   * The content of a message: its text, or that of each of its parts; none if it is absent.
   *
   * @throws TemplateException if a part is no text: a prompt without it would be another
   */
  public List<RequestValue> textParts() {
    if (value == null) {
      return List.of();
    }
    return isList() ? items().stream().map(RequestValue::textPart).toList() : List.of(asText());
  }

  private RequestValue asText() {
    text();
    return this;
  }

  private RequestValue textPart() {
    if (isText()) {
      return this;
    }
    RequestValue type = at("type");
    if (!type.isAbsent() && !type.text().equals("text")) {
      throw type.failure("only text can be encoded, not", type.text());
    }
    return at("text").asText();
  }

  /**
   * The same where an encoding has no rule of how several parts are joined.
   *
   * @throws TemplateException if there are several
   */
  public RequestValue oneText() {
    List<RequestValue> parts = textParts();
    if (parts.size() > 1) {
      throw failure("several parts of text cannot be joined here");
    }
    return parts.isEmpty() ? with("") : parts.get(0);
  }

  /** The same where it must not be absent. */
  public RequestValue requiredText() {
    if (value == null) {
      throw failure("is missing");
    }
    return oneText();
  }

  /** The reasoning of a reply: {@code reasoning_content}, else {@code reasoning}. */
  public RequestValue reasoning() {
    RequestValue reasoning = at("reasoning_content");
    return reasoning.isFalse() ? at("reasoning") : reasoning;
  }

  /** The function of a tool or of a call of one: {@code function}, which may be left out. */
  public RequestValue function() {
    RequestValue function = at("function");
    return function.isAbsent() ? this : function;
  }

  /**
   * The value that this JSON text spells.
   *
   * @return null if it is no JSON
   */
  public @Nullable RequestValue parsed() {
    try {
      return with(PythonValues.parse(text(), language));
    } catch (JinjaException e) {
      if (e.kind() == Kind.EVALUATION) {
        return null;
      }
      throw e;
    }
  }
}
