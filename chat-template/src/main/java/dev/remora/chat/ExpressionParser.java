package dev.remora.chat;

import dev.remora.chat.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tokens to expressions, by Jinja's ranks of operators. */
final class ExpressionParser {
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

  /** From weak to strong; {@code ~} stands between sums and products. */
  private static final List<Set<String>> ARITHMETIC =
      List.of(Set.of("+", "-"), Set.of("~"), Set.of("*", "/", "//", "%"), Set.of("**"));

  private final TokenStream stream;
  private final Nesting nesting;
  private final PrimaryParser primaries;

  ExpressionParser(TokenStream stream, Nesting nesting, Set<String> namesSeen) {
    this.stream = stream;
    this.nesting = nesting;
    this.primaries = new PrimaryParser(stream, nesting, this, namesSeen);
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
      value = new Operations.Conditional(test, value, otherwise, line);
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
    return new Literals.TupleOf(items);
  }

  private boolean atTupleEnd(@Nullable String endName) {
    Token token = stream.current();
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
    return operands.size() == 1 ? operands.get(0) : new Operations.Junction(or, operands);
  }

  private Expression negation() {
    if (!stream.skipName("not")) {
      return comparison();
    }
    nesting.enter();
    Expression negation = new Operations.Not(negation());
    nesting.leave();
    return negation;
  }

  private Expression comparison() {
    int line = stream.current().line();
    Expression first = arithmetic(0);
    List<String> operators = new ArrayList<>();
    List<Expression> operands = new ArrayList<>();
    for (String operator = comparator(); operator != null; operator = comparator()) {
      operators.add(operator);
      operands.add(arithmetic(0));
    }
    return operators.isEmpty() ? first : new Operations.Compare(first, operators, operands, line);
  }

  private @Nullable String comparator() {
    Token token = stream.current();
    if (token.is(Kind.OPERATOR) && COMPARISONS.contains(token.text())) {
      return stream.next().text();
    }
    if (stream.skipName("in")) {
      return "in";
    }
    if (token.isName("not") && stream.ahead().isName("in")) {
      stream.next();
      stream.next();
      return "not in";
    }
    return null;
  }

  private Expression arithmetic(int rank) {
    if (rank == ARITHMETIC.size()) {
      return primaries.signed(true);
    }
    int line = stream.current().line();
    Expression first = arithmetic(rank + 1);
    List<String> operators = new ArrayList<>();
    List<Expression> operands = new ArrayList<>();
    while (stream.current().is(Kind.OPERATOR)
        && ARITHMETIC.get(rank).contains(stream.current().text())) {
      operators.add(stream.next().text());
      operands.add(arithmetic(rank + 1));
    }
    if (operators.isEmpty()) {
      return first;
    }
    if (operators.get(0).equals("~")) {
      operands.add(0, first);
      return new Operations.Concat(operands, line);
    }
    return new Operations.Chain(first, operators, operands, line);
  }
}
