package dev.remora.jinja.builtin;

import dev.remora.jinja.text.SubstringSearch;
import dev.remora.jinja.value.Budget;
import dev.remora.jinja.value.EvaluationFailure;
import dev.remora.jinja.value.IntegerValue;
import dev.remora.jinja.value.StringValue;
import dev.remora.jinja.value.TupleValue;
import dev.remora.jinja.value.Value;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.ToIntBiFunction;

/** The methods of str that look for a string in it; indices are in code points. */
final class SearchingMethods {
  static final Map<String, Builtin> ALL =
      Builtin.byName(
          end("startswith", String::startsWith),
          end("endswith", String::endsWith),
          find("find", SearchingMethods::first, false),
          find("rfind", SearchingMethods::last, false),
          find("index", SearchingMethods::first, true),
          find("rindex", SearchingMethods::last, true),
          Builtin.of("count", SearchingMethods::count, "sub", "start", "end"));

  private SearchingMethods() {}

  /**
   * The part of a string in which a method searches.
   *
   * @param text its text; empty if it begins after its end
   * @param start where it begins, in code points
   * @param exists false if it begins after its end, where not even an empty string is found
   */
  private record Part(String text, long start, boolean exists) {
    static Part of(Budget budget, Value value, Bound bound) {
      String text = value.asString().text();
      budget.reading(4L * text.length());
      long length = value.length();
      long start = within(bound.integerOrNone("start", 0), length);
      long end = within(bound.integerOrNone("end", length), length);
      if (start > end || start > length) {
        return new Part("", start, false);
      }
      int from = text.offsetByCodePoints(0, (int) start);
      int to = text.offsetByCodePoints(from, (int) (Math.min(end, length) - start));
      return new Part(text.substring(from, to), start, true);
    }

    private static long within(long index, long length) {
      return index < 0 ? Math.max(0, index + length) : Math.min(index, length + 1);
    }
  }

  private static int first(String text, String sub) {
    return SubstringSearch.first(text, sub, 0);
  }

  private static int last(String text, String sub) {
    return SubstringSearch.last(text, sub, text.length());
  }

  private static Builtin find(
      String name, ToIntBiFunction<String, String> search, boolean required) {
    return Builtin.of(
        name,
        (budget, value, bound) -> {
          Part part = Part.of(budget, value, bound);
          String sub = bound.string("sub").text();
          int found = part.exists() ? search.applyAsInt(part.text(), sub) : -1;
          if (found < 0 && required) {
            throw new EvaluationFailure("substring not found");
          }
          return IntegerValue.of(
              found < 0 ? -1 : part.start() + part.text().codePointCount(0, found));
        },
        "sub",
        "start",
        "end");
  }

  private static Builtin end(String name, BiPredicate<String, String> hasEnd) {
    return Builtin.test(
        name,
        (budget, value, bound) -> {
          Part part = Part.of(budget, value, bound);
          return part.exists() && hasEnd(budget, part.text(), name, bound.get("sub"), hasEnd);
        },
        "sub",
        "start",
        "end");
  }

  private static boolean hasEnd(
      Budget budget, String text, String name, Value sub, BiPredicate<String, String> hasEnd) {
    budget.step();
    if (sub instanceof TupleValue tuple) {
      return tuple.items().stream().anyMatch(each -> hasEnd(budget, text, name, each, hasEnd));
    }
    sub.requireDefined();
    if (!sub.isString()) {
      throw new EvaluationFailure(
          name + " first arg must be str or a tuple of str, not " + sub.typeName());
    }
    sub.touchAsKey(budget);
    return hasEnd.test(text, sub.asString().text());
  }

  private static Value count(Budget budget, Value value, Bound bound) {
    Part part = Part.of(budget, value, bound);
    StringValue sub = bound.string("sub");
    if (!part.exists()) {
      return IntegerValue.of(0);
    }
    if (!sub.isTrue()) {
      return IntegerValue.of(StringValue.of(part.text()).length() + 1);
    }
    long count = 0;
    int size = sub.text().length();
    for (int at = SubstringSearch.first(part.text(), sub.text(), 0);
        at >= 0;
        at = SubstringSearch.first(part.text(), sub.text(), at + size)) {
      budget.step();
      count++;
    }
    return IntegerValue.of(count);
  }
}
