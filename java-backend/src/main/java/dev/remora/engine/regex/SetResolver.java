package dev.remora.engine.regex;

import dev.remora.core.regex.CharacterSet;
import dev.remora.core.regex.CharacterSet.Complement;
import dev.remora.core.regex.CharacterSet.Intersection;
import dev.remora.core.regex.CharacterSet.Posix;
import dev.remora.core.regex.CharacterSet.Property;
import dev.remora.core.regex.CharacterSet.Range;
import dev.remora.core.regex.CharacterSet.Shorthand;
import dev.remora.core.regex.CharacterSet.Union;
import dev.remora.core.regex.RegexNode.One;

/** The code points that a set of a regex holds. */
final class SetResolver {
  private static final int LONG_S = 0x17F;
  private static final int KELVIN = 0x212A;
  private static final CodePointSet ASCII = CodePointSet.of(0, 0x7F);

  private SetResolver() {}

  static CodePointSet codePoints(One one) {
    return one.ignoreCase() ? withoutCase(one.set()) : resolve(one.set());
  }

  private static CodePointSet resolve(CharacterSet set) {
    if (set instanceof Range range) {
      return CodePointSet.of(range.first(), range.last());
    }
    if (set instanceof Property property) {
      return named(property.name());
    }
    if (set instanceof Posix posix) {
      return named("[:" + posix.name() + ":]");
    }
    if (set instanceof Shorthand shorthand) {
      return UnicodeProperties.of(shorthand.toString());
    }
    if (set instanceof Complement complement) {
      return resolve(complement.of()).complement();
    }
    if (set instanceof Intersection both) {
      return resolve(both.one()).and(resolve(both.other()));
    }
    CodePointSet all = CodePointSet.NONE;
    for (CharacterSet member : ((Union) set).sets()) {
      all = all.or(resolve(member));
    }
    return all;
  }

  private static CodePointSet named(String name) {
    return UnicodeProperties.find(name)
        .orElseThrow(
            () -> new UnsupportedRegexException("has a property that is not known: " + name));
  }

  /**
   * A set of which only letters of ASCII have case. Of a set that leaves out a letter it depends on
   * the brackets which others it leaves out.
   */
  private static CodePointSet withoutCase(CharacterSet set) {
    boolean negative = set instanceof Complement;
    CodePointSet named = resolve(set instanceof Complement complement ? complement.of() : set);
    CodePointSet cased = named.and(UnicodeProperties.of("cased"));
    if (negative ? !cased.isEmpty() : cased.intersects(ASCII.complement())) {
      throw new UnsupportedRegexException(
          "ignores the case of more than some letters of ASCII: " + set);
    }
    CodePointSet folded = named;
    for (int small = 'a'; small <= 'z'; small++) {
      int capital = small - 'a' + 'A';
      if (named.contains(small) || named.contains(capital)) {
        int third = small == 's' ? LONG_S : small == 'k' ? KELVIN : small;
        folded =
            folded
                .or(CodePointSet.of(small, small))
                .or(CodePointSet.of(capital, capital))
                .or(CodePointSet.of(third, third));
      }
    }
    return negative ? folded.complement() : folded;
  }
}
