package dev.remora.forms.compare;

import dev.remora.bundle.BundleDrift.Part;
import dev.remora.bundle.FileNames;
import dev.remora.core.guard.BuildGuard;
import dev.remora.forms.FileContents;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compares the members of two files, down to the values that differ. */
final class MemberComparison {
  private static final Set<String> FILES_OF_TOKENS =
      Set.of(FileNames.SPECIAL_TOKENS_MAP, FileNames.ADDED_TOKENS);

  private static final Pattern IDS = Pattern.compile(".*_token_ids?");
  private static final Pattern TOKENS = Pattern.compile(".*_tokens?(_decoder)?");

  private final String file;
  private final Differences differences;
  private final BuildGuard guard;

  MemberComparison(String file, Differences differences, BuildGuard guard) {
    this.file = file;
    this.differences = differences;
    this.guard = guard;
  }

  void compare(Map<String, @Nullable Object> expected, Map<String, @Nullable Object> actual) {
    for (String name : names(expected, actual)) {
      Object one = expected.get(name);
      Object two = actual.get(name);
      compare(part(name, one == null ? two : one), name, one, two);
    }
  }

  private Part part(String name, @Nullable Object value) {
    if (name.equals(FileContents.TEMPLATE)) {
      return Part.TEMPLATE;
    }
    boolean isFlagOrCount = value instanceof Boolean || value instanceof Number;
    boolean isOfTokens =
        FILES_OF_TOKENS.contains(file)
            || IDS.matcher(name).matches()
            || (TOKENS.matcher(name).matches() && !isFlagOrCount);
    return isOfTokens ? Part.SPECIAL_TOKEN : Part.CONFIG;
  }

  private void compare(Part part, String path, @Nullable Object expected, @Nullable Object actual) {
    guard.check();
    if (Objects.equals(expected, actual)) {
      return;
    }
    if (expected instanceof Map<?, ?> one && actual instanceof Map<?, ?> two) {
      for (String name : names(one, two)) {
        compare(part, path + "." + name, one.get(name), two.get(name));
      }
    } else if (expected instanceof List<?> one && actual instanceof List<?> two) {
      for (int i = 0; i < Math.max(one.size(), two.size()); i++) {
        compare(part, path + "[" + i + "]", at(one, i), at(two, i));
      }
    } else if (part == Part.TEMPLATE
        && expected instanceof String one
        && actual instanceof String two) {
      compareLines(path, one, two);
    } else {
      differences.add(part, path, shown(expected), shown(actual));
    }
  }

  private static Set<String> names(Map<?, ?> one, Map<?, ?> two) {
    Set<String> names = new LinkedHashSet<>();
    one.keySet().forEach(name -> names.add(String.valueOf(name)));
    two.keySet().forEach(name -> names.add(String.valueOf(name)));
    return names;
  }

  private static @Nullable Object at(List<?> list, int index) {
    return index < list.size() ? list.get(index) : null;
  }

  /** The first line that differs, with its end. */
  private void compareLines(String path, String expected, String actual) {
    int at = 0;
    int from = 0;
    int line = 1;
    while (at < Math.min(expected.length(), actual.length())
        && expected.charAt(at) == actual.charAt(at)) {
      if (expected.charAt(at++) == '\n') {
        from = at;
        line++;
      }
    }
    differences.add(
        Part.TEMPLATE, path + " line " + line, line(expected, from), line(actual, from));
  }

  private static @Nullable String line(String text, int from) {
    int end = text.indexOf('\n', from);
    String line = text.substring(from, end < 0 ? text.length() : end + 1);
    return line.isEmpty() ? null : line;
  }

  private static @Nullable String shown(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      List<String> members = new ArrayList<>();
      map.forEach((name, member) -> members.add("\"" + name + "\": " + shown(member)));
      return "{" + String.join(", ", members) + "}";
    }
    if (value instanceof List<?> list) {
      return "["
          + String.join(", ", list.stream().map(item -> String.valueOf(shown(item))).toList())
          + "]";
    }
    return value instanceof String ? "\"" + value + "\"" : Objects.toString(value, null);
  }

  @Override
  public String toString() {
    return file + ": " + differences;
  }
}
