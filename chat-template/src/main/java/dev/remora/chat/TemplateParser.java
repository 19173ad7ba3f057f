package dev.remora.chat;

import dev.remora.chat.Statement.Body;
import dev.remora.chat.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tokens to statements. */
final class TemplateParser {
  private static final Set<String> IMPLICIT = Set.of("varargs", "kwargs", "caller");
  private static final Set<String> NEED_FILES = Set.of("include", "import", "from", "extends");

  private final TokenStream stream;
  private final Nesting nesting;
  private final Set<String> namesSeen = new HashSet<>();
  private final ExpressionParser expressions;
  private final Deque<String> open = new ArrayDeque<>();
  private int loops;

  private TemplateParser(List<Token> tokens, int depth) {
    this.stream = new TokenStream(tokens);
    this.nesting = new Nesting(depth);
    this.expressions = new ExpressionParser(stream, nesting, namesSeen);
  }

  /**
   * The statements of a source.
   *
   * @throws SyntaxFailure if it does not parse
   * @throws dev.remora.LimitException if it nests deeper than {@code depth}
   */
  static Body parse(String source, int depth) {
    return new TemplateParser(Lexer.tokens(source), depth).body(Set.of());
  }

  /** Statements up to the tag that ends them, whose name is to be read next. */
  private Body body(Set<String> ends) {
    nesting.enter();
    List<Statement> statements = new ArrayList<>();
    while (!stream.current().is(Kind.END)) {
      Token token = stream.next();
      if (token.is(Kind.DATA)) {
        statements.add(new Statements.Data(token.text()));
      } else if (token.is(Kind.VARIABLE_BEGIN)) {
        Expression value = expressions.tuple(true, false, null);
        stream.expect(Kind.VARIABLE_END);
        statements.add(new Statements.Print(value, token.line()));
      } else if (stream.current().is(Kind.NAME) && ends.contains(stream.current().text())) {
        nesting.leave();
        return new Body(statements);
      } else {
        statements.add(statement(ends));
        stream.expect(Kind.BLOCK_END);
      }
    }
    if (!ends.isEmpty()) {
      throw stream.failure("Unexpected end of template." + lookingFor(ends));
    }
    nesting.leave();
    return new Body(statements);
  }

  private String lookingFor(Set<String> ends) {
    if (ends.isEmpty()) {
      return "";
    }
    String names =
        new TreeSet<>(ends)
            .stream().map(end -> "'" + end + "'").collect(Collectors.joining(" or "));
    return " Jinja was looking for the following tags: %s. The innermost block that needs to be closed is '%s'."
        .formatted(names, open.peek());
  }

  /** The body of a block tag whose head ends here; reads the name that ends it. */
  private Body bodyUntil(Set<String> ends) {
    stream.skipOperator(":");
    stream.expect(Kind.BLOCK_END);
    return body(ends);
  }

  private Body bodyThrough(String end) {
    Body body = bodyUntil(Set.of(end));
    stream.next();
    return body;
  }

  private Statement statement(Set<String> ends) {
    Token tag = stream.current();
    if (!tag.is(Kind.NAME)) {
      throw stream.failure("tag name expected");
    }
    if (NEED_FILES.contains(tag.text())) {
      throw stream.failure("'" + tag.text() + "' needs files, which a chat template has none of");
    }
    open.push(tag.text());
    stream.next();
    Statement statement = statement(tag);
    if (statement == null) {
      open.pop();
      throw new SyntaxFailure(
          "Encountered unknown tag '" + tag.text() + "'." + lookingFor(ends), tag.line());
    }
    open.pop();
    return statement;
  }

  private @Nullable Statement statement(Token tag) {
    int line = tag.line();
    return switch (tag.text()) {
      case "set" -> set(line);
      case "if" -> conditional(line);
      case "for" -> loop(line);
      case "macro" -> macro(line);
      case "call" -> callBlock();
      case "filter" -> filterBlock(line);
      case "with" -> with(line);
      case "print" -> print(line);
      case "block" -> block();
      case "generation" -> new Statements.Enclosed(bodyThrough("endgeneration"));
      case "break" -> jump(Statement.Flow.BREAK, tag);
      case "continue" -> jump(Statement.Flow.CONTINUE, tag);
      default -> null;
    };
  }

  private Statement set(int line) {
    Target target = target(true, null);
    if (stream.skipOperator("=")) {
      return new Statements.Set(target, expressions.tuple(true, false, null), line);
    }
    Expression filters = filters();
    Body body = bodyThrough("endset");
    return new Statements.SetBlock(target, new Statements.Captured(body, filters), line);
  }

  /** Filters on what a body prints; null for none. */
  private @Nullable Expression filters() {
    Expression value = null;
    while (stream.skipOperator("|")) {
      value = expressions.primaries().filter(value == null ? captured() : value);
    }
    return value;
  }

  private static Expression captured() {
    return new Accesses.Name(Statements.Captured.NAME, 0);
  }

  private Statement filterBlock(int line) {
    Expression value = expressions.primaries().filter(captured());
    while (stream.skipOperator("|")) {
      value = expressions.primaries().filter(value);
    }
    Body body = bodyThrough("endfilter");
    return new Statements.Print(new Statements.Captured(body, value), line);
  }

  private Statement conditional(int line) {
    List<Expression> tests = new ArrayList<>();
    List<Body> bodies = new ArrayList<>();
    do {
      tests.add(expressions.tuple(false, false, null));
      bodies.add(bodyUntil(Set.of("elif", "else", "endif")));
    } while (stream.skipName("elif"));
    Body otherwise = stream.skipName("else") ? bodyUntil(Set.of("endif")) : new Body(List.of());
    stream.expectName("endif");
    return new Statements.If(tests, bodies, otherwise, line);
  }

  private Statement loop(int line) {
    int mark = nesting.mark();
    Target target = target(false, "in");
    stream.expectName("in");
    Expression iterable = expressions.tuple(false, false, "recursive");
    Expression test = stream.skipName("if") ? expressions.expression() : null;
    boolean recursive = stream.skipName("recursive");
    loops++;
    Body body = bodyUntil(Set.of("endfor", "else"));
    loops--;
    Body otherwise = stream.skipName("else") ? bodyUntil(Set.of("endfor")) : new Body(List.of());
    stream.expectName("endfor");
    int height = nesting.height(mark);
    return new ForLoop(target, iterable, test, recursive, body, otherwise, height, line);
  }

  private Statement jump(Statement.Flow flow, Token tag) {
    if (loops == 0) {
      throw new SyntaxFailure("'" + tag.text() + "' outside loop", tag.line());
    }
    return new Statements.Jump(flow);
  }

  private Statement macro(int line) {
    String name = stream.expect(Kind.NAME).text();
    Signed signed = signed(name, "endmacro", true, null);
    return new Statements.MacroDefinition(signed.signature(), signed.body(), line);
  }

  private Statement callBlock() {
    List<Accesses.Call> calls = new ArrayList<>();
    boolean parameters = stream.current().isOperator("(");
    Signed signed = signed("caller", "endcall", parameters, calls);
    return new Statements.CallBlock(calls.get(0), signed.signature(), signed.body());
  }

  private record Signed(Macro.Signature signature, Body body) {}

  /** Parameters and body of a macro; between them the call of a call block, where asked. */
  private Signed signed(
      String name, String end, boolean parenthesized, @Nullable List<Accesses.Call> calls) {
    List<String> parameters = new ArrayList<>();
    List<Expression> defaults = new ArrayList<>();
    if (parenthesized) {
      parameters(parameters, defaults);
    }
    if (calls != null) {
      calls.add(call());
    }
    Set<String> seenOutside = Set.copyOf(namesSeen);
    int loopsOutside = loops;
    int mark = nesting.mark();
    namesSeen.clear();
    loops = 0;
    Body body = bodyThrough(end);
    Set<String> implicit =
        IMPLICIT.stream().filter(namesSeen::contains).collect(Collectors.toUnmodifiableSet());
    loops = loopsOutside;
    namesSeen.addAll(seenOutside);
    int height = nesting.height(mark);
    return new Signed(new Macro.Signature(name, parameters, defaults, implicit, height), body);
  }

  private void parameters(List<String> parameters, List<Expression> defaults) {
    stream.expectOperator("(");
    while (!stream.skipOperator(")")) {
      parameters.add(stream.expect(Kind.NAME).text());
      if (stream.skipOperator("=")) {
        defaults.add(expressions.expression());
      } else if (!defaults.isEmpty()) {
        throw stream.failure("non-default argument follows default argument");
      }
      if (!stream.current().isOperator(")")) {
        stream.expectOperator(",");
      }
    }
  }

  private Accesses.Call call() {
    int line = stream.current().line();
    if (expressions.expression() instanceof Accesses.Call call) {
      return call;
    }
    throw new SyntaxFailure("expected call", line);
  }

  private Statement with(int line) {
    List<Target> targets = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    while (!stream.current().is(Kind.BLOCK_END)) {
      if (!targets.isEmpty()) {
        stream.expectOperator(",");
      }
      targets.add(target(false, null));
      stream.expectOperator("=");
      values.add(expressions.expression());
    }
    return new Statements.With(targets, values, bodyThrough("endwith"), line);
  }

  private Statement print(int line) {
    List<Statement> prints = new ArrayList<>();
    while (!stream.current().is(Kind.BLOCK_END)) {
      if (!prints.isEmpty()) {
        stream.expectOperator(",");
      }
      prints.add(new Statements.Print(expressions.expression(), line));
    }
    return new Body(prints);
  }

  private Statement block() {
    String name = stream.expect(Kind.NAME).text();
    stream.skipName("scoped");
    stream.skipName("required");
    Body body = bodyThrough("endblock");
    stream.skipName(name);
    return new Statements.Enclosed(body);
  }

  /** What can be assigned to: a name, a namespace's attribute where allowed, or several. */
  private Target target(boolean attributes, @Nullable String endName) {
    List<Target> targets = new ArrayList<>();
    boolean comma = false;
    do {
      Token token = stream.current();
      boolean ended = comma && endsTarget(token, endName);
      if (ended) {
        break;
      }
      targets.add(oneTarget(attributes));
      comma |= stream.current().isOperator(",");
    } while (stream.skipOperator(","));
    return comma ? new Target.Several(targets) : targets.get(0);
  }

  private static boolean endsTarget(Token token, @Nullable String endName) {
    return token.isOperator(")")
        || token.isOperator("=")
        || token.is(Kind.BLOCK_END)
        || (endName != null && token.isName(endName));
  }

  private Target oneTarget(boolean attributes) {
    Token token = stream.current();
    if (stream.skipOperator("(")) {
      nesting.enter();
      Target target = target(attributes, null);
      nesting.leave();
      stream.expectOperator(")");
      return target;
    }
    if (!token.is(Kind.NAME)) {
      throw stream.failure("can't assign to '" + token.description() + "'");
    }
    stream.next();
    if (attributes && stream.skipOperator(".")) {
      return new Target.Attribute(token.text(), stream.expect(Kind.NAME).text());
    }
    return new Accesses.Name(token.text(), token.line());
  }
}
