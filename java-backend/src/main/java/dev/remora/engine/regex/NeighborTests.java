package dev.remora.engine.regex;

import dev.remora.core.regex.RegexNode.Anchor;
import dev.remora.engine.regex.Node.Check;
import dev.remora.engine.regex.Node.Condition;
import dev.remora.engine.regex.Node.Fork;
import dev.remora.engine.regex.Node.Place;
import dev.remora.engine.regex.Node.Sees;
import dev.remora.engine.regex.Node.Take;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds out which conditions of a regex the symbols at both sides decide. Not thread-safe. */
final class NeighborTests {
  private final Alphabet alphabet;
  private final int symbols;
  private final NeighborTest all;
  private final Map<Node, @Nullable NeighborTest> ahead = new HashMap<>();
  private final Map<Node, @Nullable NeighborTest> behind = new HashMap<>();

  NeighborTests(Alphabet alphabet) {
    this.alphabet = alphabet;
    this.symbols = alphabet.size() + 1;
    this.all = NeighborTest.of(symbols, (before, after) -> true);
  }

  /** The sets that a place is tested by, if any. */
  static CodePointSet[] sets(Anchor anchor) {
    return switch (anchor) {
      case LINE_START, LINE_END, LAST_LINE_END -> new CodePointSet[] {CodePointSet.of('\n', '\n')};
      case WORD_BOUNDARY, NO_WORD_BOUNDARY -> new CodePointSet[] {UnicodeProperties.of("\\w")};
      case TEXT_START, TEXT_END -> new CodePointSet[0];
    };
  }

  /** The test that a condition is; null if it takes more than two symbols. */
  @Nullable NeighborTest of(Condition condition) {
    if (condition instanceof Place place) {
      return of(place.anchor());
    }
    Sees sees = (Sees) condition;
    NeighborTest test = of(sees.start(), sees.ahead());
    return test == null || !sees.negative() ? test : test.not();
  }

  private NeighborTest of(Anchor anchor) {
    int end = alphabet.end();
    CodePointSet[] sets = sets(anchor);
    BitSet of = sets.length == 0 ? new BitSet() : alphabet.symbolsOf(sets[0]);
    return switch (anchor) {
      case TEXT_START -> NeighborTest.of(symbols, (before, after) -> before == end);
      case TEXT_END -> NeighborTest.of(symbols, (before, after) -> after == end);
      case LINE_START ->
          NeighborTest.of(
              symbols, (before, after) -> before == end || (of.get(before) && after != end));
      case LINE_END, LAST_LINE_END ->
          NeighborTest.of(symbols, (before, after) -> after == end || of.get(after));
      case WORD_BOUNDARY ->
          NeighborTest.of(symbols, (before, after) -> of.get(before) != of.get(after));
      case NO_WORD_BOUNDARY ->
          NeighborTest.of(symbols, (before, after) -> of.get(before) == of.get(after));
    };
  }

  /** Whether steps lead to their end, as a test; null if two symbols do not tell. */
  private @Nullable NeighborTest of(Node start, boolean isAhead) {
    Map<Node, @Nullable NeighborTest> known = isAhead ? ahead : behind;
    if (known.containsKey(start)) {
      return known.get(start); // null while it is being found out: it depends on itself
    }
    known.put(start, null);
    NeighborTest test;
    if (start instanceof Take take) {
      test = take(take, isAhead);
    } else if (start instanceof Fork fork) {
      test = fork(fork, isAhead);
    } else if (start instanceof Check check) {
      test = check(check, isAhead);
    } else {
      test = all;
    }
    known.put(start, test);
    return test;
  }

  private @Nullable NeighborTest take(Take take, boolean isAhead) {
    if (take.next instanceof Take) {
      return null;
    }
    NeighborTest rest = of(take.next, isAhead);
    if (rest == null || !rest.allowsAll()) {
      return rest != null && rest.allowsNone() ? rest : null;
    }
    BitSet taken = alphabet.symbolsOf(take.set);
    return NeighborTest.of(symbols, (before, after) -> taken.get(isAhead ? after : before));
  }

  private @Nullable NeighborTest fork(Fork fork, boolean isAhead) {
    NeighborTest any = all.not();
    boolean isKnown = true;
    for (Node branch : fork.branches) {
      NeighborTest test = of(branch, isAhead);
      isKnown &= test != null;
      any = test == null ? any : any.or(test);
    }
    return isKnown || any.allowsAll() ? any : null;
  }

  private @Nullable NeighborTest check(Check check, boolean isAhead) {
    NeighborTest condition = of(check.condition);
    NeighborTest rest = of(check.next, isAhead);
    if (condition != null && rest != null) {
      return condition.and(rest);
    }
    NeighborTest known = condition == null ? rest : condition;
    return known != null && known.allowsNone() ? known : null;
  }
}
