package dev.remora.chat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The methods of str that take a text apart. */
final class Splitting {
  private Splitting() {}

  static Object call(Rendering rendering, String text, String name, Arguments arguments) {
    return switch (name) {
      case "splitlines" ->
          lines(rendering, text, arguments.bind(name, "keepends").isTrue("keepends"));
      case "partition", "rpartition" ->
          partition(text, name, arguments.bind(name, "sep").text("sep"));
      default -> split(rendering, text, name, arguments.bind(name, "sep", "maxsplit"));
    };
  }

  private static List<Object> split(Rendering rendering, String text, String name, Bound bound) {
    Object separator = bound.get("sep", None.NONE);
    long most = bound.integer("maxsplit", -1);
    long splits = most < 0 ? Long.MAX_VALUE : most;
    boolean fromRight = name.equals("rsplit");
    if (separator == None.NONE) {
      return fromRight ? rightWords(rendering, text, splits) : words(rendering, text, splits);
    }
    String by = Types.text(separator);
    if (by.isEmpty()) {
      throw new Failure("empty separator");
    }
    return fromRight ? rightSplit(rendering, text, by, splits) : split(rendering, text, by, splits);
  }

  private static List<Object> split(Rendering rendering, String text, String by, long splits) {
    List<Object> parts = new ArrayList<>();
    int from = 0;
    for (int found = Substring.first(text, by, 0); found >= 0 && parts.size() < splits; ) {
      rendering.step();
      parts.add(text.substring(from, found));
      from = found + by.length();
      found = Substring.first(text, by, from);
    }
    parts.add(text.substring(from));
    return parts;
  }

  private static List<Object> rightSplit(Rendering rendering, String text, String by, long splits) {
    List<Object> parts = new ArrayList<>();
    int to = text.length();
    for (int found = Substring.last(text, by, to); found >= 0 && parts.size() < splits; ) {
      rendering.step();
      parts.add(text.substring(found + by.length(), to));
      to = found;
      found = Substring.last(text, by, to);
    }
    parts.add(text.substring(0, to));
    Collections.reverse(parts);
    return parts;
  }

  private static List<Object> words(Rendering rendering, String text, long splits) {
    List<Object> words = new ArrayList<>();
    int from = Chars.spaceEnd(text, 0);
    while (from < text.length()) {
      rendering.step();
      if (words.size() == splits) {
        words.add(text.substring(from));
        return words;
      }
      int to = from;
      while (to < text.length() && !Chars.isSpace(text.charAt(to))) {
        to++;
      }
      words.add(text.substring(from, to));
      from = Chars.spaceEnd(text, to);
    }
    return words;
  }

  private static List<Object> rightWords(Rendering rendering, String text, long splits) {
    List<Object> words = new ArrayList<>();
    int to = Chars.spaceStart(text);
    while (to > 0) {
      rendering.step();
      if (words.size() == splits) {
        words.add(text.substring(0, to));
        break;
      }
      int from = to;
      while (from > 0 && !Chars.isSpace(text.charAt(from - 1))) {
        from--;
      }
      words.add(text.substring(from, to));
      to = Chars.spaceStart(text, from);
    }
    Collections.reverse(words);
    return words;
  }

  /** Python's splitlines. */
  static List<Object> lines(Rendering rendering, String text, boolean keepEnds) {
    List<Object> lines = new ArrayList<>();
    int from = 0;
    for (int at = 0; at < text.length(); at++) {
      if (Chars.isLineBreak(text.charAt(at))) {
        rendering.step();
        int end = at;
        if (text.startsWith("\r\n", at)) {
          at++;
        }
        lines.add(text.substring(from, keepEnds ? at + 1 : end));
        from = at + 1;
      }
    }
    if (from < text.length()) {
      lines.add(text.substring(from));
    }
    return lines;
  }

  private static Tuple partition(String text, String name, String by) {
    if (by.isEmpty()) {
      throw new Failure("empty separator");
    }
    boolean fromRight = name.equals("rpartition");
    int found = fromRight ? Substring.last(text, by, text.length()) : Substring.first(text, by, 0);
    if (found < 0) {
      return fromRight ? Tuple.of("", "", text) : Tuple.of(text, "", "");
    }
    return Tuple.of(text.substring(0, found), by, text.substring(found + by.length()));
  }
}
