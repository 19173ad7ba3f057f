package dev.remora.jinja.builtin;

import dev.remora.jinja.text.PythonCharacters;
import dev.remora.jinja.text.SubstringSearch;
import dev.remora.jinja.value.Budget;
import dev.remora.jinja.value.EvaluationFailure;
import dev.remora.jinja.value.ListValue;
import dev.remora.jinja.value.NoneValue;
import dev.remora.jinja.value.StringValue;
import dev.remora.jinja.value.TextBuilder;
import dev.remora.jinja.value.Value;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** The methods of str that cut it, or put strings together. */
final class StringMethods {
  static final Map<String, Builtin> ALL =
      Builtin.byName(
          strip("strip", true, true),
          strip("lstrip", true, false),
          strip("rstrip", false, true),
          Builtin.of("removeprefix", StringMethods::withoutPrefix, "prefix"),
          Builtin.of("removesuffix", StringMethods::withoutSuffix, "suffix"),
          Builtin.of("replace", StringMethods::replace, "old", "new", "count"),
          Builtin.of("join", StringMethods::join, "iterable"));

  private StringMethods() {}

  /** What a method gives: markup where it was called on markup. */
  static Value marked(Value value, Value result) {
    return value.asString().isMarkup() ? marked(result) : result;
  }

  private static Value marked(Value result) {
    return switch (result.kind()) {
      case STRING -> result.asString().markup();
      case LIST ->
          ListValue.holding(
              ((ListValue) result).items().stream().map(StringMethods::marked).toList());
      default -> result;
    };
  }

  /** The string that a method is called on, its length counted. */
  static StringValue counted(Budget budget, Value value) {
    StringValue string = value.asString();
    budget.building(string.text().length());
    return string;
  }

  private static Builtin strip(String name, boolean left, boolean right) {
    return Builtin.of(
        name,
        (budget, value, bound) ->
            strip(budget, counted(budget, value), bound.orNone("chars"), left, right),
        "chars");
  }

  /** A string without some characters at its ends; None stands for white space. */
  static StringValue strip(
      Budget budget, StringValue string, Value characters, boolean left, boolean right) {
    String text = string.text();
    IntPredicate dropped = PythonCharacters::isSpace;
    if (characters != NoneValue.NONE) {
      String chosen = characters.asString().text();
      budget.listing(chosen.length());
      BitSet set = new BitSet();
      chosen.codePoints().forEach(set::set);
      dropped = set::get;
    }
    int from = 0;
    int to = text.length();
    while (left && from < to && dropped.test(text.codePointAt(from))) {
      from += Character.charCount(text.codePointAt(from));
    }
    while (right && from < to && dropped.test(text.codePointBefore(to))) {
      to -= Character.charCount(text.codePointBefore(to));
    }
    return string.substring(from, to);
  }

  private static Value withoutPrefix(Budget budget, Value value, Bound bound) {
    StringValue string = counted(budget, value);
    String prefix = bound.string("prefix").text();
    return string.text().startsWith(prefix) ? string.substring(prefix.length()) : string;
  }

  private static Value withoutSuffix(Budget budget, Value value, Bound bound) {
    StringValue string = counted(budget, value);
    String suffix = bound.string("suffix").text();
    return string.text().endsWith(suffix)
        ? string.substring(0, string.text().length() - suffix.length())
        : string;
  }

  private static Value replace(Budget budget, Value value, Bound bound) {
    return replace(
        budget,
        counted(budget, value),
        bound.string("old"),
        bound.string("new"),
        bound.integer("count", -1));
  }

  /** A string with another one replaced, so many times; a count below 0 replaces all. */
  static StringValue replace(
      Budget budget, StringValue string, StringValue old, StringValue by, long count) {
    String text = string.text();
    budget.reading(4L * text.length());
    TextBuilder replaced = new TextBuilder(budget);
    int from = 0;
    long left = count < 0 ? Long.MAX_VALUE : count;
    int found = SubstringSearch.first(text, old.text(), 0);
    while (found >= 0 && left-- > 0) {
      budget.step();
      replaced.append(string.substring(from, found)).append(by);
      from = found + old.text().length();
      if (old.isTrue()) {
        found = SubstringSearch.first(text, old.text(), from);
      } else { // between all characters, and at both ends
        int next = found < text.length() ? text.offsetByCodePoints(found, 1) : found;
        replaced.append(string.substring(found, next));
        from = next;
        found = found < text.length() ? next : -1;
      }
    }
    return replaced.append(string.substring(from)).build();
  }

  private static Value join(Budget budget, Value value, Bound bound) {
    StringValue separator = counted(budget, value);
    TextBuilder joined = new TextBuilder(budget);
    List<Value> items = bound.get("iterable").list(budget);
    for (int index = 0; index < items.size(); index++) {
      Value item = items.get(index);
      if (!item.isString()) {
        throw new EvaluationFailure(
            "sequence item " + index + ": expected str instance, " + item.typeName() + " found");
      }
      joined.append(index == 0 ? StringValue.EMPTY : separator).append(item.asString());
    }
    return joined.build();
  }
}
