package dev.remora.jinja.parse;

import dev.remora.jinja.node.Expression;
import dev.remora.jinja.node.MacroSignature;
import dev.remora.jinja.node.Statement;
import dev.remora.jinja.node.Statement.Body;
import dev.remora.jinja.node.Target;
import dev.remora.jinja.parse.SourceToken.Kind;
import dev.remora.jinja.value.StringValue;
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
public final class TemplateParser {
  private static final Set<String> NEED_FILES = Set.of("include", "import", "from", "extends");

  private final SourceTokens stream;
  private final Nesting nesting;
  private final Set<String> implicitSeen = new HashSet<>();
  private final ExpressionParser expressions;
  private final Deque<String> open = new ArrayDeque<>();
  private int loops;

  private TemplateParser(List<SourceToken> tokens, int depth) {
    this.stream = new SourceTokens(tokens);
    this.nesting = new Nesting(depth);
    this.expressions = new ExpressionParser(stream, nesting, implicitSeen);
  }

  /**
   * The statements of a source.
   *
   * @throws SyntaxFailure if it does not parse
   * @throws dev.remora.jinja.value.LimitFailure if it nests deeper than {@code depth}
   */
  public static Body parse(String source, int depth) {
    return new TemplateParser(TemplateLexer.tokens(source), depth).body(Set.of());
  }

  /** Statements up to the tag that ends them, whose name is to be read next. */
  private Body body(Set<String> ends) {
    nesting.enter();
    List<Statement> statements = new ArrayList<>();
    while (!stream.current().is(Kind.END)) {
      SourceToken token = stream.next();
      if (token.is(Kind.DATA)) {
        statements.add(new Statement.Data(StringValue.of(token.text())));
      } else if (token.is(Kind.VARIABLE_BEGIN)) {
        Expression value = expressions.tuple(true, false, null);
        stream.expect(Kind.VARIABLE_END);
        statements.add(new Statement.Print(value, token.line()));
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
    return " Jinja was looking for the following tags: "
        + names
        + ". The innermost block that needs to be closed is '"
        + open.peek()
        + "'.";
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
    SourceToken tag = stream.current();
    if (!tag.is(Kind.NAME)) {
      throw stream.failure("tag name expected");
    }
    if (NEED_FILES.contains(tag.text())) {
      throw stream.failure("'" + tag.text() + "' needs files, of which a template has none");
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

  private @Nullable Statement statement(SourceToken tag) {
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
      case "generation" -> new Statement.Enclosed(bodyThrough("endgeneration"), true);
      case "break" -> jump(true, tag);
      case "continue" -> jump(false, tag);
      default -> null;
    };
  }

  private Statement set(int line) {
    Target target = target(true, null);
    if (stream.skipOperator("=")) {
      return new Statement.Set(target, expressions.tuple(true, false, null), line);
    }
    Expression filters = filters();
    Body body = bodyThrough("endset");
    return new Statement.Set(target, new Expression.Captured(body, filters), line);
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
    return new Expression.Name(Expression.Captured.NAME, 0);
  }

  private Statement filterBlock(int line) {
    Expression value = expressions.primaries().filter(captured());
    while (stream.skipOperator("|")) {
      value = expressions.primaries().filter(value);
    }
    Body body = bodyThrough("endfilter");
    return new Statement.Print(new Expression.Captured(body, value), line);
  }

  private Statement conditional(int line) {
    List<Expression> tests = new ArrayList<>();
    List<Body> bodies = new ArrayList<>();
    do {
      tests.add(expressions.tuple(false, false, null));
      bodies.add(bodyUntil(Set.of("elif", "else", "endif")));
    } while (stream.skipName("elif"));
    Body otherwise = stream.skipName("else") ? bodyUntil(Set.of("endif")) : Body.EMPTY;
    stream.expectName("endif");
    return new Statement.If(tests, bodies, otherwise, line);
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
    Body otherwise = stream.skipName("else") ? bodyUntil(Set.of("endfor")) : Body.EMPTY;
    stream.expectName("endfor");
    int height = nesting.height(mark);
    return new Statement.For(target, iterable, test, recursive, body, otherwise, height, line);
  }

  private Statement jump(boolean ends, SourceToken tag) {
    if (loops == 0) {
      throw new SyntaxFailure("'" + tag.text() + "' outside loop", tag.line());
    }
    return new Statement.Jump(ends);
  }

  private Statement macro(int line) {
    String name = stream.expect(Kind.NAME).text();
    Signed signed = signed(name, "endmacro", true, null);
    return new Statement.Macro(signed.signature(), signed.body(), line);
  }

  private Statement callBlock() {
    List<Expression.Call> calls = new ArrayList<>();
    boolean parameters = stream.current().isOperator("(");
    Signed signed = signed("caller", "endcall", parameters, calls);
    return new Statement.CallBlock(calls.get(0), signed.signature(), signed.body());
  }

  private record Signed(MacroSignature signature, Body body) {}

  /** Parameters and body of a macro; between them the call of a call block, where asked. */
  private Signed signed(
      String name, String end, boolean parenthesized, @Nullable List<Expression.Call> calls) {
    List<String> parameters = new ArrayList<>();
    List<Expression> defaults = new ArrayList<>();
    if (parenthesized) {
      parameters(parameters, defaults);
    }
    if (calls != null) {
      calls.add(call());
    }
    Set<String> seenOutside = Set.copyOf(implicitSeen);
    int loopsOutside = loops;
    int mark = nesting.mark();
    implicitSeen.clear();
    loops = 0;
    Body body = bodyThrough(end);
    Set<String> implicit = Set.copyOf(implicitSeen);
    loops = loopsOutside;
    implicitSeen.addAll(seenOutside);
    int height = nesting.height(mark);
    return new Signed(new MacroSignature(name, parameters, defaults, implicit, height), body);
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

  private Expression.Call call() {
    int line = stream.current().line();
    if (expressions.expression() instanceof Expression.Call call) {
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
    return new Statement.With(targets, values, bodyThrough("endwith"), line);
  }

  private Statement print(int line) {
    List<Statement> prints = new ArrayList<>();
    while (!stream.current().is(Kind.BLOCK_END)) {
      if (!prints.isEmpty()) {
        stream.expectOperator(",");
      }
      prints.add(new Statement.Print(expressions.expression(), line));
    }
    return new Body(prints);
  }

  private Statement block() {
    String name = stream.expect(Kind.NAME).text();
    stream.skipName("scoped");
    stream.skipName("required");
    Body body = bodyThrough("endblock");
    stream.skipName(name);
    return new Statement.Enclosed(body, false);
  }

  /** What can be assigned to: a name, a namespace's attribute where allowed, or several. */
  private Target target(boolean attributes, @Nullable String endName) {
    List<Target> targets = new ArrayList<>();
    boolean comma = false;
    do {
      SourceToken token = stream.current();
      boolean ended = comma && endsTarget(token, endName);
      if (ended) {
        break;
      }
      targets.add(oneTarget(attributes));
      comma |= stream.current().isOperator(",");
    } while (stream.skipOperator(","));
    return comma ? new Target.Several(targets) : targets.get(0);
  }

  private static boolean endsTarget(SourceToken token, @Nullable String endName) {
    return token.isOperator(")")
        || token.isOperator("=")
        || token.is(Kind.BLOCK_END)
        || (endName != null && token.isName(endName));
  }

  private Target oneTarget(boolean attributes) {
    SourceToken token = stream.current();
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
    return new Expression.Name(token.text(), token.line());
  }
}
