package dev.remora.jinja;

import dev.remora.jinja.JinjaException.Kind;
import dev.remora.jinja.JinjaException.Limit;
import dev.remora.jinja.JinjaException.LimitPassed;
import dev.remora.jinja.builtin.Globals;
import dev.remora.jinja.node.Statement.Body;
import dev.remora.jinja.parse.SyntaxFailure;
import dev.remora.jinja.parse.TemplateParser;
import dev.remora.jinja.run.Executor;
import dev.remora.jinja.value.Budget;
import dev.remora.jinja.value.EvaluationFailure;
import dev.remora.jinja.value.JavaValues;
import dev.remora.jinja.value.LimitFailure;
import dev.remora.jinja.value.Value;
import java.util.HashMap;
import java.util.Map;

/**
 * A template, parsed once and rendered many times. It has no access to files, classes or the
 * network. Immutable and thread-safe.
 */
public final class JinjaTemplate {
  /** The levels that a source may nest. */
  private static final int MAX_SOURCE_DEPTH = 500;

  /** The characters of a source; real templates have up to some ten thousands. */
  private static final int MAX_SOURCE = 1 << 20;

  private final String source;
  private final Body body;

  private JinjaTemplate(String source, Body body) {
    this.source = source;
    this.body = body;
  }

  /**
   * Parses a template.
   *
   * @throws JinjaException if it does not parse, has more than 1,048,576 characters, or nests
   *     deeper than 500 levels
   */
  public static JinjaTemplate parse(String source) {
    try {
      new Budget(Long.MAX_VALUE, MAX_SOURCE, MAX_SOURCE_DEPTH).checkLength(source.length());
      return new JinjaTemplate(source, TemplateParser.parse(source, MAX_SOURCE_DEPTH));
    } catch (SyntaxFailure failure) {
      throw JinjaException.of(Kind.SYNTAX, failure.line(), failure.problem());
    } catch (LimitFailure failure) {
      throw passed(0, failure);
    } catch (StackOverflowError e) { // a thread of small stack: the limit would have come later
      throw passed(0, LimitFailure.tooDeep(MAX_SOURCE_DEPTH, MAX_SOURCE_DEPTH));
    }
  }

  /** The text that was parsed. */
  public String source() {
    return source;
  }

  /**
   * What the template prints.
   *
   * @param context the names that it sees, with their values: maps with string keys, collections,
   *     arrays of objects, strings, numbers, booleans and nulls. They are converted before the
   *     template runs, so that it sees them unchanged to the end.
   * @throws JinjaException if it fails, raises an error of its own, or passes a limit
   * @throws IllegalArgumentException if a value is of another type
   */
  public String render(Map<String, ?> context, JinjaOptions options) {
    return print(Map.of(), context, options).text();
  }

  /**
   * What the template prints, and where it comes from.
   *
   * @param own the names whose values are as good as the template's own text, such as special
   *     tokens
   * @param given the other names, as for {@link #render}; of one that is in both, this counts
   * @throws JinjaException as {@link #render}
   * @throws IllegalArgumentException as {@link #render}
   */
  public JinjaText print(Map<String, ?> own, Map<String, ?> given, JinjaOptions options) {
    Budget budget = new Budget(options.maxSteps(), options.maxCharacters(), options.maxDepth());
    try {
      Map<String, Value> values = new HashMap<>((own.size() + given.size()) * 2);
      own.forEach((name, value) -> values.put(name, JavaValues.of(value, null)));
      given.forEach((name, value) -> values.put(name, JavaValues.named(name, value)));
      return new JinjaText(Executor.run(body, Globals.with(options.clock()), values, budget));
    } catch (EvaluationFailure failure) {
      Kind kind = failure.isRaised() ? Kind.RAISED : Kind.EVALUATION;
      throw JinjaException.of(kind, budget.line(), problem(failure, options));
    } catch (LimitFailure failure) {
      throw passed(budget.line(), failure);
    } catch (StackOverflowError e) { // a thread of small stack: the limit would have come later
      throw passed(budget.line(), LimitFailure.tooDeep(options.maxDepth(), options.maxDepth()));
    }
  }

  /**
   * A value in what the template is given, or the whole of it, that the caller trusts as it trusts
   * the template.
   */
  public static Object trusted(Object value) {
    return new JavaValues.Trusted(value);
  }

  private String problem(EvaluationFailure failure, JinjaOptions options) {
    String quoted = failure.quoted();
    return quoted.isEmpty() || options.requestTextInErrors()
        ? failure.problem()
        : failure.problem().replace(quoted, OwnText.of(quoted, source));
  }

  static JinjaException passed(int line, LimitFailure failure) {
    Limit limit =
        switch (failure.limit()) {
          case STEPS -> Limit.STEPS;
          case CHARACTERS -> Limit.CHARACTERS;
          case DEPTH -> Limit.DEPTH;
        };
    return JinjaException.of(
        line, new LimitPassed(limit, failure.unit(), failure.bound(), failure.observed()));
  }

  /** The first line of its source. */
  @Override
  public String toString() {
    return "JinjaTemplate[" + source.lines().findFirst().orElse("") + "]";
  }
}
