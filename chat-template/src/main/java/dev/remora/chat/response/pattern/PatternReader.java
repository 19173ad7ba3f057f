package dev.remora.chat.response.pattern;

import dev.remora.chat.response.pattern.PatternNode.Alternation;
import dev.remora.chat.response.pattern.PatternNode.Atomic;
import dev.remora.chat.response.pattern.PatternNode.Greed;
import dev.remora.chat.response.pattern.PatternNode.Group;
import dev.remora.chat.response.pattern.PatternNode.Literal;
import dev.remora.chat.response.pattern.PatternNode.Look;
import dev.remora.chat.response.pattern.PatternNode.OneOf;
import dev.remora.chat.response.pattern.PatternNode.Place;
import dev.remora.chat.response.pattern.PatternNode.Reference;
import dev.remora.chat.response.pattern.PatternNode.Repeat;
import dev.remora.chat.response.pattern.PatternNode.Sequence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads expressions as Python's {@code regex} reads them in its version 0 with the flag DOTALL,
 * which is {@code re}'s dialect and more. Of what it has beyond {@code re}, possessive and atomic
 * parts, {@code \g<name>} and groups of one name are known; the rest is refused, as are free
 * spacing, case folding, conditions and looks behind of no fixed width.
 *
 * <p>Of one expression; not thread-safe.
 */
final class PatternReader {
  private static final int MAX_DEPTH = 100;
  private static final int MAX_COUNT = 65_535;
  private static final String UNSUPPORTED_ESCAPES = "hRXKGmMLNpP";

  private final String expression;
  private final Map<String, Integer> names = new LinkedHashMap<>();
  private final Set<Integer> open = new HashSet<>();
  private final List<Integer> references = new ArrayList<>();
  private int groups;
  private int depth;
  private int at;
  private boolean multiline;
  private boolean dotAll = true;

  PatternReader(String expression) {
    this.expression = expression;
  }

  PatternNode read() {
    PatternNode root = alternation();
    if (at < expression.length()) {
      throw failure("an unmatched )");
    }
    for (int reference : references) {
      checkGroup(reference);
    }
    return root;
  }

  private void checkGroup(int number) {
    if (number > groups) {
      throw failure("a reference to a group that is not there");
    }
  }

  /** The names of groups, and their numbers. */
  Map<String, Integer> names() {
    return names;
  }

  int groups() {
    return groups;
  }

  private PatternException failure(String problem) {
    return new PatternException(expression, at, problem);
  }

  private boolean atEnd() {
    return at == expression.length();
  }

  private boolean take(String sign) {
    if (!expression.startsWith(sign, at)) {
      return false;
    }
    at += sign.length();
    return true;
  }

  private int takeCodePoint() {
    if (atEnd()) {
      throw failure("an expression that ends too early");
    }
    int codePoint = expression.codePointAt(at);
    at += Character.charCount(codePoint);
    return codePoint;
  }

  private PatternNode alternation() {
    if (++depth > MAX_DEPTH) {
      throw failure("more than " + MAX_DEPTH + " groups within each other");
    }
    List<PatternNode> branches = new ArrayList<>();
    do {
      branches.add(sequence());
    } while (take("|"));
    depth--;
    return branches.size() == 1 ? branches.get(0) : new Alternation(branches);
  }

  private PatternNode sequence() {
    List<PatternNode> parts = new ArrayList<>();
    while (!atEnd() && expression.charAt(at) != '|' && expression.charAt(at) != ')') {
      if (take("(?#")) {
        until(')');
      } else {
        parts.add(quantified(atom()));
      }
    }
    return parts.size() == 1 ? parts.get(0) : new Sequence(List.copyOf(parts));
  }

  private PatternNode atom() {
    int start = at;
    int sign = takeCodePoint();
    return switch (sign) {
      case '(' -> group(start);
      case '[' -> new OneOf(set());
      case '.' -> new OneOf(dotAll ? CharacterTest.ANY : CharacterTest.NOT_LINE_FEED);
      case '^' -> multiline ? Place.LINE_START : Place.START;
      case '$' -> multiline ? Place.LINE_END : Place.LAST_LINE_END;
      case '\\' -> escape();
      case '*', '+', '?' -> throw failure("nothing to repeat");
      case '{' -> {
        at = start;
        if (count() != null) {
          throw failure("nothing to repeat");
        }
        at = start + 1;
        yield new Literal('{');
      }
      default -> new Literal(sign);
    };
  }

  // ---- groups

  private PatternNode group(int start) {
    if (take("*")) {
      throw failure("a verb, which is not supported");
    }
    if (!take("?")) {
      return captured(++groups);
    }
    if (take(":")) {
      return closed(alternation());
    }
    if (take(">")) {
      return closed(new Atomic(alternation()));
    }
    if (take("=") || take("!")) {
      boolean negative = expression.charAt(at - 1) == '!';
      return closed(new Look(alternation(), false, negative));
    }
    if (take("<=") || take("<!")) {
      boolean negative = expression.charAt(at - 1) == '!';
      PatternNode body = alternation();
      if (body.width() == PatternNode.VARIABLE) {
        throw failure("a look behind of no fixed width, which is not supported");
      }
      return closed(new Look(body, true, negative));
    }
    if (take("P=")) {
      return reference(until(')'));
    }
    if (take("P<") || take("<")) {
      return captured(named(until('>')));
    }
    return flags(start);
  }

  private PatternNode captured(int number) {
    open.add(number);
    PatternNode body = alternation();
    open.remove(number);
    return closed(new Group(number, body));
  }

  private PatternNode closed(PatternNode node) {
    if (!take(")")) {
      throw failure("a group without its )");
    }
    return node;
  }

  private String until(char end) {
    int to = expression.indexOf(end, at);
    if (to < 0) {
      throw failure("no " + end + " to what begins");
    }
    String taken = expression.substring(at, to);
    at = to + 1;
    return taken;
  }

  private int named(String name) {
    boolean isName =
        !name.isEmpty()
            && !CharacterTest.DIGIT.test(name.codePointAt(0))
            && name.codePoints().allMatch(CharacterTest.WORD::test);
    if (!isName) {
      throw failure("a group's name that is none");
    }
    Integer known = names.get(name);
    if (known != null) {
      return known;
    }
    names.put(name, ++groups);
    return groups;
  }

  private Reference reference(String name) {
    boolean isNumber = !name.isEmpty() && name.length() < 5 && name.chars().allMatch(this::isDigit);
    Integer number = isNumber ? Integer.valueOf(name) : names.get(name);
    if (number == null || number == 0) {
      throw failure("a reference to a group that is not there");
    }
    return reference(number);
  }

  private Reference reference(int number) {
    if (open.contains(number)) {
      throw failure("a reference to a group that is open");
    }
    references.add(number);
    return new Reference(number);
  }

  /** Flags such as {@code (?s-m:…)}; those of the whole pattern stand at its begin. */
  private PatternNode flags(int start) {
    boolean wasMultiline = multiline;
    boolean wasDotAll = dotAll;
    boolean on = true;
    while (!atEnd() && expression.charAt(at) != ':' && expression.charAt(at) != ')') {
      switch (takeCodePoint()) {
        case 'm' -> multiline = on;
        case 's' -> dotAll = on;
        case 'u' -> {} // as it is
        case '-' -> on = false;
        default -> throw failure("a kind of group or a flag that is not supported");
      }
    }
    if (take(":")) {
      PatternNode body = closed(alternation());
      multiline = wasMultiline;
      dotAll = wasDotAll;
      return body;
    }
    if (!take(")") || start > 0 || !on) {
      throw failure("flags within the pattern, which are not supported");
    }
    dotAll = true; // which is given beside the pattern
    return new Sequence(List.of());
  }

  // ---- repetitions

  private PatternNode quantified(PatternNode atom) {
    Repeat repeat = repeat(atom);
    if (repeat == null) {
      return atom;
    }
    int after = at;
    if (repeat(repeat) != null) {
      at = after;
      throw failure("a repetition of a repetition");
    }
    return repeat;
  }

  /** A count with its bounds. */
  private record Count(int least, int most) {}

  private @Nullable Repeat repeat(PatternNode body) {
    Count count = count();
    if (count == null) {
      return null;
    }
    Greed greed = take("?") ? Greed.LAZY : take("+") ? Greed.POSSESSIVE : Greed.GREEDY;
    return new Repeat(body, count.least(), count.most(), greed);
  }

  private @Nullable Count count() {
    if (take("*")) {
      return new Count(0, PatternNode.UNBOUNDED);
    }
    if (take("+")) {
      return new Count(1, PatternNode.UNBOUNDED);
    }
    if (take("?")) {
      return new Count(0, 1);
    }
    return interval();
  }

  /** {@code {n}}, {@code {n,}}, {@code {,m}}, {@code {n,m}} or {@code {,}}; else it is a brace. */
  private @Nullable Count interval() {
    int end = expression.indexOf('}', at);
    if (atEnd() || expression.charAt(at) != '{' || end < 0) {
      return null;
    }
    String inside = expression.substring(at + 1, end);
    int comma = inside.indexOf(',');
    String least = comma < 0 ? inside : inside.substring(0, comma);
    String most = comma < 0 ? inside : inside.substring(comma + 1);
    boolean isCount =
        (least + most).chars().allMatch(this::isDigit) && (comma >= 0 || !inside.isEmpty());
    if (!isCount) {
      if (isFuzzy(inside)) {
        throw failure("fuzzy matching, which is not supported");
      }
      return null;
    }
    at = end + 1;
    int from = least.isEmpty() ? 0 : number(least);
    int to = most.isEmpty() ? PatternNode.UNBOUNDED : number(most);
    if (from > to) {
      throw failure("a repetition whose bounds are the wrong way round");
    }
    return new Count(from, to);
  }

  private static boolean isFuzzy(String inside) {
    return inside.chars().anyMatch(c -> "eids".indexOf(c) >= 0)
        && inside.chars().allMatch(c -> "eids0123456789<=+, ".indexOf(c) >= 0);
  }

  private int number(String digits) {
    if (digits.length() > 5 || Integer.parseInt(digits) > MAX_COUNT) {
      throw failure("a repetition of more than " + MAX_COUNT);
    }
    return Integer.parseInt(digits);
  }

  private boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  // ---- characters

  private PatternNode escape() {
    int start = at;
    int sign = takeCodePoint();
    return switch (sign) {
      case 'A' -> Place.START;
      case 'Z', 'z' -> Place.END;
      case 'b' -> Place.BOUNDARY;
      case 'B' -> Place.NO_BOUNDARY;
      case 'g' -> take("<") ? reference(until('>')) : new Literal('g');
      case '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
        at = start;
        yield numbered();
      }
      default -> {
        at = start;
        CharacterTest set = shorthand();
        yield set != null ? new OneOf(set) : new Literal(character());
      }
    };
  }

  /** A reference of one or two digits, or a character by three octal ones. */
  private PatternNode numbered() {
    int digits = 0;
    while (digits < 3
        && at + digits < expression.length()
        && isDigit(expression.charAt(at + digits))) {
      digits++;
    }
    String text = expression.substring(at, at + digits);
    if (digits == 3 && text.chars().allMatch(c -> c < '8')) {
      at += 3;
      return new Literal(Integer.parseInt(text, 8));
    }
    int length = Math.min(2, digits);
    at += length;
    int number = Integer.parseInt(text.substring(0, length));
    return reference(number);
  }

  /** The set that an escape stands for; null, and nothing is taken, if it is a character. */
  private @Nullable CharacterTest shorthand() {
    CharacterTest set =
        atEnd()
            ? null
            : switch (expression.charAt(at)) {
              case 'd' -> CharacterTest.DIGIT;
              case 'D' -> CharacterTest.DIGIT.negated();
              case 's' -> CharacterTest.SPACE;
              case 'S' -> CharacterTest.SPACE.negated();
              case 'w' -> CharacterTest.WORD;
              case 'W' -> CharacterTest.WORD.negated();
              default -> null;
            };
    at += set == null ? 0 : 1;
    return set;
  }

  /** The character that an escape stands for, of which the backslash has been taken. */
  private int character() {
    int sign = takeCodePoint();
    return switch (sign) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'f' -> '\f';
      case 'v' -> 0x0B;
      case 'a' -> 0x07;
      case 'x' -> hex(2);
      case 'u' -> hex(4);
      case 'U' -> hex(8);
      case '0' -> octal();
      default -> {
        if (UNSUPPORTED_ESCAPES.indexOf(sign) >= 0) {
          throw failure("an escape that is not supported");
        }
        if (sign < 0x80 && Character.isLetterOrDigit(sign)) {
          throw failure("an escape that is none");
        }
        yield sign;
      }
    };
  }

  private int octal() {
    int value = 0;
    for (int digits = 0; digits < 2 && !atEnd(); digits++) {
      int digit = Character.digit(expression.charAt(at), 8);
      if (digit < 0 || expression.charAt(at) >= 0x80) {
        break;
      }
      value = 8 * value + digit;
      at++;
    }
    return value;
  }

  private int hex(int digits) {
    int end = at + digits;
    boolean isHex =
        end <= expression.length()
            && expression
                .substring(at, end)
                .chars()
                .allMatch(c -> c < 0x80 && Character.digit(c, 16) >= 0);
    long value = isHex ? Long.parseLong(expression.substring(at, end), 16) : Long.MAX_VALUE;
    if (value > Character.MAX_CODE_POINT) {
      throw failure("an escape of too few digits or of no character");
    }
    at = end;
    return (int) value;
  }

  /** A set in brackets, of which the first has been taken. */
  private CharacterTest set() {
    boolean negative = take("^");
    CharacterTest all = null;
    while (all == null || !take("]")) {
      if (expression.startsWith("[:", at)) {
        throw failure("a POSIX class, which is not supported");
      }
      CharacterTest member = member();
      all = all == null ? member : all.or(member);
    }
    return negative ? all.negated() : all;
  }

  private CharacterTest member() {
    CharacterTest set = memberShorthand();
    if (set != null) {
      return set;
    }
    int first = memberCharacter();
    int start = at;
    if (take("-") && !atEnd() && expression.charAt(at) != ']') {
      CharacterTest after = memberShorthand();
      if (after != null) {
        return CharacterTest.one(first).or(CharacterTest.one('-')).or(after);
      }
      int last = memberCharacter();
      if (last < first) {
        throw failure("a range the wrong way round");
      }
      return CharacterTest.range(first, last);
    }
    at = start;
    return CharacterTest.one(first);
  }

  private @Nullable CharacterTest memberShorthand() {
    if (!take("\\")) {
      return null;
    }
    CharacterTest set = shorthand();
    at -= set == null ? 1 : 0;
    return set;
  }

  private int memberCharacter() {
    if (!take("\\")) {
      return takeCodePoint();
    }
    if (take("b")) {
      return '\b';
    }
    if (!atEnd() && isDigit(expression.charAt(at))) {
      return memberOctal();
    }
    return character();
  }

  private int memberOctal() {
    int value = 0;
    int digits = 0;
    while (digits < 3 && !atEnd() && expression.charAt(at) >= '0' && expression.charAt(at) < '8') {
      value = 8 * value + expression.charAt(at) - '0';
      at++;
      digits++;
    }
    if (digits == 0) {
      throw failure("an escape that is none");
    }
    return value;
  }
}
