package dev.remora.jinja;

import dev.remora.jinja.JinjaException.Kind;
import dev.remora.jinja.text.PythonJsonReader;
import dev.remora.jinja.text.PythonJsonReader.Broken;
import dev.remora.jinja.text.PythonNumbers;
import dev.remora.jinja.value.Budget;
import dev.remora.jinja.value.JavaValues;
import dev.remora.jinja.value.JsonWriter;
import dev.remora.jinja.value.LimitFailure;
import dev.remora.jinja.value.LimitFailure.Limit;
import dev.remora.jinja.value.StringValue;
import dev.remora.jinja.value.Value;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Python's spelling of values, for whoever writes what a template or the Python of a model writes.
 * Values are plain: maps with string keys, collections, strings, numbers, booleans and nulls.
 */
public final class PythonValues {
  private PythonValues() {}

  /** The parameters of {@code json.dumps}; characters that are not ASCII stay as they are. */
  public enum JsonStyle {
    /** {@code separators=(", ", ": ")}, the default of Python. */
    SPACED(", ", ": ", false),
    /** {@code separators=(",", ":")}. */
    COMPACT(",", ":", false),
    /** The same with {@code sort_keys=True}. */
    COMPACT_SORTED(",", ":", true);

    private final String itemSeparator;
    private final String keySeparator;
    private final boolean sorted;

    JsonStyle(String itemSeparator, String keySeparator, boolean sorted) {
      this.itemSeparator = itemSeparator;
      this.keySeparator = keySeparator;
      this.sorted = sorted;
    }

    private JsonWriter.Format format() {
      return new JsonWriter.Format(
          false, null, StringValue.of(itemSeparator), StringValue.of(keySeparator), sorted);
    }
  }

  /**
   * Python's {@code json.dumps(value)}.
   *
   * @param limits its limits hold for the text as for that of a template
   * @throws JinjaException if a limit is passed
   * @throws IllegalArgumentException if a value is of another type
   */
  public static String json(@Nullable Object value, JsonStyle style, JinjaOptions limits) {
    return spelled(
        value, limits, (budget, known) -> JsonWriter.write(budget, known, style.format()));
  }

  /**
   * Python's {@code str(value)}.
   *
   * @param limits its limits hold for the text as for that of a template
   * @throws JinjaException if a limit is passed
   * @throws IllegalArgumentException if a value is of another type
   */
  public static String str(@Nullable Object value, JinjaOptions limits) {
    return spelled(value, limits, (budget, known) -> known.str(budget));
  }

  private static String spelled(
      @Nullable Object value,
      JinjaOptions limits,
      BiFunction<Budget, Value, StringValue> spelling) {
    Budget budget = new Budget(limits.maxSteps(), limits.maxCharacters(), limits.maxDepth());
    try {
      return spelling.apply(budget, JavaValues.of(value, null)).text();
    } catch (LimitFailure failure) {
      throw JinjaTemplate.passed(0, failure);
    } catch (StackOverflowError e) { // a thread of small stack: the limit would have come later
      throw tooDeep(limits);
    }
  }

  /**
   * Python's {@code json.loads(json)}: a map that keeps its order, a list, a string, a number, a
   * boolean or null. NaN and infinities are numbers, the last of equal members counts, and nothing
   * else is lenient. An integer is a {@link Long}, or a {@link java.math.BigInteger} where it must
   * be; any other number is a {@link Double}.
   *
   * @param limits its limit of nesting holds
   * @throws JinjaException if it is no JSON ({@link Kind#EVALUATION}), or a limit is passed
   */
  public static @Nullable Object parse(String json, JinjaOptions limits) {
    try {
      return new PythonJsonReader(json, limits.maxDepth()).read();
    } catch (Broken broken) {
      throw switch (broken.reason()) {
        case SYNTAX -> JinjaException.of(Kind.EVALUATION, 0, String.valueOf(broken.getMessage()));
        case DEPTH -> tooDeep(limits);
        case DIGITS -> tooManyDigits();
      };
    } catch (StackOverflowError e) { // a thread of small stack: the limit would have come later
      throw tooDeep(limits);
    }
  }

  private static JinjaException tooDeep(JinjaOptions limits) {
    int bound = limits.maxDepth();
    return JinjaTemplate.passed(0, LimitFailure.tooDeep(bound, bound + 1));
  }

  private static JinjaException tooManyDigits() {
    int bound = PythonNumbers.MAX_DIGITS;
    return JinjaTemplate.passed(
        0, new LimitFailure(Limit.CHARACTERS, "digits of an integer", bound, bound + 1));
  }
}
