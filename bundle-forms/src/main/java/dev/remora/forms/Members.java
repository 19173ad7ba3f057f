package dev.remora.forms;

import dev.remora.BundleException;
import dev.remora.Rule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plain JSON values of the type that they must have. */
final class Members {
  private Members() {}

  /** An object; empty for null. */
  @SuppressWarnings("unchecked") // the keys of a JSON object are strings
  static Map<String, Object> map(String file, String name, @Nullable Object value) {
    if (value == null) {
      return Map.of();
    }
    if (value instanceof Map) {
      return (Map<String, Object>) value;
    }
    throw wrongType(file, name, "an object");
  }

  /** An array; empty for null. */
  static List<?> list(String file, String name, @Nullable Object value) {
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return list;
    }
    throw wrongType(file, name, "an array");
  }

  private static BundleException wrongType(String file, String name, String wanted) {
    return new BundleException(Rule.C8, file, "'" + name + "' is not " + wanted);
  }
}
