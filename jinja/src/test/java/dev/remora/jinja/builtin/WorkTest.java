package dev.remora.jinja.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.remora.jinja.JinjaOptions;
import dev.remora.jinja.parse.TemplateParser;
import dev.remora.jinja.run.Executor;
import dev.remora.jinja.value.Budget;
import dev.remora.jinja.value.EvaluationFailure;
import dev.remora.jinja.value.JavaValues;
import dev.remora.jinja.value.LimitFailure;
import dev.remora.jinja.value.RangeValue;
import dev.remora.jinja.value.Value;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigInteger;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * That no step costs much more than any other: everything that a template can use, on large values
 * and in a loop without end, ends with its steps, and in the time that they are to take. The names
 * come from the tables of the language, so that none is forgotten.
 */
class WorkTest {
  /** Ten million steps, the default, are to take two seconds on a machine of its time. */
  private static final long NANOS_PER_STEP = 200;

  /** What a slower machine may take longer. */
  private static final long PATIENCE = 5;

  /** Steps of a first look, in which code is not compiled yet and which proves nothing. */
  private static final int GLANCE = 20_000;

  /** Steps after which a time is one. */
  private static final int LONG = 2_000_000;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** The values, by names that say what they are: converted once, since nothing changes them. */
  private static final Map<String, Value> VALUES = values();

  private static final List<String> SUBJECTS =
      List.of(
          "letters",
          "digits",
          "emoji",
          "percents",
          "braces",
          "huge",
          "numbers",
          "words",
          "dict",
          "big",
          "real",
          "wide",
          "maps",
          "colliding");

  private static Map<String, Value> values() {
    List<Object> numbers = new ArrayList<>();
    List<Object> words = new ArrayList<>();
    Map<String, Object> dict = new LinkedHashMap<>();
    List<Object> maps = new ArrayList<>();
    for (int index = 0; index < 500; index++) {
      numbers.add(index * 7 % 1000);
      words.add("word " + index % 999);
      dict.put("key " + index, index);
      maps.add(Map.of("x", "a" + index % 7));
    }
    Map<String, Object> values = new HashMap<>();
    values.put("letters", "a".repeat(4_000));
    values.put("needle", "a".repeat(2_000) + "b");
    values.put("digits", "1".repeat(4_000) + "x");
    values.put("emoji", "é😀 ".repeat(1_000));
    values.put("numbers", numbers);
    values.put("words", words);
    values.put("dict", dict);
    values.put("maps", maps);
    values.put("colliding", colliding());
    values.put("percents", "%s%%%r".repeat(500));
    values.put("braces", "{0}{0!r}".repeat(500));
    values.put("commas", ",".repeat(2_000));
    values.put("dots", "x.".repeat(2_000));
    values.put("real", 1.0e-300 / 3);
    values.put("huge", 1.0e300 / 3);
    values.put("big", BigInteger.valueOf(3).pow(10_000));
    Map<String, Value> converted = new HashMap<>();
    values.forEach((name, value) -> converted.put(name, JavaValues.named(name, value)));
    return converted;
  }

  /** A map whose keys have one hash. */
  private static Map<String, Object> colliding() {
    List<String> keys = List.of("");
    for (int level = 0; level < 9; level++) {
      List<String> longer = new ArrayList<>();
      keys.forEach(key -> longer.addAll(List.of(key + "Aa", key + "BB")));
      keys = longer;
    }
    Map<String, Object> map = new LinkedHashMap<>();
    keys.forEach(key -> map.put(key, 1));
    return map;
  }

  /** Every use of a subject X, with these arguments where it takes some. */
  private static Set<String> uses(String arguments) {
    String inputs = arguments.isEmpty() ? "" : "(" + arguments + ")";
    String more = arguments.isEmpty() ? "" : ", " + arguments;
    Set<String> uses = new TreeSet<>();
    for (String name : Builtins.FILTERS.keySet()) {
      uses.add("X|" + name + inputs);
      uses.add("[X, X]|map('" + name + "'" + more + ")|list");
    }
    Builtins.TESTS.keySet().stream()
        .filter(name -> Character.isLetter(name.charAt(0)))
        .forEach(name -> uses.add("X is " + name + inputs));
    Stream.of(Methods.OF_STRING, SequenceMethods.OF_LIST, SequenceMethods.ALL, DictMethods.ALL)
        .flatMap(methods -> methods.keySet().stream())
        .forEach(name -> uses.add("X." + name + "(" + arguments + ")"));
    Globals.with(Clock.systemUTC()).keySet().forEach(name -> uses.add(name + "(X" + more + ")"));
    if (arguments.isEmpty()) {
      uses.addAll(
          List.of("X[-1]", "X[5000]", "X[1:]", "X[::-1]", "-X", "not X", "[X, X] == [X, X]"));
    } else if (!arguments.matches(".*[,=].*")) {
      Stream.of(BinaryOperator.values())
          .forEach(operator -> uses.add("X " + operator.symbol() + " " + arguments));
      Stream.of(ComparisonOperator.values())
          .forEach(operator -> uses.add("X " + operator.symbol() + " " + arguments));
      uses.add("X ~ " + arguments);
      uses.add("X[" + arguments + "]");
    }
    return uses;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "letters",
        "emoji",
        "needle",
        "numbers",
        "dict",
        "big",
        "2",
        "'x'",
        "'__'",
        "letters, letters",
        "'x', 'y'",
        "1, emoji",
        "real",
        "huge",
        "words",
        "percents",
        "commas",
        "dots",
        "attribute='x'",
        "'x', 'eq', letters",
        "letters, 1",
        "-1000"
      })
  void everything_onLargeValuesWithoutEnd_endsWithItsSteps(String arguments) {
    List<String> slow = new ArrayList<>();
    for (String use : uses(arguments)) {
      for (String subject : SUBJECTS) {
        String endless = use.replace("X", subject);
        if (isSlow(endless, GLANCE) && isSlow(endless, GLANCE * 10) && isSlow(endless, LONG)) {
          slow.add(endless);
        }
      }
    }
    assertEquals(List.of(), slow);
  }

  private static boolean isSlow(String use, int steps) {
    return nanos(use, steps) > PATIENCE * NANOS_PER_STEP * steps;
  }

  /** The processor time until the use, over and over, has taken so many steps or fails. */
  private static long nanos(String use, int steps) {
    String source =
        "{% for a in range(60) %}".repeat(5)
            + "{% set z = "
            + use
            + " %}"
            + "{% endfor %}".repeat(5);
    JinjaOptions limits = JinjaOptions.DEFAULT;
    Budget budget = new Budget(steps, limits.maxCharacters(), limits.maxDepth());
    Map<String, Value> context = new HashMap<>(VALUES);
    context.put("wide", RangeValue.of(0, 2_000L * ((1L << 32) + 1), (1L << 32) + 1, null));
    long began = THREADS.getCurrentThreadCpuTime();
    try {
      Executor.run(
          TemplateParser.parse(source, limits.maxDepth()),
          Globals.with(limits.clock()),
          context,
          budget);
      throw new AssertionError("it has an end: " + use);
    } catch (LimitFailure | EvaluationFailure e) {
      return THREADS.getCurrentThreadCpuTime() - began;
    }
  }
}
