package dev.remora.core.regex;

import dev.remora.core.regex.RegexNode.Alternation;
import dev.remora.core.regex.RegexNode.Anchor;
import dev.remora.core.regex.RegexNode.Atomic;
import dev.remora.core.regex.RegexNode.Direction;
import dev.remora.core.regex.RegexNode.Greed;
import dev.remora.core.regex.RegexNode.Look;
import dev.remora.core.regex.RegexNode.One;
import dev.remora.core.regex.RegexNode.Repeat;
import dev.remora.core.regex.RegexNode.Sequence;
import dev.remora.core.regex.RegexReading.Read;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads regular expressions in Oniguruma's own dialect, in which tokenizers compiles them. What it
 * does not know it does not read: back references, calls, conditions, absence, {@code \K}, {@code
 * \G}, {@code \R}, {@code \X}, free spacing, and sets written in a way that leaves doubt.
 *
 * <p>Of one expression; not thread-safe.
 */
public final class RegexParser {
  /** Groups within groups, at most. */
  private static final int MAX_DEPTH = 64;

  /** Digits of a count that a repetition may name, at most; Oniguruma's own bound is 100,000. */
  private static final int MAX_DIGITS = 4;

  private static final Pattern OPTIONS_FROM_HERE = Pattern.compile("\\(\\?([im]*)(?:-([im]*))?\\)");
  private static final Pattern OPTIONS_OF_GROUP = Pattern.compile("([im]*)(?:-([im]*))?:");
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*>");
  private static final CharacterSet LINE_FEED = CharacterSet.Range.of('\n');
  private static final CharacterSet ALL = new CharacterSet.Range(0, Character.MAX_CODE_POINT);

  private final RegexSource source;
  private final SetParser sets;
  private int depth;

  private RegexParser(String expression) {
    this.source = new RegexSource(expression);
    this.sets = new SetParser(source);
  }

  /** Reads an expression. */
  public static RegexReading parse(String expression) {
    RegexParser parser = new RegexParser(expression);
    try {
      RegexNode root = parser.alternation(Options.NONE);
      return parser.source.atEnd() ? new Read(root) : parser.source.notRead("an unmatched )");
    } catch (RegexSource.Failure e) {
      return e.reading();
    }
  }

  /** The options that hold from some place on to the end of its group. */
  private record Options(boolean ignoreCase, boolean dotAll) {
    static final Options NONE = new Options(false, false);

    Options with(@Nullable String letters, boolean on) {
      return letters == null
          ? this
          : new Options(
              letters.contains("i") ? on : ignoreCase, letters.contains("m") ? on : dotAll);
    }
  }

  private RegexNode alternation(Options options) {
    if (++depth > MAX_DEPTH) {
      throw source.failure("more than " + MAX_DEPTH + " groups within each other");
    }
    List<RegexNode> branches = new ArrayList<>();
    List<RegexNode> branch = new ArrayList<>();
    while (!source.atEnd() && source.peek() != ')') {
      if (source.take('|')) {
        branches.add(sequence(branch));
        branch.clear();
        continue;
      }
      Optional<Options> changed = optionsFromHere(options);
      if (changed.isEmpty()) {
        branch.add(quantified(atom(options)));
      } else {
        branch.add(alternation(changed.get())); // in this dialect, with the branches that follow
      }
    }
    branches.add(sequence(branch));
    depth--;
    return branches.size() == 1 ? branches.get(0) : new Alternation(branches);
  }

  private static RegexNode sequence(List<RegexNode> parts) {
    return parts.size() == 1 ? parts.get(0) : new Sequence(parts);
  }

  /** Takes options without a group, such as {@code (?i)}; empty if there are none here. */
  private Optional<Options> optionsFromHere(Options options) {
    return source
        .take(OPTIONS_FROM_HERE)
        .map(letters -> options.with(letters.group(1), true).with(letters.group(2), false));
  }

  private RegexNode atom(Options options) {
    if (source.take('(')) {
      RegexNode group = group(options);
      if (!source.take(')')) {
        throw source.failure("a group without its )");
      }
      return group;
    }
    if (source.take('[')) {
      return one(sets.bracket(), options);
    }
    if (source.take('.')) {
      return one(options.dotAll() ? ALL : new CharacterSet.Complement(LINE_FEED), Options.NONE);
    }
    if (source.take('^')) {
      return Anchor.LINE_START;
    }
    if (source.take('$')) {
      return Anchor.LINE_END;
    }
    if (source.peek() == '\\') {
      Optional<Anchor> anchor = anchor();
      return anchor.isPresent() ? anchor.get() : escape(options);
    }
    if ("*+?".indexOf(source.peek()) >= 0) {
      throw source.failure("a repetition of nothing");
    }
    return one(CharacterSet.Range.of(source.codePoint()), options);
  }

  private static RegexNode one(CharacterSet set, Options options) {
    return new One(set, options.ignoreCase());
  }

  /** An escape outside brackets, where a set such as that of {@code \p{Lu}} keeps its case. */
  private RegexNode escape(Options options) {
    CharacterSet set = sets.escape();
    return one(set, set instanceof CharacterSet.Range ? options : Options.NONE);
  }

  private Optional<Anchor> anchor() {
    if (source.take("\\b")) {
      return Optional.of(Anchor.WORD_BOUNDARY);
    }
    if (source.take("\\B")) {
      return Optional.of(Anchor.NO_WORD_BOUNDARY);
    }
    if (source.take("\\A")) {
      return Optional.of(Anchor.TEXT_START);
    }
    if (source.take("\\z")) {
      return Optional.of(Anchor.TEXT_END);
    }
    return source.take("\\Z") ? Optional.of(Anchor.LAST_LINE_END) : Optional.empty();
  }

  /** What stands between a parenthesis, which has been taken, and its partner. */
  private RegexNode group(Options options) {
    if (!source.take('?')) {
      return alternation(options);
    }
    if (source.take(':')) {
      return alternation(options);
    }
    if (source.take('>')) {
      return new Atomic(alternation(options));
    }
    if (source.take('=')) {
      return new Look(alternation(options), Direction.AHEAD, false);
    }
    if (source.take('!')) {
      return new Look(alternation(options), Direction.AHEAD, true);
    }
    if (source.take("<=")) {
      return new Look(alternation(options), Direction.BEHIND, false);
    }
    if (source.take("<!")) {
      return new Look(alternation(options), Direction.BEHIND, true);
    }
    if (source.take('<')) {
      skipName();
      return alternation(options);
    }
    MatchResult letters =
        source
            .take(OPTIONS_OF_GROUP)
            .orElseThrow(() -> source.failure("a kind of group that is not known"));
    return alternation(options.with(letters.group(1), true).with(letters.group(2), false));
  }

  /** The name of a group, which nothing may refer to. */
  private void skipName() {
    if (source.take(NAME).isEmpty()) {
      throw source.failure("a group's name that is not known");
    }
  }

  /** The atom with the repetitions after it. */
  private RegexNode quantified(RegexNode atom) {
    RegexNode node = atom;
    int signs = 0;
    while (!source.atEnd()) {
      Optional<Repeat> repeat = repeat(node);
      if (repeat.isEmpty()) {
        return node;
      }
      node = repeat.get();
      if (++signs > MAX_DEPTH) {
        throw source.failure("more than " + MAX_DEPTH + " repetitions of each other");
      }
    }
    return node;
  }

  private Optional<Repeat> repeat(RegexNode body) {
    int least;
    int most;
    if (source.take('*')) {
      least = 0;
      most = Repeat.UNBOUNDED;
    } else if (source.take('+')) {
      least = 1;
      most = Repeat.UNBOUNDED;
    } else if (source.take('?')) {
      least = 0;
      most = 1;
    } else {
      return interval(body);
    }
    return Optional.of(new Repeat(body, least, most, greed()));
  }

  private Greed greed() {
    if (source.take('?')) {
      return Greed.LAZY;
    }
    return source.take('+') ? Greed.POSSESSIVE : Greed.GREEDY;
  }

  /**
   * The repetition {@code {n}}, {@code {n,}}, {@code {,m}} or {@code {n,m}}; what else begins with
   * a brace is that brace. None of them is possessive, and the first is not lazy: a sign after it
   * is a repetition of its own.
   */
  private Optional<Repeat> interval(RegexNode body) {
    int start = source.at();
    if (!source.take('{')) {
      return Optional.empty();
    }
    int least = count();
    boolean range = source.take(',');
    int most = range ? count() : least;
    if ((least < 0 && most < 0) || !source.take('}')) {
      source.returnTo(start);
      return Optional.empty();
    }
    if (most < 0) {
      most = Repeat.UNBOUNDED;
    }
    if (Math.max(0, least) > most) {
      throw source.failure("a repetition whose bounds are the wrong way round");
    }
    boolean lazy = range && source.take('?');
    return Optional.of(
        new Repeat(body, Math.max(0, least), most, lazy ? Greed.LAZY : Greed.GREEDY));
  }

  /** The number here; -1 if there is none. */
  private int count() {
    Optional<MatchResult> digits = source.take(DIGITS);
    if (digits.isEmpty()) {
      return -1;
    }
    String number = digits.get().group();
    if (number.length() > MAX_DIGITS) {
      throw source.failure("a repetition of more than " + "9".repeat(MAX_DIGITS));
    }
    return Integer.parseInt(number);
  }
}
