package dev.remora.chat;

/**
 * One token of a template's source.
 *
 * @param kind its kind
 * @param text a name, an operator, or text outside of tags, as it stands in the source
 * @param value what a string or a number stands for; else the text
 * @param line the line of the source, from 1
 */
record Token(Kind kind, String text, Object value, int line) {
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
