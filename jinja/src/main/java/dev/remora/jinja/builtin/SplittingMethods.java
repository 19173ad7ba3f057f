package dev.remora.jinja.builtin;

import dev.remora.jinja.text.PythonCharacters;
import dev.remora.jinja.text.SubstringSearch;
import dev.remora.jinja.value.Budget;
import dev.remora.jinja.value.EvaluationFailure;
import dev.remora.jinja.value.ListValue;
import dev.remora.jinja.value.NoneValue;
import dev.remora.jinja.value.StringValue;
import dev.remora.jinja.value.TupleValue;
import dev.remora.jinja.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** The methods of str that take a string apart. */
final class SplittingMethods {
  static final Map<String, Builtin> ALL =
      Builtin.byName(
          Builtin.of("split", SplittingMethods::split, "sep", "maxsplit"),
          Builtin.of("rsplit", SplittingMethods::splitFromRight, "sep", "maxsplit"),
          Builtin.of("splitlines", SplittingMethods::splitLines, "keepends"),
          Builtin.of("partition", SplittingMethods::partition, "sep"),
          Builtin.of("rpartition", SplittingMethods::partitionFromRight, "sep"));

  private SplittingMethods() {}

  private static Value split(Budget budget, Value value, Bound bound) {
    StringValue string = counted(budget, value);
    long splits = splits(bound);
    return ListValue.holding(
        bound.orNone("sep") == NoneValue.NONE
            ? words(budget, string, splits)
            : parts(budget, string, separator(bound), splits));
  }

  private static Value splitFromRight(Budget budget, Value value, Bound bound) {
    StringValue string = counted(budget, value);
    long splits = splits(bound);
    List<Value> parts =
        bound.orNone("sep") == NoneValue.NONE
            ? wordsFromRight(budget, string, splits)
            : partsFromRight(budget, string, separator(bound), splits);
    Collections.reverse(parts);
    return ListValue.holding(parts);
  }

  private static StringValue counted(Budget budget, Value value) {
    StringValue string = value.asString();
    budget.reading(4L * string.text().length());
    return string;
  }

  private static long splits(Bound bound) {
    long most = bound.integer("maxsplit", -1);
    return most < 0 ? Long.MAX_VALUE : most;
  }

  private static StringValue separator(Bound bound) {
    StringValue separator = bound.string("sep");
    if (!separator.isTrue()) {
      throw new EvaluationFailure("empty separator");
    }
    return separator;
  }

  private static List<Value> parts(
      Budget budget, StringValue string, StringValue separator, long splits) {
    String text = string.text();
    String by = separator.text();
    List<Value> parts = new ArrayList<>();
    int from = 0;
    for (int found = SubstringSearch.first(text, by, 0); found >= 0 && parts.size() < splits; ) {
      budget.listing(3);
      parts.add(string.substring(from, found));
      from = found + by.length();
      found = SubstringSearch.first(text, by, from);
    }
    parts.add(string.substring(from));
    return parts;
  }

  private static List<Value> partsFromRight(
      Budget budget, StringValue string, StringValue separator, long splits) {
    String text = string.text();
    String by = separator.text();
    List<Value> parts = new ArrayList<>();
    int to = text.length();
    for (int found = SubstringSearch.last(text, by, to); found >= 0 && parts.size() < splits; ) {
      budget.listing(3);
      parts.add(string.substring(found + by.length(), to));
      to = found;
      found = SubstringSearch.last(text, by, to);
    }
    parts.add(string.substring(0, to));
    return parts;
  }

  private static List<Value> words(Budget budget, StringValue string, long splits) {
    String text = string.text();
    List<Value> words = new ArrayList<>();
    int from = PythonCharacters.spaceEnd(text, 0);
    while (from < text.length()) {
      budget.listing(3);
      if (words.size() == splits) {
        words.add(string.substring(from));
        break;
      }
      int to = from;
      while (to < text.length() && !PythonCharacters.isSpace(text.charAt(to))) {
        to++;
      }
      words.add(string.substring(from, to));
      from = PythonCharacters.spaceEnd(text, to);
    }
    return words;
  }

  private static List<Value> wordsFromRight(Budget budget, StringValue string, long splits) {
    String text = string.text();
    List<Value> words = new ArrayList<>();
    int to = PythonCharacters.spaceStart(text);
    while (to > 0) {
      budget.listing(3);
      if (words.size() == splits) {
        words.add(string.substring(0, to));
        break;
      }
      int from = to;
      while (from > 0 && !PythonCharacters.isSpace(text.charAt(from - 1))) {
        from--;
      }
      words.add(string.substring(from, to));
      to = PythonCharacters.spaceStart(text, from);
    }
    return words;
  }

  private static Value splitLines(Budget budget, Value value, Bound bound) {
    return ListValue.holding(lines(budget, counted(budget, value), bound.isTrue("keepends")));
  }

  /** The lines of a string. */
  static List<Value> lines(Budget budget, StringValue string, boolean keepEnds) {
    String text = string.text();
    List<Value> lines = new ArrayList<>();
    int from = 0;
    for (int at = 0; at < text.length(); at++) {
      if (PythonCharacters.isLineBreak(text.charAt(at))) {
        budget.listing(3);
        int end = at;
        if (text.startsWith("\r\n", at)) {
          at++;
        }
        lines.add(string.substring(from, keepEnds ? at + 1 : end));
        from = at + 1;
      }
    }
    if (from < text.length()) {
      lines.add(string.substring(from));
    }
    return lines;
  }

  private static Value partition(Budget budget, Value value, Bound bound) {
    StringValue string = counted(budget, value);
    StringValue by = separator(bound);
    int found = SubstringSearch.first(string.text(), by.text(), 0);
    return found < 0
        ? TupleValue.containing(string, StringValue.EMPTY, StringValue.EMPTY)
        : around(string, by.text().length(), found);
  }

  private static Value partitionFromRight(Budget budget, Value value, Bound bound) {
    StringValue string = counted(budget, value);
    StringValue by = separator(bound);
    int found = SubstringSearch.last(string.text(), by.text(), string.text().length());
    return found < 0
        ? TupleValue.containing(StringValue.EMPTY, StringValue.EMPTY, string)
        : around(string, by.text().length(), found);
  }

  /** What is before a separator that was found, what is there, and what is after it. */
  private static Value around(StringValue string, int length, int found) {
    return TupleValue.containing(
        string.substring(0, found),
        string.substring(found, found + length), // not the argument, which is of another origin
        string.substring(found + length));
  }
}
