package dev.remora.forms.json;

import dev.remora.BundleException;
import dev.remora.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One object of a JSON file whose members are asked for by type. What is not as it must be is a
 * {@link BundleException} that names the place.
 */
public final class JsonObject {
  private final String file;
  private final String path;
  private final Map<?, ?> members;

  private JsonObject(String file, String path, Map<?, ?> members) {
    this.file = file;
    this.path = path;
    this.members = members;
  }

  /**
   * A value that must be an object.
   *
   * @param path where it is in the file, for messages
   */
  public static JsonObject of(String file, String path, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return new JsonObject(file, path, map);
    }
    throw new BundleException(Rule.C8, file, "'" + path + "' is not an object");
  }

  /** Where it is in the file, such as {@code pre_tokenizer.pretokenizers[1]}. */
  public String path() {
    return path;
  }

  /** The names of its members that are not null, in order. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (Object name : members.keySet()) {
      names.add(String.valueOf(name));
    }
    return names;
  }

  public boolean has(String name) {
    return members.get(name) != null;
  }

  public @Nullable Object value(String name) {
    return members.get(name);
  }

  public String string(String name) {
    if (members.get(name) instanceof String value) {
      return value;
    }
    throw broken(name, "a string");
  }

  public @Nullable String stringOrNull(String name) {
    return has(name) ? string(name) : null;
  }

  /** A string of exactly one code point. */
  public String character(String name) {
    String value = string(name);
    if (value.isEmpty() || value.codePointCount(0, value.length()) != 1) {
      throw broken(name, "one character");
    }
    return value;
  }

  public boolean flag(String name, boolean absent) {
    Boolean value = flagOrNull(name);
    return value == null ? absent : value;
  }

  public @Nullable Boolean flagOrNull(String name) {
    if (!has(name)) {
      return null;
    }
    if (members.get(name) instanceof Boolean value) {
      return value;
    }
    throw broken(name, "true or false");
  }

  /** An integer from 0 to the highest int. */
  public int count(String name) {
    return count(name, members.get(name));
  }

  private int count(String name, @Nullable Object value) {
    if (value instanceof Long number && number >= 0 && number <= Integer.MAX_VALUE) {
      return number.intValue();
    }
    throw broken(name, "an integer from 0 to " + Integer.MAX_VALUE);
  }

  public int count(String name, int absent) {
    return has(name) ? count(name) : absent;
  }

  public JsonObject object(String name) {
    return of(file, path + "." + name, members.get(name));
  }

  /** An array. */
  public List<?> list(String name) {
    if (members.get(name) instanceof List<?> list) {
      return list;
    }
    throw broken(name, "an array");
  }

  /** An array of objects. */
  public List<JsonObject> objects(String name) {
    List<JsonObject> objects = new ArrayList<>();
    for (Object element : list(name)) {
      objects.add(of(file, path + "." + name + "[" + objects.size() + "]", element));
    }
    return objects;
  }

  /** An array of strings. */
  public List<String> strings(String name) {
    List<String> strings = new ArrayList<>();
    for (Object element : list(name)) {
      if (!(element instanceof String string)) {
        throw broken(name, "an array of strings");
      }
      strings.add(string);
    }
    return strings;
  }

  /** An array of integers from 0 to the highest int. */
  public List<Integer> counts(String name) {
    List<Integer> counts = new ArrayList<>();
    for (Object element : list(name)) {
      counts.add(count(name, element));
    }
    return counts;
  }

  /** The failure that a member is not what it must be. */
  public BundleException broken(String name, String expected) {
    return new BundleException(Rule.C8, file, "'" + path + "." + name + "' is not " + expected);
  }

  /** The failure that the reference does not know this type. */
  public BundleException unknownType() {
    return new BundleException(
        Rule.C8,
        file,
        "its " + path + " is a " + string("type") + ", which is too new for tokenizers 0.21.4");
  }
}
