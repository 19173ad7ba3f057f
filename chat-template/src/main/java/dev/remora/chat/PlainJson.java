package dev.remora.chat;

import dev.remora.jinja.JinjaException;
import dev.remora.jinja.JinjaOptions;
import dev.remora.jinja.PythonValues;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON of a bundle's files as plain Java values, read as the reference reads it. */
final class PlainJson {
  private PlainJson() {}

  /**
   * The value of a JSON text, as {@link PythonValues#parse}.
   *
   * @throws JinjaException if it is no JSON, or nested too deep
   */
  static @Nullable Object parse(String text) {
    return PythonValues.parse(text, JinjaOptions.DEFAULT);
  }

  /** The members of a JSON object; none if the value is not an object. */
  static Map<String, @Nullable Object> members(@Nullable Object value) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, member) -> members.put(String.valueOf(name), member));
    }
    return members;
  }
}
