package dev.remora.jinja.parse;

import dev.remora.jinja.value.NoneValue;
import dev.remora.jinja.value.Value;

/**
 * One token of a template's source.
 *
 * @param kind its kind
 * @param text a name, an operator, or text outside of tags, as it is in the source
 * @param value what a string or a number stands for; of other tokens nothing: None
 * @param line the line of the source, from 1
 */
record SourceToken(Kind kind, String text, Value value, int line) {
  /** The kinds of tokens, each with the name that error messages use. */
  enum Kind {
    DATA("template data / text"),
    VARIABLE_BEGIN("begin of print statement"),
    VARIABLE_END("end of print statement"),
    BLOCK_BEGIN("begin of statement block"),
    BLOCK_END("end of statement block"),
    NAME("name"),
    STRING("string"),
    INTEGER("integer"),
    FLOAT("float"),
    OPERATOR("operator"),
    END("end of template");

    private final String description;

    Kind(String description) {
      this.description = description;
    }

    String description() {
      return description;
    }
  }

  /** A token that stands for no value. */
  static SourceToken of(Kind kind, String text, int line) {
    return new SourceToken(kind, text, NoneValue.NONE, line);
  }

  boolean is(Kind kind) {
    return this.kind == kind;
  }

  boolean isName(String name) {
    return kind == Kind.NAME && text.equals(name);
  }

  boolean isOperator(String operator) {
    return kind == Kind.OPERATOR && text.equals(operator);
  }

  /** The token in an error message. */
  String description() {
    return kind == Kind.NAME || kind == Kind.OPERATOR ? text : kind.description();
  }
}
