package dev.remora.djl;

import dev.remora.core.regex.RegexNode;
import dev.remora.core.regex.RegexNode.Alternation;
import dev.remora.core.regex.RegexNode.Atomic;
import dev.remora.core.regex.RegexNode.Direction;
import dev.remora.core.regex.RegexNode.Greed;
import dev.remora.core.regex.RegexNode.Look;
import dev.remora.core.regex.RegexNode.One;
import dev.remora.core.regex.RegexNode.Repeat;
import dev.remora.core.regex.RegexNode.Sequence;
import java.util.List;

/**
 * What a backtracking matcher may have to do for a part of a regular expression at one place of a
 * text. Bounds from above: where something is not known, the most is taken.
 *
 * <p>The matcher retries: if what follows a part fails, it asks the part for its next end. So a
 * part costs little where nothing after it can fail, and the product of its ends with what follows
 * where something can.
 *
 * @param mayFail whether there may be no match
 * @param mayBeEmpty whether a match may take no character
 * @param isBounded whether its matches have a longest
 * @param ends how many ends a match may have
 * @param kept the effort where nothing that follows can fail
 * @param retried the effort where something that follows may fail
 * @param first what the first character of a match may be
 */
record RegexFacts(
    boolean mayFail,
    boolean mayBeEmpty,
    boolean isBounded,
    Ends ends,
    Effort kept,
    Effort retried,
    CharacterMask first) {
  private static final RegexFacts EMPTY =
      new RegexFacts(false, true, true, Ends.ONE, Effort.NONE, Effort.NONE, CharacterMask.NONE);

  /**
   * A number of ends: a fixed one, and one for so many characters of the text. Both grow without
   * bound where not even that can be said.
   */
  record Ends(double fixed, double perCharacter) {
    static final Ends ONE = new Ends(1, 0);
    static final Ends ENDLESS = new Ends(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

    boolean isOne() {
      return fixed == 1 && perCharacter == 0;
    }

    Ends plus(Ends other) {
      return new Ends(fixed + other.fixed, perCharacter + other.perCharacter);
    }

    Ends times(Ends other) {
      return perCharacter > 0 && other.perCharacter > 0
          ? ENDLESS
          : new Ends(
              fixed * other.fixed,
              product(perCharacter, other.fixed) + product(fixed, other.perCharacter));
    }

    Ends max(Ends other) {
      return new Ends(Math.max(fixed, other.fixed), Math.max(perCharacter, other.perCharacter));
    }
  }

  /**
   * Steps of a matcher.
   *
   * @param fixed how many whatever the text
   * @param perCharacter how many for each character that is looked at in vain
   * @param progress how many for each character that the match takes
   */
  record Effort(double fixed, double perCharacter, double progress) {
    static final Effort NONE = new Effort(0, 0, 0);

    Effort plus(Effort other) {
      return new Effort(
          fixed + other.fixed, perCharacter + other.perCharacter, progress + other.progress);
    }

    Effort plus(double steps) {
      return new Effort(fixed + steps, perCharacter, progress);
    }

    /** This effort for each of so many ends. */
    Effort times(Ends ends) {
      boolean grows = ends.perCharacter > 0 && (perCharacter > 0 || progress > 0);
      return new Effort(
          product(fixed, ends.fixed),
          grows
              ? Double.POSITIVE_INFINITY
              : product(perCharacter, ends.fixed) + product(fixed, ends.perCharacter),
          product(progress, ends.fixed));
    }

    /** The same where all that was taken is given back. */
    Effort inVain(boolean isBounded) {
      return new Effort(fixed, perCharacter + progress + (isBounded ? 0 : 1), 0);
    }

    /** Steps for each character, taken or not. */
    double growth() {
      return perCharacter + progress;
    }
  }

  private static double product(double one, double other) {
    return one == 0 || other == 0 ? 0 : one * other;
  }

  Effort effort(boolean isRetried) {
    return isRetried ? retried : kept;
  }

  static RegexFacts of(RegexNode node) {
    if (node instanceof One one) {
      return new RegexFacts(
          true, false, true, Ends.ONE, Effort.NONE, Effort.NONE, CharacterMask.of(one));
    }
    if (node instanceof Sequence sequence) {
      return of(sequence);
    }
    if (node instanceof Alternation alternation) {
      return of(alternation);
    }
    if (node instanceof Repeat repeat) {
      RegexFacts body = of(repeat.body());
      return repeat.isUnbounded() ? unbounded(repeat, body) : bounded(repeat, body);
    }
    if (node instanceof Atomic atomic) {
      return of(atomic.body()).atomic();
    }
    return node instanceof Look look ? of(look) : place(Effort.NONE); // an anchor
  }

  private static RegexFacts place(Effort effort) {
    return new RegexFacts(true, true, true, Ends.ONE, effort, effort, CharacterMask.NONE);
  }

  private static RegexFacts of(Look look) {
    RegexFacts body = of(look.body());
    boolean isEndless = look.direction() == Direction.BEHIND && !body.isBounded;
    Effort effort = body.kept.inVain(body.isBounded).plus(1);
    return place(isEndless ? effort.times(Ends.ENDLESS) : effort);
  }

  private static RegexFacts of(Sequence sequence) {
    RegexFacts facts = EMPTY;
    List<RegexNode> parts = sequence.parts();
    for (int i = parts.size() - 1; i >= 0; i--) {
      facts = of(parts.get(i)).then(facts);
    }
    return facts;
  }

  private RegexFacts then(RegexFacts rest) {
    return new RegexFacts(
        mayFail || rest.mayFail,
        mayBeEmpty && rest.mayBeEmpty,
        isBounded && rest.isBounded,
        ends.times(rest.ends),
        effort(rest.mayFail).plus(rest.kept.times(rest.mayFail ? ends : Ends.ONE)),
        retried.plus(rest.retried.times(ends)),
        mayBeEmpty ? first.or(rest.first) : first);
  }

  private static RegexFacts of(Alternation alternation) {
    List<RegexFacts> branches = alternation.branches().stream().map(RegexFacts::of).toList();
    Effort kept = new Effort(branches.size(), 0, 0);
    Effort retried = kept;
    Ends sum = new Ends(0, 0);
    Ends most = Ends.ONE;
    CharacterMask first = CharacterMask.NONE;
    boolean exclusive = true;
    for (RegexFacts branch : branches) {
      kept = kept.plus(branch.kept);
      retried = retried.plus(branch.retried);
      sum = sum.plus(branch.ends);
      most = most.max(branch.ends);
      exclusive &= !branch.mayBeEmpty && first.excludes(branch.first);
      first = first.or(branch.first);
    }
    return new RegexFacts(
        branches.stream().allMatch(RegexFacts::mayFail),
        branches.stream().anyMatch(RegexFacts::mayBeEmpty),
        branches.stream().allMatch(RegexFacts::isBounded),
        exclusive ? most : sum,
        kept,
        retried,
        first);
  }

  private static RegexFacts unbounded(Repeat repeat, RegexFacts body) {
    boolean oneWay = body.ends.isOne() && !body.mayBeEmpty;
    Effort kept = iterations(body.effort(repeat.least() > 1), oneWay || repeat.least() <= 1);
    Effort retried = iterations(body.retried, oneWay).inVain(false);
    RegexFacts facts =
        new RegexFacts(
            repeat.least() > 0 && body.mayFail,
            repeat.least() == 0 || body.mayBeEmpty,
            false,
            oneWay ? new Ends(1, 1) : Ends.ENDLESS,
            kept.plus(repeat.least()),
            retried.plus(repeat.least()),
            body.first);
    return repeat.greed() == Greed.POSSESSIVE ? facts.atomic() : facts;
  }

  /**
   * The effort of any number of iterations: that of the last one, which fails, and of the others.
   */
  private static Effort iterations(Effort body, boolean isSafe) {
    return body.perCharacter > 0 || !isSafe
        ? Effort.NONE.plus(1).times(Ends.ENDLESS)
        : new Effort(body.fixed, 0, body.fixed + body.progress);
  }

  private static RegexFacts bounded(Repeat repeat, RegexFacts body) {
    Ends ends = repeat.least() == 0 ? Ends.ONE : new Ends(0, 0);
    Ends power = Ends.ONE;
    Effort kept = Effort.NONE;
    Effort retried = Effort.NONE;
    for (int count = 1; count <= repeat.most(); count++) {
      boolean isRetried = count < repeat.least() && body.mayFail;
      kept = kept.plus(1).plus(body.effort(isRetried).times(isRetried ? power : Ends.ONE));
      retried = retried.plus(1).plus(body.retried.times(power));
      power = power.times(body.ends);
      ends = count >= repeat.least() ? ends.plus(power) : ends;
    }
    RegexFacts facts =
        new RegexFacts(
            repeat.least() > 0 && body.mayFail,
            repeat.least() == 0 || body.mayBeEmpty,
            body.isBounded || repeat.most() == 0,
            ends,
            kept,
            retried,
            body.first);
    return repeat.greed() == Greed.POSSESSIVE ? facts.atomic() : facts;
  }

  private RegexFacts atomic() {
    return new RegexFacts(
        mayFail, mayBeEmpty, isBounded, Ends.ONE, kept, kept.inVain(isBounded), first);
  }
}
