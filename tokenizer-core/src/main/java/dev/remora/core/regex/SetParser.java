package dev.remora.core.regex;

import dev.remora.core.regex.CharacterSet.Complement;
import dev.remora.core.regex.CharacterSet.Intersection;
import dev.remora.core.regex.CharacterSet.Posix;
import dev.remora.core.regex.CharacterSet.Property;
import dev.remora.core.regex.CharacterSet.Range;
import dev.remora.core.regex.CharacterSet.Shorthand;
import dev.remora.core.regex.CharacterSet.Union;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Reads sets of characters: what stands in brackets, and escapes. Not thread-safe. */
final class SetParser {
  private static final int MAX_DEPTH = 16;
  private static final Pattern HEX_IN_BRACES = Pattern.compile("([0-9A-Fa-f]{1,7})\\}");
  private static final Pattern ASCII_AFTER_X = // above are bytes of UTF-8
      Pattern.compile("([0-7][0-9A-Fa-f]|[0-9A-Fa-f](?![0-9A-Fa-f]))");
  private static final Pattern HEX_AFTER_U = Pattern.compile("([0-9A-Fa-f]{4})");
  private static final Pattern PROPERTY = Pattern.compile("[A-Za-z][A-Za-z0-9 _-]*");

  private static final Pattern POSIX = Pattern.compile("[a-z]+");

  private final RegexSource source;
  private int depth;

  SetParser(RegexSource source) {
    this.source = source;
  }

  /** The set in brackets, of which the first has been taken. */
  CharacterSet bracket() {
    if (++depth > MAX_DEPTH) {
      throw source.failure("more than " + MAX_DEPTH + " sets within each other");
    }
    boolean negative = source.take('^');
    CharacterSet set = union(true);
    while (source.take("&&")) {
      set = new Intersection(set, union(false));
    }
    if (!source.take(']')) {
      throw source.failure("a set without its ]");
    }
    depth--;
    return negative ? new Complement(set) : set;
  }

  /** Members side by side; a bracket that would close a set is a member where it is the first. */
  private CharacterSet union(boolean isFirst) {
    List<CharacterSet> members = new ArrayList<>();
    boolean mayClose = !isFirst;
    while (!source.atEnd() && !(mayClose && source.peek() == ']') && !startsIntersection()) {
      members.add(member());
      mayClose = true;
    }
    if (members.isEmpty()) {
      throw source.failure("an empty set");
    }
    return members.size() == 1 ? members.get(0) : new Union(members);
  }

  private boolean startsIntersection() {
    int start = source.at();
    boolean starts = source.take("&&");
    source.returnTo(start);
    return starts;
  }

  private CharacterSet member() {
    if (source.take("[:")) {
      return posix();
    }
    if (source.take('[')) {
      return bracket();
    }
    CharacterSet first = single();
    if (!startsRange()) {
      return first;
    }
    if (!(first instanceof Range from) || from.first() != from.last()) {
      throw source.failure("a range that does not begin with a character");
    }
    source.skip(1);
    CharacterSet last = single();
    if (!(last instanceof Range to) || to.first() != to.last() || to.first() < from.first()) {
      throw source.failure("a range that does not end with a later character");
    }
    if (startsRange()) {
      throw source.failure("a range after a range");
    }
    return new Range(from.first(), to.first());
  }

  /** Whether a hyphen is here that is not the last member of its set. */
  private boolean startsRange() {
    int start = source.at();
    boolean starts = source.take('-') && !source.atEnd() && source.peek() != ']';
    source.returnTo(start);
    return starts;
  }

  private CharacterSet single() {
    return source.peek() == '\\' ? escape() : Range.of(source.codePoint());
  }

  /** The characters that an escape stands for; the backslash has not been taken. */
  CharacterSet escape() {
    source.skip(1);
    int start = source.at();
    int sign = source.codePoint();
    return switch (sign) {
      case 's' -> Shorthand.SPACE;
      case 'S' -> new Complement(Shorthand.SPACE);
      case 'd' -> Shorthand.DIGIT;
      case 'D' -> new Complement(Shorthand.DIGIT);
      case 'w' -> Shorthand.WORD;
      case 'W' -> new Complement(Shorthand.WORD);
      case 'h' -> Shorthand.HEX_DIGIT;
      case 'H' -> new Complement(Shorthand.HEX_DIGIT);
      case 'p' -> property(false);
      case 'P' -> property(true);
      case 'x' -> Range.of(source.take('{') ? hex(HEX_IN_BRACES) : hex(ASCII_AFTER_X));
      case 'u' -> Range.of(hex(HEX_AFTER_U));
      default -> {
        OptionalInt literal = literal(sign);
        if (literal.isEmpty()) {
          source.returnTo(start);
          throw source.failure("an escape that is not known");
        }
        yield Range.of(literal.getAsInt());
      }
    };
  }

  private static OptionalInt literal(int sign) {
    return switch (sign) {
      case 't' -> OptionalInt.of('\t');
      case 'n' -> OptionalInt.of('\n');
      case 'r' -> OptionalInt.of('\r');
      case 'f' -> OptionalInt.of('\f');
      case 'v' -> OptionalInt.of(0x0B);
      case 'a' -> OptionalInt.of(0x07);
      case 'e' -> OptionalInt.of(0x1B);
      default ->
          sign < 0x80 && Character.isLetterOrDigit(sign)
              ? OptionalInt.empty()
              : OptionalInt.of(sign);
    };
  }

  private CharacterSet property(boolean negative) {
    if (!source.take('{')) {
      throw source.failure("a property without braces");
    }
    CharacterSet set = source.take('^') ? new Complement(name('}')) : name('}');
    return negative ? new Complement(set) : set;
  }

  /** The property of which the name stands here. */
  private CharacterSet name(char end) {
    String name = source.until(end);
    if (!PROPERTY.matcher(name).matches()) {
      throw source.failure("a property that is not known");
    }
    return new Property(name.toLowerCase(Locale.ROOT).replaceAll("[ _-]", ""));
  }

  /** A POSIX bracket, of which the beginning has been taken. */
  private CharacterSet posix() {
    boolean negative = source.take('^');
    String name = source.until(':');
    if (!POSIX.matcher(name).matches() || !source.take(']')) {
      throw source.failure("a property that is not known");
    }
    return negative ? new Complement(new Posix(name)) : new Posix(name);
  }

  private int hex(Pattern pattern) {
    Optional<MatchResult> digits = source.take(pattern);
    int value = digits.map(found -> Integer.parseInt(found.group(1), 16)).orElse(-1);
    if (value < 0 || value > Character.MAX_CODE_POINT || (value >= 0xD800 && value <= 0xDFFF)) {
      throw source.failure("a number that is no character");
    }
    return value;
  }
}
