package dev.remora.jinja.builtin;

import dev.remora.jinja.format.BraceFormat;
import dev.remora.jinja.value.Arguments;
import dev.remora.jinja.value.Budget;
import dev.remora.jinja.value.EvaluationFailure;
import dev.remora.jinja.value.IntegerValue;
import dev.remora.jinja.value.NoneValue;
import dev.remora.jinja.value.StringValue;
import dev.remora.jinja.value.TextBuilder;
import dev.remora.jinja.value.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The methods of str that put values into it by a format, and the one that replaces characters by a
 * table.
 */
final class FormattingMethods {
  static final Map<String, Builtin> ALL =
      Builtin.byName(
          Builtin.variadic("format", FormattingMethods::format),
          Builtin.of("format_map", FormattingMethods::formatMap, "mapping"),
          Builtin.of("translate", FormattingMethods::translate, "table"));

  private static final BraceFormat.Links LINKS =
      new BraceFormat.Links() {
        @Override
        public Value attribute(Value value, StringValue name) {
          return Attributes.dotted(value, name);
        }

        @Override
        public Value item(Budget budget, Value value, Value key) {
          return Attributes.item(budget, value, key);
        }
      };

  private FormattingMethods() {}

  private static Value format(Budget budget, Value value, Bound bound) {
    return BraceFormat.format(
        budget, StringMethods.counted(budget, value), new ArgumentFields(bound.arguments()), LINKS);
  }

  private static Value formatMap(Budget budget, Value value, Bound bound) {
    return BraceFormat.format(
        budget,
        StringMethods.counted(budget, value),
        new MappingFields(bound.get("mapping")),
        LINKS);
  }

  /** The arguments of {@code format} as its fields name them. */
  private record ArgumentFields(Arguments arguments) implements BraceFormat.Fields {
    @Override
    public List<Value> positional() {
      return arguments.positional();
    }

    @Override
    public @Nullable Value named(String name) {
      return arguments.named().get(name);
    }
  }

  /** The keys of the mapping of {@code format_map} as its fields name them. */
  private record MappingFields(Value mapping) implements BraceFormat.Fields {
    @Override
    public List<Value> positional() {
      return List.of();
    }

    @Override
    public @Nullable Value named(String name) {
      return subscripted(mapping).item(StringValue.of(name));
    }
  }

  /** The value, which must have elements that a key or an index names. */
  private static Value subscripted(Value value) {
    value.requireDefined();
    if (!value.isSequence()) {
      throw new EvaluationFailure("'" + value.typeName() + "' object is not subscriptable");
    }
    return value;
  }

  private static Value translate(Budget budget, Value value, Bound bound) {
    StringValue string = StringMethods.counted(budget, value);
    String text = string.text();
    Value table = bound.get("table");
    TextBuilder translated = new TextBuilder(budget);
    budget.listing(text.length());
    for (int at = 0; at < text.length(); ) {
      int end = text.offsetByCodePoints(at, 1);
      Value by = subscripted(table).item(IntegerValue.of(text.codePointAt(at)));
      translated.append(by == null ? string.substring(at, end) : translation(by));
      at = end;
    }
    return translated.build();
  }

  /** What a table of {@code translate} gives for a character. */
  private static StringValue translation(Value by) {
    if (by == NoneValue.NONE) {
      return StringValue.EMPTY;
    }
    if (by.isString()) {
      return by.asString();
    }
    if (!by.isInteger()) {
      throw new EvaluationFailure("character mapping must return integer, None or str");
    }
    if (by.index() < 0 || by.index() > Character.MAX_CODE_POINT) {
      throw new EvaluationFailure("character mapping must be in range(0x110000)");
    }
    return StringValue.from(by.origin(), Character.toString((int) by.index()));
  }
}
