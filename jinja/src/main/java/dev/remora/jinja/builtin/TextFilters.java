package dev.remora.jinja.builtin;

import dev.remora.jinja.format.PercentFormat;
import dev.remora.jinja.text.PythonCase;
import dev.remora.jinja.value.Arguments;
import dev.remora.jinja.value.Budget;
import dev.remora.jinja.value.DictValue;
import dev.remora.jinja.value.EvaluationFailure;
import dev.remora.jinja.value.IntegerValue;
import dev.remora.jinja.value.NoneValue;
import dev.remora.jinja.value.StringValue;
import dev.remora.jinja.value.TextBuilder;
import dev.remora.jinja.value.TupleValue;
import dev.remora.jinja.value.Value;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The filters on text. What is not a string is taken as Python prints it. */
final class TextFilters {
  /** What {@code title} takes for the space between words. */
  private static final Pattern BETWEEN_WORDS =
      Pattern.compile("[-\\s({\\[<]+", Pattern.UNICODE_CHARACTER_CLASS);

  private static final Pattern WORD = Pattern.compile("\\w+", Pattern.UNICODE_CHARACTER_CLASS);

  private static final Builtin ESCAPE =
      Builtin.of("escape", (budget, value, none) -> escape(budget, value));

  static final Map<String, Builtin> ALL =
      Builtin.byName(
          CharacterMethods.asFilter("upper", PythonCase::upper),
          CharacterMethods.asFilter("lower", PythonCase::lower),
          CharacterMethods.asFilter("capitalize", PythonCase::capitalize),
          CharacterMethods.asFilter("title", TextFilters::title),
          Builtin.of("trim", TextFilters::trim, "chars"),
          Builtin.of("replace", TextFilters::replace, "old", "new", "count"),
          Builtin.of("indent", TextFilters::indent, "width", "first", "blank"),
          Builtin.of("join", TextFilters::join, "d", "attribute"),
          Builtin.of("center", TextFilters::center, "width"),
          Builtin.of("truncate", TextFilters::truncate, "length", "killwords", "end", "leeway"),
          Builtin.variadic("format", TextFilters::format),
          Builtin.of("string", (budget, value, none) -> value.str(budget)),
          Builtin.of("safe", (budget, value, none) -> value.str(budget).markup()),
          Builtin.of("forceescape", (budget, value, none) -> value.str(budget).escaped(budget)),
          Builtin.of("wordcount", TextFilters::wordCount),
          ESCAPE,
          ESCAPE.as("e"));

  private TextFilters() {}

  private static Value escape(Budget budget, Value value) {
    StringValue string = value.str(budget);
    return string.isMarkup() ? string : string.escaped(budget);
  }

  private static String title(String text) {
    StringBuilder title = new StringBuilder(text.length());
    Matcher between = BETWEEN_WORDS.matcher(text);
    int at = 0;
    while (between.find()) {
      appendWord(title, text.substring(at, between.start()));
      title.append(between.group());
      at = between.end();
    }
    appendWord(title, text.substring(at));
    return title.toString();
  }

  /** Appends a word as Jinja does: its first letter in upper case, not in title case. */
  private static void appendWord(StringBuilder into, String word) {
    if (!word.isEmpty()) {
      int second = word.offsetByCodePoints(0, 1);
      into.append(PythonCase.upper(word.substring(0, second)));
      into.append(PythonCase.lower(word.substring(second)));
    }
  }

  private static Value trim(Budget budget, Value value, Bound bound) {
    StringValue string = value.str(budget);
    budget.building(string.text().length());
    return StringMethods.strip(budget, string, bound.orNone("chars"), true, true);
  }

  private static Value replace(Budget budget, Value value, Bound bound) {
    return StringMethods.replace(
        budget,
        value.str(budget),
        bound.get("old").str(budget),
        bound.get("new").str(budget),
        bound.integerOrNone("count", -1));
  }

  private static Value indent(Budget budget, Value value, Bound bound) {
    StringValue indention = indention(budget, bound.get("width", IntegerValue.of(4)));
    StringValue string = value.asString();
    StringValue newline = StringValue.from(string.origin(), "\n"); // it stands for the string's
    StringValue ended = new TextBuilder(budget).append(string).append(newline).build();
    List<Value> lines = SplittingMethods.lines(budget, ended, false);
    TextBuilder text = new TextBuilder(budget);
    for (int index = 0; index < lines.size(); index++) {
      StringValue line = lines.get(index).asString();
      boolean indented =
          index == 0 ? bound.isTrue("first") : bound.isTrue("blank") || line.isTrue();
      text.append(index > 0 ? newline : StringValue.EMPTY)
          .append(indented ? indention : StringValue.EMPTY)
          .append(line);
    }
    return text.build().like(string);
  }

  /** A string, or so many blanks. */
  static StringValue indention(Budget budget, Value width) {
    return width.isString()
        ? width.asString()
        : new TextBuilder(budget).repeat(FillingMethods.BLANK, width.index()).build();
  }

  private static Value join(Budget budget, Value value, Bound bound) {
    Value attribute = bound.orNone("attribute");
    StringValue separator = bound.get("d", StringValue.EMPTY).str(budget);
    TextBuilder text = new TextBuilder(budget);
    StringValue before = StringValue.EMPTY;
    for (Value item : value.list(budget)) {
      Value part = Attributes.follow(budget, item, attribute, NoneValue.NONE);
      text.append(before).append(part.str(budget));
      before = separator;
    }
    return text.build();
  }

  private static Value center(Budget budget, Value value, Bound bound) {
    return FillingMethods.center(
        budget, value.str(budget), FillingMethods.BLANK, bound.integer("width", 80));
  }

  private static Value format(Budget budget, Value value, Bound bound) {
    StringValue format = value.str(budget);
    Arguments arguments = bound.arguments();
    if (arguments.named().isEmpty()) {
      return PercentFormat.format(budget, format, TupleValue.holding(arguments.positional()));
    }
    if (!arguments.positional().isEmpty()) {
      throw new EvaluationFailure("can't handle positional and keyword arguments at the same time");
    }
    DictValue values = new DictValue();
    arguments.named().forEach((name, argument) -> values.put(Globals.argumentName(name), argument));
    return PercentFormat.format(budget, format, values);
  }

  private static Value truncate(Budget budget, Value value, Bound bound) {
    StringValue end = bound.get("end", StringValue.of("...")).asString();
    long leeway = bound.integerOrNone("leeway", 5);
    long kept = bound.integer("length", 255) - end.length();
    if (kept < 0 || leeway < 0) {
      throw new EvaluationFailure("expected length >= " + end.length() + " and leeway >= 0");
    }
    if (value.length() <= kept + end.length() + leeway) {
      return value;
    }
    StringValue text =
        value.slice(budget, IntegerValue.of(0), IntegerValue.of(kept), NoneValue.NONE).asString();
    int space = bound.isTrue("killwords") ? -1 : text.text().lastIndexOf(' ');
    return new TextBuilder(budget)
        .append(space < 0 ? text : text.substring(0, space))
        .append(end)
        .build();
  }

  private static Value wordCount(Budget budget, Value value, Bound bound) {
    String text = value.str(budget).text();
    budget.listing(text.length());
    return IntegerValue.of(WORD.matcher(text).results().count());
  }
}
