package dev.remora.jinja.parse;

import dev.remora.jinja.builtin.UnaryOperator;
import dev.remora.jinja.node.CallArguments;
import dev.remora.jinja.node.Expression;
import dev.remora.jinja.node.MacroSignature;
import dev.remora.jinja.parse.SourceToken.Kind;
import dev.remora.jinja.value.BooleanValue;
import dev.remora.jinja.value.NoneValue;
import dev.remora.jinja.value.StringValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tokens to operands: literals, names, and the accesses, calls, filters and tests after them. */
final class PrimaryParser {
  private static final Set<String> OPENING = Set.of("(", "[", "{");
  private static final Set<String> NO_ARGUMENT = Set.of("else", "or", "and");

  private final SourceTokens stream;
  private final Nesting nesting;
  private final ExpressionParser expressions;
  private final Set<String> implicitSeen;

  PrimaryParser(
      SourceTokens stream,
      Nesting nesting,
      ExpressionParser expressions,
      Set<String> implicitSeen) {
    this.stream = stream;
    this.nesting = nesting;
    this.expressions = expressions;
    this.implicitSeen = implicitSeen;
  }

  /** An operand with its sign, and with filters and tests where asked. */
  Expression signed(boolean withFilters) {
    nesting.enter();
    SourceToken token = stream.current();
    Expression operand;
    if (token.isOperator("-") || token.isOperator("+")) {
      stream.next();
      operand =
          new Expression.Sign(
              token.text().equals("-") ? UnaryOperator.NEGATE : UnaryOperator.KEEP,
              signed(false),
              token.line());
    } else {
      operand = primary();
    }
    operand = behind(operand, withFilters);
    nesting.leave();
    return operand;
  }

  /** What follows an operand; each link is a level, as evaluating it nests. */
  private Expression behind(Expression first, boolean withFilters) {
    Expression value = first;
    boolean filtered = false;
    int links = 0;
    for (Expression linked = first; linked != null; links++) {
      nesting.enter();
      value = linked;
      linked = filtered ? null : postfix(value);
      if (linked == null && withFilters) {
        linked = filterOrTest(value);
        filtered |= linked != null;
      }
    }
    nesting.leave(links);
    return value;
  }

  private @Nullable Expression postfix(Expression value) {
    SourceToken token = stream.current();
    if (token.isOperator("(")) {
      return new Expression.Call(value, inputs(), token.line());
    }
    if (stream.skipOperator(".")) {
      return dotted(value, token.line());
    }
    return stream.skipOperator("[") ? subscript(value, token.line()) : null;
  }

  private @Nullable Expression filterOrTest(Expression value) {
    SourceToken token = stream.current();
    if (stream.skipOperator("|")) {
      return filter(value);
    }
    if (stream.skipName("is")) {
      return test(value, token.line());
    }
    return token.isOperator("(") ? new Expression.Call(value, inputs(), token.line()) : null;
  }

  private Expression dotted(Expression value, int line) {
    SourceToken attribute = stream.next();
    return switch (attribute.kind()) {
      case NAME -> new Expression.Attribute(value, StringValue.of(attribute.text()), line);
      case INTEGER ->
          new Expression.Subscript(value, new Expression.Literal(attribute.value()), line);
      default -> throw new SyntaxFailure("expected name or number", attribute.line());
    };
  }

  private Expression subscript(Expression value, int line) {
    Expression absent = new Expression.Literal(NoneValue.NONE);
    Expression start = stream.current().isOperator(":") ? absent : expressions.expression();
    if (stream.skipOperator(":")) {
      Expression stop = atBound() ? absent : expressions.expression();
      boolean stepped = stream.skipOperator(":");
      Expression step = !stepped || atBound() ? absent : expressions.expression();
      stream.expectOperator("]");
      return new Expression.Slice(value, start, stop, step, line);
    }
    if (!stream.current().isOperator(",")) {
      stream.expectOperator("]");
      return new Expression.Subscript(value, start, line);
    }
    List<Expression> keys = new ArrayList<>(List.of(start));
    while (stream.skipOperator(",") && !stream.current().isOperator("]")) {
      keys.add(expressions.expression());
    }
    stream.expectOperator("]");
    return new Expression.Subscript(value, new Expression.TupleDisplay(keys), line);
  }

  private boolean atBound() {
    return stream.current().isOperator(":") || stream.current().isOperator("]");
  }

  /** A filter on a value, the {@code |} before it read. */
  Expression filter(Expression value) {
    int line = stream.current().line();
    String name = dottedName();
    CallArguments inputs = stream.current().isOperator("(") ? inputs() : CallArguments.NONE;
    return new Expression.Filter(value, name, inputs, line);
  }

  private Expression test(Expression value, int line) {
    boolean negated = stream.skipName("not");
    String name = dottedName();
    SourceToken token = stream.current();
    CallArguments inputs = CallArguments.NONE;
    if (token.isOperator("(")) {
      inputs = inputs();
    } else if (beginsArgument(token)) {
      if (token.isName("is")) {
        throw stream.failure("You cannot chain multiple tests with is");
      }
      Expression argument = behind(primary(), false);
      inputs = CallArguments.of(argument);
    }
    Expression test = new Expression.Test(value, name, inputs, line);
    return negated ? new Expression.Not(test) : test;
  }

  private static boolean beginsArgument(SourceToken token) {
    return switch (token.kind()) {
      case NAME -> !NO_ARGUMENT.contains(token.text());
      case STRING, INTEGER, FLOAT -> true;
      case OPERATOR -> OPENING.contains(token.text());
      default -> false;
    };
  }

  private String dottedName() {
    StringBuilder name = new StringBuilder(stream.expect(Kind.NAME).text());
    while (stream.skipOperator(".")) {
      name.append('.').append(stream.expect(Kind.NAME).text());
    }
    return name.toString();
  }

  /** The arguments of a call, parentheses included. */
  CallArguments inputs() {
    int line = stream.current().line();
    stream.expectOperator("(");
    List<Expression> positional = new ArrayList<>();
    Map<String, Expression> named = new LinkedHashMap<>();
    Expression unpacked = null;
    Expression unpackedNamed = null;
    while (!stream.current().isOperator(")")) {
      boolean late = unpackedNamed != null;
      if (stream.skipOperator("**")) {
        unpackedNamed = expressions.expression();
      } else if (stream.skipOperator("*")) {
        late |= unpacked != null;
        unpacked = expressions.expression();
      } else if (stream.current().is(Kind.NAME) && stream.ahead().isOperator("=")) {
        String name = stream.next().text();
        stream.next();
        late |= named.put(name, expressions.expression()) != null;
      } else {
        late |= unpacked != null || !named.isEmpty();
        positional.add(expressions.expression());
      }
      if (late) {
        throw new SyntaxFailure("invalid syntax for function call expression", line);
      }
      if (!stream.current().isOperator(")")) {
        stream.expectOperator(",");
      }
    }
    stream.next();
    return new CallArguments(positional, named, unpacked, unpackedNamed);
  }

  /** A literal, a name, or an expression in parentheses. */
  Expression primary() {
    SourceToken token = stream.next();
    return switch (token.kind()) {
      case NAME -> name(token);
      case INTEGER, FLOAT -> new Expression.Literal(token.value());
      case STRING -> string(token);
      default -> enclosed(token);
    };
  }

  /** Strings that follow each other are one. */
  private Expression string(SourceToken first) {
    StringBuilder text = new StringBuilder(first.value().asString().text());
    while (stream.current().is(Kind.STRING)) {
      text.append(stream.next().value().asString().text());
    }
    return new Expression.Literal(StringValue.of(text.toString()));
  }

  private Expression name(SourceToken token) {
    return switch (token.text()) {
      case "true", "True" -> new Expression.Literal(BooleanValue.TRUE);
      case "false", "False" -> new Expression.Literal(BooleanValue.FALSE);
      case "none", "None" -> new Expression.Literal(NoneValue.NONE);
      default -> {
        if (MacroSignature.IMPLICIT.contains(token.text())) {
          implicitSeen.add(token.text());
        }
        yield new Expression.Name(token.text(), token.line());
      }
    };
  }

  private Expression enclosed(SourceToken token) {
    if (token.isOperator("(")) {
      Expression value = expressions.tuple(true, true, null);
      stream.expectOperator(")");
      return value;
    }
    if (token.isOperator("[")) {
      return new Expression.ListDisplay(items());
    }
    if (token.isOperator("{")) {
      return dict();
    }
    throw new SyntaxFailure("unexpected '" + token.description() + "'", token.line());
  }

  private List<Expression> items() {
    List<Expression> items = new ArrayList<>();
    while (!stream.skipOperator("]")) {
      items.add(expressions.expression());
      if (!stream.current().isOperator("]")) {
        stream.expectOperator(",");
      }
    }
    return items;
  }

  private Expression dict() {
    List<Expression> keys = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    while (!stream.skipOperator("}")) {
      keys.add(expressions.expression());
      stream.expectOperator(":");
      values.add(expressions.expression());
      if (!stream.current().isOperator("}")) {
        stream.expectOperator(",");
      }
    }
    return new Expression.DictDisplay(keys, values);
  }
}
