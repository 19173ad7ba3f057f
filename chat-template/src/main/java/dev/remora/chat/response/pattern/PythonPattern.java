package dev.remora.chat.response.pattern;

import dev.remora.chat.response.pattern.PatternNode.Alternation;
import dev.remora.chat.response.pattern.PatternNode.Literal;
import dev.remora.chat.response.pattern.PatternNode.Sequence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A regular expression of Python with the flag DOTALL, or some literals. It is matched by trying
 * one way after the other, as Python does, so that groups and lazy loops are the same; what failed
 * at a place is not tried there again. Immutable and thread-safe.
 */
public final class PythonPattern {
  private final String expression;
  private final Map<String, Integer> names;
  private final Instruction[] program;
  private final int registers;
  private final int memories;
  private final int behind;
  private final String prefix;
  private final boolean literal;
  private final CharacterTest starts;

  private PythonPattern(
      String expression, PatternNode root, Map<String, Integer> names, int groups) {
    PatternCompiler compiler = new PatternCompiler(expression, root, groups);
    this.expression = expression;
    this.names = names;
    this.program = compiler.program();
    this.registers = compiler.registers();
    this.memories = compiler.memories();
    this.behind = compiler.behind();
    this.prefix = PatternFacts.prefix(root);
    this.literal = groups == 0 && PatternFacts.isLiteral(root);
    this.starts = PatternFacts.starts(root);
  }

  /**
   * Reads an expression.
   *
   * @throws PatternException if it is none, or uses what is not known
   */
  public static PythonPattern of(String expression) {
    PatternReader reader = new PatternReader(expression);
    PatternNode root = reader.read();
    return new PythonPattern(expression, root, Map.copyOf(reader.names()), reader.groups());
  }

  /** Any of some literals, the longest that is there. */
  public static PythonPattern ofLiterals(List<String> literals) {
    List<String> longestFirst = new ArrayList<>(literals);
    longestFirst.sort(
        Comparator.comparingInt((String literal) -> literal.codePointCount(0, literal.length()))
            .reversed());
    List<PatternNode> branches = new ArrayList<>();
    for (String literal : longestFirst) {
      List<PatternNode> characters = new ArrayList<>();
      literal.codePoints().forEach(c -> characters.add(new Literal(c)));
      branches.add(new Sequence(characters));
    }
    PatternNode root = branches.size() == 1 ? branches.get(0) : new Alternation(branches);
    return new PythonPattern(String.join("|", literals), root, Map.of(), 0);
  }

  /** The names of its groups. */
  public Set<String> groupNames() {
    return names.keySet();
  }

  /** The characters before which a match may begin. */
  public CharacterTest starts() {
    return starts;
  }

  /** How many UTF-16 units before a place a search may look at. */
  public int unitsBehind() {
    return 2 * behind;
  }

  String expression() {
    return expression;
  }

  Map<String, Integer> names() {
    return names;
  }

  Instruction[] program() {
    return program;
  }

  int registers() {
    return registers;
  }

  int memories() {
    return memories;
  }

  /** The text with which every match begins; may be empty. */
  String prefix() {
    return prefix;
  }

  /** Whether every match is the {@link #prefix()} and nothing else. */
  boolean isLiteral() {
    return literal;
  }

  @Override
  public String toString() {
    return expression;
  }
}
