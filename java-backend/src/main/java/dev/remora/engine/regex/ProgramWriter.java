package dev.remora.engine.regex;

import dev.remora.engine.regex.Node.Check;
import dev.remora.engine.regex.Node.Fork;
import dev.remora.engine.regex.Node.Sees;
import dev.remora.engine.regex.Node.Take;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Numbers the steps that take characters in one direction. Of one program; not thread-safe. */
final class ProgramWriter {
  private final Alphabet alphabet;
  private final NeighborTests neighborTests;
  private final boolean ahead;
  private final List<Node> looksBehind; // the first step of each look in the other direction
  private final Map<Node, Integer> numbers = new HashMap<>();
  private final List<Node> nodes = new ArrayList<>(); // by number
  private final Map<Node, @Nullable NeighborTest> tests = new HashMap<>(); // of checks
  private final Deque<Node> waiting = new ArrayDeque<>();

  private ProgramWriter(
      Alphabet alphabet, NeighborTests neighborTests, boolean ahead, List<Node> looksBehind) {
    this.alphabet = alphabet;
    this.neighborTests = neighborTests;
    this.ahead = ahead;
    this.looksBehind = looksBehind;
  }

  /**
   * The program that begins with a step.
   *
   * @param looksBehind receives the first step of each look behind that needs a program
   */
  static Program ahead(Node start, Alphabet alphabet, NeighborTests tests, List<Node> looksBehind) {
    return new ProgramWriter(alphabet, tests, true, looksBehind).write(List.of(start));
  }

  /** The program of looks behind. */
  static Program behind(List<Node> starts, Alphabet alphabet, NeighborTests tests) {
    return new ProgramWriter(alphabet, tests, false, List.of()).write(starts);
  }

  private Program write(List<Node> starts) {
    waiting.addAll(starts);
    while (!waiting.isEmpty()) {
      number(waiting.remove());
    }
    int size = nodes.size();
    byte[] kinds = new byte[size];
    int[] next = new int[size];
    int[][] forks = new int[size][];
    int[] arguments = new int[size];
    boolean[] negative = new boolean[size];
    Map<CodePointSet, Integer> sets = new LinkedHashMap<>();
    Map<NeighborTest, Integer> usedTests = new LinkedHashMap<>();
    for (int index = 0; index < size; index++) {
      Node node = nodes.get(index);
      if (node instanceof Take take) {
        kinds[index] = Program.TAKE;
        next[index] = numberOf(take.next);
        sets.putIfAbsent(take.set, sets.size());
        arguments[index] = sets.getOrDefault(take.set, 0);
      } else if (node instanceof Fork fork) {
        kinds[index] = Program.FORK;
        forks[index] = fork.branches.stream().mapToInt(this::numberOf).toArray();
      } else if (node instanceof Check check) {
        next[index] = numberOf(check.next);
        NeighborTest test = tests.get(check);
        if (test != null) {
          kinds[index] = Program.TEST;
          usedTests.putIfAbsent(test, usedTests.size());
          arguments[index] = usedTests.getOrDefault(test, 0);
        } else {
          Sees sees = (Sees) check.condition;
          boolean isOther = sees.ahead() != ahead;
          kinds[index] = isOther ? Program.OTHER_LOOK : Program.LOOK;
          arguments[index] = isOther ? looksBehind.indexOf(sees.start()) : numberOf(sees.start());
          negative[index] = sees.negative();
        }
      } else {
        kinds[index] = Program.DONE;
      }
    }
    return new Program(
        ahead,
        alphabet,
        kinds,
        next,
        forks,
        arguments,
        negative,
        sets.keySet().stream().map(alphabet::symbolsOf).toArray(BitSet[]::new),
        usedTests.keySet().toArray(NeighborTest[]::new),
        starts.stream().mapToInt(this::numberOf).toArray());
  }

  private int numberOf(Node node) {
    Integer number = numbers.get(node);
    if (number == null) {
      throw new IllegalStateException("a step without a number");
    }
    return number;
  }

  /** Numbers a step after those that it leads to without a character. */
  private void number(Node node) {
    if (numbers.containsKey(node)) {
      return;
    }
    if (node instanceof Take take) {
      waiting.add(take.next);
    } else if (node instanceof Fork fork) {
      fork.branches.forEach(this::number);
    } else if (node instanceof Check check) {
      NeighborTest test = neighborTests.of(check.condition);
      tests.put(check, test);
      if (test == null) {
        numberSeen((Sees) check.condition);
      }
      number(check.next);
    }
    numbers.put(node, nodes.size());
    nodes.add(node);
  }

  private void numberSeen(Sees sees) {
    if (sees.ahead() == ahead) {
      number(sees.start());
    } else if (!ahead) {
      throw new UnsupportedRegexException("looks ahead within a look behind");
    } else if (!looksBehind.contains(sees.start())) {
      looksBehind.add(sees.start());
    }
  }
}
