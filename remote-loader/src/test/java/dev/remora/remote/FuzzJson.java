package dev.remora.remote;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Changes of a JSON text in its structure: values of other types, numbers at bounds, deep nesting,
 * members removed, doubled and swapped. It works on text, since a tree cannot hold a member twice.
 */
final class FuzzJson {
  private static final List<String> SCALARS =
      List.of(
          "null",
          "true",
          "false",
          "{}",
          "[]",
          "[null]",
          "{\"type\":\"Sequence\"}",
          "0",
          "-0",
          "-1",
          "1",
          "2",
          "255",
          "65536",
          "16777215",
          "16777216",
          "2147483647",
          "2147483648",
          "4294967295",
          "4294967296",
          "-9223372036854775809",
          "18446744073709551616",
          "0.1",
          "-1e-9",
          "1E+2",
          "1e30",
          "1e400",
          "-1e400",
          "NaN",
          "\"\"",
          "\"a\"",
          "\" \"",
          "\"##\"",
          "\"▁\"",
          "\"<s>\"",
          "\"</s>\"",
          "\"<0x0A>\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"\\ud83e\\udd88\"",
          "\"e\\u0301\"",
          "\"[\"",
          "\"(\"",
          "\"(?=\"",
          "\"a*\"",
          "\"(a+)+\"",
          "\"\\\\p{L}+\"",
          "\"[[a-z]&&[^b]]*\"",
          "\"(?i:\\u017f)\"",
          "\"\\\\1\"",
          "\"(?<n>a)\\\\k<n>\"",
          "\"first\"",
          "\"never\"",
          "\"Removed\"",
          "\"Isolated\"");

  private final String json;
  private final List<List<Span>> containers = new ArrayList<>();

  /** A value, with its key where it has one: {@code [from..to)}, the value from {@code value}. */
  private record Span(int from, int value, int to) {}

  private FuzzJson(String json) {
    this.json = json;
    scan();
  }

  static String mutated(String json, Random random) {
    String mutant = json;
    for (int change = random.nextInt(5) / 2; change >= 0; change--) {
      mutant = new FuzzJson(mutant).changed(random);
    }
    return mutant;
  }

  /** The text with another value for a member of the outermost object. */
  static String with(String json, String name, String value) {
    FuzzJson scanned = new FuzzJson(json);
    for (Span span : scanned.containers.get(0)) {
      if (json.startsWith("\"" + name + "\"", span.from)) {
        return scanned.replaced(span.value, span.to, value);
      }
    }
    return json;
  }

  private String changed(Random random) {
    Span one = any(random);
    Span other = any(random);
    return switch (random.nextInt(10)) {
      case 0 -> replaced(one.from, end(one), ""); // removed
      case 1 -> replaced(one.from, one.from, json.substring(one.from, one.to) + ","); // doubled
      case 2 -> replaced(one.value, one.to, json.substring(other.value, other.to));
      case 3 -> replaced(one.from, one.to, json.substring(other.from, other.to));
      case 4 -> swapped(one, other);
      case 5 -> nested(one, random);
      case 6 -> replaced(one.value, one.to, "\"" + "ab ".repeat(random.nextInt(9000)) + "\"");
      default -> replaced(one.value, one.to, SCALARS.get(random.nextInt(SCALARS.size())));
    };
  }

  /** Any value, a large container being no likelier than a small one. */
  private Span any(Random random) {
    if (containers.isEmpty()) {
      return new Span(0, 0, json.length());
    }
    List<Span> container = containers.get(random.nextInt(containers.size()));
    return container.get(random.nextInt(container.size()));
  }

  private int end(Span span) {
    return span.to < json.length() && json.charAt(span.to) == ',' ? span.to + 1 : span.to;
  }

  private String swapped(Span one, Span other) {
    Span first = one.value < other.value ? one : other;
    Span second = one.value < other.value ? other : one;
    if (first.to > second.value) {
      return json;
    }
    return json.substring(0, first.value)
        + json.substring(second.value, second.to)
        + json.substring(first.to, second.value)
        + json.substring(first.value, first.to)
        + json.substring(second.to);
  }

  private String nested(Span span, Random random) {
    int[] depths = {1, 2, 28, 32, 33, 130, 20_000};
    int depth = depths[random.nextInt(depths.length)];
    String value = json.substring(span.value, span.to);
    return random.nextBoolean()
        ? replaced(span.value, span.to, "[".repeat(depth) + value + "]".repeat(depth))
        : replaced(span.value, span.to, "{\"a\":".repeat(depth) + value + "}".repeat(depth));
  }

  private String replaced(int from, int to, String by) {
    return json.substring(0, from) + by + json.substring(to);
  }

  /** Notes where values stand; takes any text, and recurses into none. */
  private void scan() {
    Deque<List<Span>> open = new ArrayDeque<>();
    Deque<int[]> starts = new ArrayDeque<>();
    int key = -1;
    int at = 0;
    while (at < json.length()) {
      char sign = json.charAt(at);
      int from = key < 0 ? at : key;
      if (sign == '{' || sign == '[') {
        List<Span> container = new ArrayList<>();
        containers.add(container);
        open.push(container);
        starts.push(new int[] {from, at++});
        key = -1;
      } else if (sign == '}' || sign == ']') {
        at++;
        if (!open.isEmpty()) {
          open.pop();
          int[] start = starts.pop();
          note(open, new Span(start[0], start[1], at));
        }
        key = -1;
      } else if (sign == ',' || sign == ':' || Character.isWhitespace(sign)) {
        at++;
      } else {
        int end = sign == '"' ? endOfString(at) : endOfWord(at);
        if (end < json.length() && json.charAt(end) == ':') {
          key = at;
        } else {
          note(open, new Span(from, at, end));
          key = -1;
        }
        at = end;
      }
    }
    containers.removeIf(List::isEmpty);
  }

  private static void note(Deque<List<Span>> open, Span span) {
    if (!open.isEmpty()) {
      open.peek().add(span);
    }
  }

  private int endOfString(int at) {
    int end = at + 1;
    while (end < json.length() && json.charAt(end) != '"') {
      end += json.charAt(end) == '\\' ? 2 : 1;
    }
    return Math.min(json.length(), end + 1);
  }

  private int endOfWord(int at) {
    int end = at + 1;
    while (end < json.length() && "{}[],:\" \n".indexOf(json.charAt(end)) < 0) {
      end++;
    }
    return end;
  }
}
