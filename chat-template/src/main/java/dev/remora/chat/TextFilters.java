package dev.remora.chat;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The filters on text. What is no text is taken as Python prints it. */
final class TextFilters {
  /** Runs of what {@code title} takes for the space between words. */
  private static final Pattern BETWEEN_WORDS =
      Pattern.compile("[-\\s({\\[<]+", Pattern.UNICODE_CHARACTER_CLASS);

  private TextFilters() {}

  static void register() {
    onText("upper", text -> text.toUpperCase(Locale.ROOT));
    onText("lower", text -> text.toLowerCase(Locale.ROOT));
    onText("capitalize", StringMethods::capitalize);
    onText("title", TextFilters::title);
    Filters.add("trim", TextFilters::trim);
    Filters.add("replace", TextFilters::replace);
    Filters.add("indent", TextFilters::indent);
    Filters.add("join", TextFilters::join);
    Filters.add("center", TextFilters::center);
    Filters.add("format", TextFilters::format);
    Filters.add("truncate", TextFilters::truncate);
    Filters.simple("string", TextFilters::string);
    Filters.simple("safe", (rendering, value) -> new Markup(Printer.str(rendering, value)));
    Filters.simple("e", TextFilters::escape);
    Filters.simple("escape", TextFilters::escape);
    Filters.simple(
        "forceescape",
        (rendering, value) -> new Markup(Markup.escape(rendering, Printer.str(rendering, value))));
    Filters.simple("wordcount", TextFilters::wordCount);
  }

  private static void onText(String name, UnaryOperator<String> body) {
    Filters.simple(
        name,
        (rendering, value) -> {
          String text = Printer.str(rendering, value);
          rendering.building(text.length());
          return like(value, body.apply(text));
        });
  }

  /** A text of the kind of the one it was made from. */
  private static Object like(Object value, String text) {
    return value instanceof Markup ? new Markup(text) : text;
  }

  private static Object string(Rendering rendering, Object value) {
    return value instanceof Markup ? value : Printer.str(rendering, value);
  }

  private static Object escape(Rendering rendering, Object value) {
    return value instanceof Markup
        ? value
        : new Markup(Markup.escape(rendering, Printer.str(rendering, value)));
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

  private static void appendWord(StringBuilder into, String word) {
    if (!word.isEmpty()) {
      int second = word.offsetByCodePoints(0, 1);
      into.append(word.substring(0, second).toUpperCase(Locale.ROOT));
      into.append(word.substring(second).toLowerCase(Locale.ROOT));
    }
  }

  private static Object trim(Rendering rendering, Arguments arguments) {
    Bound bound = arguments.bind("trim", "value", "chars");
    String text = Printer.str(rendering, bound.get("value"));
    rendering.building(text.length());
    return like(
        bound.get("value"), StringMethods.strip(text, bound.get("chars", None.NONE), "strip"));
  }

  private static Object replace(Rendering rendering, Arguments arguments) {
    Bound bound = arguments.bind("replace", "s", "old", "new", "count");
    Object count = bound.get("count", None.NONE);
    return StringMethods.replace(
        rendering,
        Printer.str(rendering, bound.get("s")),
        Printer.str(rendering, bound.get("old")),
        Printer.str(rendering, bound.get("new")),
        count == None.NONE ? -1 : Numbers.index(count));
  }

  private static Object indent(Rendering rendering, Arguments arguments) {
    Bound bound = arguments.bind("indent", "s", "width", "first", "blank");
    Object width = bound.get("width", 4L);
    String indention =
        Types.isText(width)
            ? Types.text(width)
            : new Text(rendering).repeat(" ", Numbers.index(width)).toString();
    List<Object> lines = Splitting.lines(rendering, Types.text(bound.get("s")) + "\n", false);
    Text text = new Text(rendering).append(bound.isTrue("first") ? indention : "");
    for (int index = 0; index < lines.size(); index++) {
      String line = Types.text(lines.get(index));
      boolean indented = index > 0 && (bound.isTrue("blank") || !line.isEmpty());
      text.append(index > 0 ? "\n" : "").append(indented ? indention : "").append(line);
    }
    return like(bound.get("s"), text.toString());
  }

  private static Object join(Rendering rendering, Arguments arguments) {
    Bound bound = arguments.bind("join", "value", "d", "attribute");
    Object attribute = bound.get("attribute", None.NONE);
    String separator = Printer.str(rendering, bound.get("d", ""));
    Text text = new Text(rendering);
    String before = "";
    for (Object item : Iteration.list(rendering, bound.get("value"))) {
      Object part = Paths.follow(rendering, item, attribute, None.NONE);
      text.append(before).append(Printer.str(rendering, part));
      before = separator;
    }
    return text.toString();
  }

  private static Object center(Rendering rendering, Arguments arguments) {
    Bound bound = arguments.bind("center", "value", "width");
    String text = Printer.str(rendering, bound.get("value"));
    return StringMethods.call(rendering, text, "center", Arguments.of(bound.integer("width", 80)));
  }

  private static Object format(Rendering rendering, Arguments arguments) {
    String format = Printer.str(rendering, arguments.positional().get(0));
    if (arguments.named().isEmpty()) {
      return PercentFormat.format(rendering, format, new Tuple(arguments.from(1).positional()));
    }
    if (arguments.positional().size() > 1) {
      throw new Failure("can't handle positional and keyword arguments at the same time");
    }
    Dict values = new Dict();
    arguments.named().forEach(values::put);
    return PercentFormat.format(rendering, format, values);
  }

  private static Object truncate(Rendering rendering, Arguments arguments) {
    Bound bound = arguments.bind("truncate", "s", "length", "killwords", "end", "leeway");
    Object value = bound.get("s");
    String end = Types.text(bound.get("end", "..."));
    Object given = bound.get("leeway", None.NONE);
    long leeway = given == None.NONE ? 5 : Numbers.index(given);
    long kept = bound.integer("length", 255) - Iteration.length(end);
    if (kept < 0 || leeway < 0) {
      throw new Failure("expected length >= " + Iteration.length(end) + " and leeway >= 0");
    }
    if (Iteration.length(value) <= kept + Iteration.length(end) + leeway) {
      return value;
    }
    String text = Types.text(Slices.of(rendering, value, 0L, kept, None.NONE));
    int space = bound.isTrue("killwords") ? -1 : text.lastIndexOf(' ');
    return (space < 0 ? text : text.substring(0, space)) + end;
  }

  private static Object wordCount(Rendering rendering, Object value) {
    String text = Printer.str(rendering, value);
    rendering.building(text.length());
    return Pattern.compile("\\w+", Pattern.UNICODE_CHARACTER_CLASS).matcher(text).results().count();
  }
}
