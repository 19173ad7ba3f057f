package dev.remora.jinja.parse;

import dev.remora.jinja.builtin.BinaryOperator;
import dev.remora.jinja.builtin.ComparisonOperator;
import dev.remora.jinja.node.Expression;
import dev.remora.jinja.parse.SourceToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tokens to expressions, by the precedence of operators. */
final class ExpressionParser {
  private static final int WEAKEST = 1;
  private static final int CONCATENATION = 2; // of ~, which stands between sums and products
  private static final int STRONGEST = 4;

  private final SourceTokens stream;
  private final Nesting nesting;
  private final PrimaryParser primaries;

  ExpressionParser(SourceTokens stream, Nesting nesting, Set<String> implicitSeen) {
    this.stream = stream;
    this.nesting = nesting;
    this.primaries = new PrimaryParser(stream, nesting, this, implicitSeen);
  }

  /** What reads operands. */
  PrimaryParser primaries() {
    return primaries;
  }

  /** An expression, conditional ones included. */
  Expression expression() {
    nesting.enter();
    int line = stream.current().line();
    Expression value = disjunction();
    while (stream.skipName("if")) {
      Expression test = disjunction();
      Expression otherwise = stream.skipName("else") ? expression() : null;
      value = new Expression.Conditional(test, value, otherwise, line);
      line = stream.current().line();
    }
    nesting.leave();
    return value;
  }

  /** An expression, or several with commas between them: a tuple. */
  Expression tuple(boolean conditional, boolean parenthesized, @Nullable String endName) {
    List<Expression> items = new ArrayList<>();
    boolean comma = false;
    while (!atTupleEnd(endName)) {
      items.add(conditional ? expression() : disjunction());
      if (!stream.skipOperator(",")) {
        break;
      }
      comma = true;
    }
    if (!comma && items.size() == 1) {
      return items.get(0);
    }
    if (!comma && !parenthesized) {
      throw stream.failure("Expected an expression, got '" + stream.current().description() + "'");
    }
    return new Expression.TupleDisplay(items);
  }

  private boolean atTupleEnd(@Nullable String endName) {
    SourceToken token = stream.current();
    return token.is(Kind.VARIABLE_END)
        || token.is(Kind.BLOCK_END)
        || token.isOperator(")")
        || (endName != null && token.isName(endName));
  }

  private Expression disjunction() {
    return junction("or");
  }

  private Expression junction(String operator) {
    boolean or = operator.equals("or");
    List<Expression> operands = new ArrayList<>();
    do {
      operands.add(or ? junction("and") : negation());
    } while (stream.skipName(operator));
    return operands.size() == 1 ? operands.get(0) : new Expression.Junction(or, operands);
  }

  private Expression negation() {
    if (!stream.skipName("not")) {
      return comparison();
    }
    nesting.enter();
    Expression negation = new Expression.Not(negation());
    nesting.leave();
    return negation;
  }

  private Expression comparison() {
    int line = stream.current().line();
    Expression first = arithmetic(WEAKEST);
    List<ComparisonOperator> operators = new ArrayList<>();
    List<Expression> operands = new ArrayList<>();
    for (ComparisonOperator operator = comparator(); operator != null; operator = comparator()) {
      operators.add(operator);
      operands.add(arithmetic(WEAKEST));
    }
    return operators.isEmpty()
        ? first
        : new Expression.Comparison(first, operators, operands, line);
  }

  private @Nullable ComparisonOperator comparator() {
    SourceToken token = stream.current();
    if (token.is(Kind.OPERATOR)) {
      ComparisonOperator operator = ComparisonOperator.of(token.text());
      if (operator != null) {
        stream.next();
      }
      return operator;
    }
    if (stream.skipName("in")) {
      return ComparisonOperator.IN;
    }
    if (token.isName("not") && stream.ahead().isName("in")) {
      stream.next();
      stream.next();
      return ComparisonOperator.NOT_IN;
    }
    return null;
  }

  /** Operators that bind at least so strongly. */
  private Expression arithmetic(int precedence) {
    if (precedence > STRONGEST) {
      return primaries.signed(true);
    }
    if (precedence == CONCATENATION) {
      return concatenation();
    }
    int line = stream.current().line();
    Expression first = arithmetic(precedence + 1);
    List<BinaryOperator> operators = new ArrayList<>();
    List<Expression> operands = new ArrayList<>();
    for (BinaryOperator operator = operator(precedence);
        operator != null;
        operator = operator(precedence)) {
      operators.add(operator);
      operands.add(arithmetic(precedence + 1));
    }
    return operators.isEmpty()
        ? first
        : new Expression.Arithmetic(first, operators, operands, line);
  }

  private @Nullable BinaryOperator operator(int precedence) {
    SourceToken token = stream.current();
    BinaryOperator operator = token.is(Kind.OPERATOR) ? BinaryOperator.of(token.text()) : null;
    if (operator == null || operator.precedence() != precedence) {
      return null;
    }
    stream.next();
    return operator;
  }

  private Expression concatenation() {
    int line = stream.current().line();
    List<Expression> operands = new ArrayList<>();
    do {
      operands.add(arithmetic(CONCATENATION + 1));
    } while (stream.skipOperator("~"));
    return operands.size() == 1 ? operands.get(0) : new Expression.Concatenation(operands, line);
  }
}
