package dev.remora.jinja.builtin;

import dev.remora.jinja.value.Budget;
import dev.remora.jinja.value.EvaluationFailure;
import dev.remora.jinja.value.JsonWriter;
import dev.remora.jinja.value.NoneValue;
import dev.remora.jinja.value.StringValue;
import dev.remora.jinja.value.Value;
import java.util.List;
import java.util.Map;

/** The filter {@code tojson} with the parameters that transformers gives it. */
final class JsonFilters {
  static final Map<String, Builtin> ALL =
      Builtin.byName(
          Builtin.of(
              "tojson", JsonFilters::write, "ensure_ascii", "indent", "separators", "sort_keys"));

  private static final StringValue COMMA = StringValue.of(",");
  private static final StringValue COMMA_AND_BLANK = StringValue.of(", ");
  private static final StringValue COLON_AND_BLANK = StringValue.of(": ");

  private JsonFilters() {}

  private static Value write(Budget budget, Value value, Bound bound) {
    Value width = bound.orNone("indent");
    StringValue indent = width == NoneValue.NONE ? null : TextFilters.indention(budget, width);
    StringValue between = indent == null ? COMMA_AND_BLANK : COMMA;
    StringValue afterKey = COLON_AND_BLANK;
    Value separators = bound.orNone("separators");
    if (separators != NoneValue.NONE) {
      List<Value> both = separators.list(budget);
      if (both.size() != 2) {
        throw new EvaluationFailure("separators must be two strings");
      }
      between = both.get(0).asString();
      afterKey = both.get(1).asString();
    }
    boolean ascii = bound.isTrue("ensure_ascii");
    boolean sorted = bound.isTrue("sort_keys");
    return JsonWriter.write(
        budget, value, new JsonWriter.Format(ascii, indent, between, afterKey, sorted));
  }
}
