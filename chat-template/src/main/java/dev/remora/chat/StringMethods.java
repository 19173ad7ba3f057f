package dev.remora.chat;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;

/** The methods of str that a template may call. */
final class StringMethods {
  static final Set<String> NAMES =
      Set.of(
          "strip",
          "lstrip",
          "rstrip",
          "split",
          "rsplit",
          "splitlines",
          "partition",
          "rpartition",
          "startswith",
          "endswith",
          "upper",
          "lower",
          "title",
          "capitalize",
          "swapcase",
          "casefold",
          "replace",
          "find",
          "rfind",
          "index",
          "rindex",
          "join",
          "count",
          "format",
          "isdigit",
          "isdecimal",
          "isnumeric",
          "isalpha",
          "isalnum",
          "isspace",
          "islower",
          "isupper",
          "center",
          "ljust",
          "rjust",
          "zfill",
          "removeprefix",
          "removesuffix");

  private StringMethods() {}

  static Object call(Rendering rendering, String text, String name, Arguments arguments) {
    rendering.building(text.length());
    return switch (name) {
      case "strip", "lstrip", "rstrip" ->
          strip(text, arguments.bind(name, "chars").get("chars", None.NONE), name);
      case "split", "rsplit", "splitlines", "partition", "rpartition" ->
          Splitting.call(rendering, text, name, arguments);
      case "startswith", "endswith", "find", "rfind", "index", "rindex", "count" ->
          Searching.call(rendering, text, name, arguments);
      case "replace" -> replace(rendering, text, arguments.bind(name, "old", "new", "count"));
      case "join" -> join(rendering, text, arguments.bind(name, "iterable").get("iterable"));
      case "format" -> BraceFormat.format(rendering, text, arguments);
      case "center", "ljust", "rjust" ->
          pad(rendering, text, name, arguments.bind(name, "width", "fillchar"));
      case "zfill" -> zfill(rendering, text, arguments.bind(name, "width").integer("width", 0));
      case "removeprefix" -> withoutPrefix(text, arguments.bind(name, "prefix").text("prefix"));
      case "removesuffix" -> withoutSuffix(text, arguments.bind(name, "suffix").text("suffix"));
      default -> {
        arguments.bind(name);
        yield withoutArguments(text, name);
      }
    };
  }

  private static Object withoutArguments(String text, String name) {
    return switch (name) {
      case "upper" -> text.toUpperCase(Locale.ROOT);
      case "lower" -> text.toLowerCase(Locale.ROOT);
      case "casefold" -> text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
      case "title" -> title(text);
      case "capitalize" -> capitalize(text);
      case "swapcase" -> swapCase(text);
      case "isdigit", "isnumeric" -> all(text, Chars::isDigit);
      case "isdecimal" -> all(text, Character::isDigit);
      case "isalpha" -> all(text, Character::isLetter);
      case "isalnum" -> all(text, c -> Character.isLetter(c) || Chars.isDigit(c));
      case "isspace" -> all(text, Chars::isSpace);
      case "islower" -> isCased(text, Character::isLowerCase, Character::isUpperCase);
      default -> isCased(text, Character::isUpperCase, Character::isLowerCase);
    };
  }

  private static boolean all(String text, IntPredicate test) {
    return !text.isEmpty() && text.codePoints().allMatch(test);
  }

  static boolean isCased(String text, IntPredicate some, IntPredicate none) {
    return text.codePoints().anyMatch(some)
        && text.codePoints().noneMatch(c -> none.test(c) || Character.isTitleCase(c));
  }

  /** Python's strip, lstrip or rstrip; {@code characters} is None for white space. */
  static String strip(String text, Object characters, String name) {
    IntPredicate dropped = Chars::isSpace;
    if (characters != None.NONE) {
      String set = Types.text(characters);
      dropped = c -> set.indexOf(c) >= 0;
    }
    int from = 0;
    int to = text.length();
    while (!name.equals("rstrip") && from < to && dropped.test(text.codePointAt(from))) {
      from += Character.charCount(text.codePointAt(from));
    }
    while (!name.equals("lstrip") && from < to && dropped.test(text.codePointBefore(to))) {
      to -= Character.charCount(text.codePointBefore(to));
    }
    return text.substring(from, to);
  }

  private static String replace(Rendering rendering, String text, Bound bound) {
    return replace(
        rendering, text, bound.text("old"), bound.text("new"), bound.integer("count", -1));
  }

  /** Python's replace; a count below 0 replaces all. */
  static String replace(Rendering rendering, String text, String old, String by, long count) {
    Text replaced = new Text(rendering);
    int from = 0;
    long left = count < 0 ? Long.MAX_VALUE : count;
    int found = Substring.first(text, old, 0);
    while (found >= 0 && left-- > 0) {
      rendering.step();
      replaced.append(text.substring(from, found)).append(by);
      from = found + old.length();
      if (old.isEmpty()) { // between all characters, and at both ends
        int next = found < text.length() ? text.offsetByCodePoints(found, 1) : found;
        replaced.append(text.substring(found, next));
        from = next;
        found = found < text.length() ? next : -1;
      } else {
        found = Substring.first(text, old, from);
      }
    }
    return replaced.append(text.substring(from)).toString();
  }

  private static String join(Rendering rendering, String separator, Object iterable) {
    Text joined = new Text(rendering);
    List<Object> items = Iteration.list(rendering, iterable);
    for (int index = 0; index < items.size(); index++) {
      if (!Types.isText(items.get(index))) {
        throw new Failure(
            "sequence item %d: expected str instance, %s found"
                .formatted(index, Types.name(items.get(index))));
      }
      joined.append(index == 0 ? "" : separator).append(Types.text(items.get(index)));
    }
    return joined.toString();
  }

  private static String pad(Rendering rendering, String text, String name, Bound bound) {
    long width = Math.max(0, bound.integer("width", 0));
    long missing = width - Iteration.length(text);
    String fill = Types.text(bound.get("fillchar", " "));
    if (Iteration.length(fill) != 1) {
      throw new Failure("The fill character must be exactly one character long");
    }
    long left =
        switch (name) {
          case "ljust" -> 0;
          case "rjust" -> missing;
          default -> missing / 2 + (missing & width & 1);
        };
    Text padded = new Text(rendering).repeat(fill, left).append(text);
    return padded.repeat(fill, missing - left).toString();
  }

  private static String zfill(Rendering rendering, String text, long width) {
    boolean signed = text.startsWith("-") || text.startsWith("+");
    Text filled = new Text(rendering).append(signed ? text.substring(0, 1) : "");
    filled.repeat("0", width - Iteration.length(text));
    return filled.append(signed ? text.substring(1) : text).toString();
  }

  private static String withoutPrefix(String text, String prefix) {
    return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
  }

  private static String withoutSuffix(String text, String suffix) {
    return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
  }

  static String capitalize(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int second = text.offsetByCodePoints(0, 1);
    return Character.toString(Character.toTitleCase(text.codePointAt(0)))
        + text.substring(second).toLowerCase(Locale.ROOT);
  }

  /** A letter after something that is no letter becomes title case, any other lower case. */
  private static String title(String text) {
    StringBuilder title = new StringBuilder(text.length());
    boolean inWord = false;
    for (int c : text.codePoints().toArray()) {
      title.appendCodePoint(inWord ? Character.toLowerCase(c) : Character.toTitleCase(c));
      inWord = Character.isLetter(c);
    }
    return title.toString();
  }

  private static String swapCase(String text) {
    StringBuilder swapped = new StringBuilder(text.length());
    for (int c : text.codePoints().toArray()) {
      String character = Character.toString(c);
      swapped.append(
          Character.isUpperCase(c)
              ? character.toLowerCase(Locale.ROOT)
              : character.toUpperCase(Locale.ROOT));
    }
    return swapped.toString();
  }
}
