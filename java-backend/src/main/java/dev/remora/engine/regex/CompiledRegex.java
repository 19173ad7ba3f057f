package dev.remora.engine.regex;

import dev.remora.core.regex.RegexNode;
import dev.remora.core.regex.RegexParser;
import dev.remora.core.regex.RegexReading;
import dev.remora.engine.reading.Reading;
import dev.remora.engine.regex.Node.Check;
import dev.remora.engine.regex.Node.Condition;
import dev.remora.engine.regex.Node.Done;
import dev.remora.engine.regex.Node.Fork;
import dev.remora.engine.regex.Node.Place;
import dev.remora.engine.regex.Node.Sees;
import dev.remora.engine.regex.Node.Take;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A regex of Oniguruma's dialect as the reference applies it. Immutable and thread-safe; matchers
 * are of one thread.
 */
public final class CompiledRegex {
  /** Steps of a regex whose states need not be counted: looking at each for a character is fast. */
  private static final int FEW_STEPS = 1 << 7;

  /** Steps of a regex whose states cannot be counted, as looks decide them. */
  private static final int MAX_LOOKING_STEPS = 1 << 8;

  private static final int MAX_STATES = 4_000;
  private static final long MAX_WORK = 10_000_000;
  private static final int MAX_LOOKS_BEHIND = 8;

  private final Program program;
  private final @Nullable Program behind;
  private final boolean mayMatchNothing;

  private CompiledRegex(Program program, @Nullable Program behind, boolean mayMatchNothing) {
    this.program = program;
    this.behind = behind;
    this.mayMatchNothing = mayMatchNothing;
  }

  /** Compiles an expression; the reason why not is a predicate of the regex. */
  public static Reading<CompiledRegex> of(String expression) {
    RegexReading reading = RegexParser.parse(expression);
    return reading instanceof RegexReading.Read read
        ? of(read.root())
        : Reading.unknown("has " + reading);
  }

  /** Compiles a regex. */
  public static Reading<CompiledRegex> of(RegexNode root) {
    try {
      return Reading.known(compile(root));
    } catch (UnsupportedRegexException e) {
      return Reading.unknown(e.reason());
    }
  }

  private static CompiledRegex compile(RegexNode root) {
    SkippedPlaces.refuse(root);
    Node start = GraphBuilder.build(root);
    List<Node> nodes = nodes(start);
    FoldedPairs.check(nodes);
    Alphabet alphabet = new Alphabet(sets(nodes));
    NeighborTests tests = new NeighborTests(alphabet);
    List<Node> looks = new ArrayList<>();
    Program program = ProgramWriter.ahead(start, alphabet, tests, looks);
    if (looks.size() > MAX_LOOKS_BEHIND) {
      throw new UnsupportedRegexException(
          "looks behind in more than " + MAX_LOOKS_BEHIND + " ways");
    }
    Program behind = looks.isEmpty() ? null : ProgramWriter.behind(looks, alphabet, tests);
    int steps = program.size() + (behind == null ? 0 : behind.size());
    boolean isFast =
        program.isLocal() ? steps <= FEW_STEPS || isSmall(program) : steps <= MAX_LOOKING_STEPS;
    if (!isFast) {
      throw new UnsupportedRegexException("has too many states");
    }
    return new CompiledRegex(program, behind, leadsToNothing(start));
  }

  /** Whether steps that take no character lead to the end of a match. */
  private static boolean leadsToNothing(Node start) {
    Set<Node> seen = new HashSet<>();
    Deque<Node> waiting = new ArrayDeque<>(List.of(start));
    while (!waiting.isEmpty()) {
      Node node = waiting.remove();
      if (node instanceof Done) {
        return true;
      }
      if (!seen.add(node)) {
        continue;
      }
      if (node instanceof Fork fork) {
        waiting.addAll(fork.branches);
      } else if (node instanceof Check check) {
        waiting.add(check.next);
      }
    }
    return false;
  }

  private static boolean isSmall(Program program) {
    return new ForwardAutomaton(program).isSmall(MAX_STATES, MAX_WORK);
  }

  /** All steps, also those that looks go. */
  private static List<Node> nodes(Node start) {
    Set<Node> seen = new HashSet<>();
    List<Node> nodes = new ArrayList<>();
    Deque<Node> waiting = new ArrayDeque<>(List.of(start));
    while (!waiting.isEmpty()) {
      Node node = waiting.remove();
      if (!seen.add(node)) {
        continue;
      }
      nodes.add(node);
      if (node instanceof Take take) {
        waiting.add(take.next);
      } else if (node instanceof Fork fork) {
        waiting.addAll(fork.branches);
      } else if (node instanceof Check check) {
        waiting.add(check.next);
        if (check.condition instanceof Sees sees) {
          waiting.add(sees.start());
        }
      }
    }
    return nodes;
  }

  private static Set<CodePointSet> sets(List<Node> nodes) {
    Set<CodePointSet> sets = new LinkedHashSet<>();
    for (Node node : nodes) {
      if (node instanceof Take take) {
        sets.add(take.set);
      } else if (node instanceof Check check) {
        Condition condition = check.condition;
        if (condition instanceof Place place) {
          sets.addAll(List.of(NeighborTests.sets(place.anchor())));
        }
      }
    }
    return sets;
  }

  /** Whether a match may take no character, at least as far as looks do not forbid it. */
  public boolean mayMatchNothing() {
    return mayMatchNothing;
  }

  /** A new matcher. */
  public RegexMatcher newMatcher() {
    return new RegexMatcher(program, behind, false);
  }

  /** One that always goes through a text from its end first, which is how others end up. */
  RegexMatcher newGuidedMatcher() {
    return new RegexMatcher(program, behind, true);
  }
}
