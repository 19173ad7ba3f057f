package dev.remora.jinja.value;

import dev.remora.jinja.text.PythonCharacters;
import dev.remora.jinja.text.SubstringSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Python's str, and the one carrier of text: whatever a template prints was one. Text moves from
 * value to value by {@link #substring} and {@link TextBuilder} only, and {@link #map} rewrites it;
 * so each character keeps its {@link Provenance}.
 *
 * <p>A string may be <em>markup</em>: safe in HTML, as the filters {@code safe} and {@code escape}
 * give it. Prompts are not escaped, but text that is added to markup is, as in Python.
 */
public final class StringValue extends Value implements Comparable<StringValue> {
  private static final int MARKED = 64;

  /** The empty string. */
  public static final StringValue EMPTY = new StringValue("", false, null);

  private final String text;
  private final boolean markup;
  private final @Nullable Provenance provenance; // null for the template's own

  /** The characters; -1 until they are counted. A race counts them twice. */
  private int length = -1;

  /** Where each {@link #MARKED}th character begins; null until it is asked for. */
  private volatile int @Nullable [] marks;

  private StringValue(String text, boolean markup, @Nullable Provenance provenance) {
    this.text = text;
    this.markup = markup;
    this.provenance = provenance;
  }

  /** A plain string of the template's own: what its source spells, or what only names something. */
  public static StringValue of(String text) {
    return of(text, null);
  }

  /** A plain string of which all characters are of one origin; null for the template's own. */
  public static StringValue from(@Nullable Origin origin, String text) {
    return of(text, origin);
  }

  /** A plain string; null for the template's own. */
  static StringValue of(String text, @Nullable Provenance provenance) {
    return text.isEmpty() ? EMPTY : new StringValue(text, false, provenance);
  }

  /** Where its characters come from; null for the template's own. */
  @Nullable Provenance provenance() {
    return provenance;
  }

  @Override
  public @Nullable Origin origin() {
    return provenance == null ? null : provenance.winner();
  }

  /** The origin of the character at a UTF-16 index. */
  @Nullable Origin originAt(int at) {
    return provenance == null || text.isEmpty() ? null : (Origin) provenance.part(at, at + 1);
  }

  /** The same text, inside of the {@code generation} tag. */
  public StringValue generated() {
    if (text.isEmpty()) {
      return this;
    }
    return new StringValue(
        text, markup, provenance == null ? Origin.OWN_GENERATED : provenance.generated());
  }

  /** Visits the runs of its characters that have one origin, in order. */
  public void forEachRun(RunVisitor visitor) {
    if (text.isEmpty()) {
      return;
    }
    if (provenance instanceof OriginRuns several) {
      several.forEach(visitor::run);
    } else {
      visitor.run(text.length(), (Origin) provenance);
    }
  }

  /** Receives the runs of a string. */
  @FunctionalInterface
  public interface RunVisitor {
    /** Receives one that ends at this UTF-16 index; null for the template's own. */
    void run(int end, @Nullable Origin origin);
  }

  /** Its characters. */
  public String text() {
    return text;
  }

  /** Whether it is safe in HTML. */
  public boolean isMarkup() {
    return markup;
  }

  /** The same text as markup. */
  public StringValue markup() {
    return markup ? this : new StringValue(text, true, provenance);
  }

  /** The same text, markup exactly if the other string is. */
  public StringValue like(StringValue other) {
    return markup == other.markup ? this : new StringValue(text, other.markup, provenance);
  }

  /** The characters from one UTF-16 index to another; of the same kind. */
  public StringValue substring(int from, int to) {
    return from == 0 && to == text.length()
        ? this
        : new StringValue(text.substring(from, to), markup, part(from, to));
  }

  /** The characters from an UTF-16 index on; of the same kind. */
  public StringValue substring(int from) {
    return substring(from, text.length());
  }

  private @Nullable Provenance part(int from, int to) {
    return provenance == null ? null : provenance.part(from, to);
  }

  /**
   * The text as a function rewrites it, such as in another case; of the same kind. The function
   * leaves characters where they are: where it changes how many there are, what is not trusted
   * wins.
   */
  public StringValue map(UnaryOperator<String> rewriting) {
    String rewritten = rewriting.apply(text);
    Provenance kept = provenance;
    if (provenance instanceof OriginRuns several && !keepsLengths(rewritten, rewriting)) {
      kept = several.winner();
    }
    return new StringValue(rewritten, markup, kept);
  }

  private boolean keepsLengths(String rewritten, UnaryOperator<String> rewriting) {
    return rewritten.length() == text.length()
        && (text.chars().allMatch(c -> c < 0x80)
            || text.codePoints()
                .mapToObj(Character::toString)
                .allMatch(c -> rewriting.apply(c).length() == c.length()));
  }

  /** The text with the characters that mean something in HTML escaped, as markup. */
  public StringValue escaped(Budget budget) {
    budget.building(4L * text.length());
    TextBuilder escaped = new TextBuilder(budget);
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      Origin origin = originAt(at);
      switch (c) {
        case '&' -> escaped.append("&amp;", origin);
        case '<' -> escaped.append("&lt;", origin);
        case '>' -> escaped.append("&gt;", origin);
        case '"' -> escaped.append("&#34;", origin);
        case '\'' -> escaped.append("&#39;", origin);
        default -> escaped.append(c, origin);
      }
    }
    return escaped.build().markup();
  }

  @Override
  public Kind kind() {
    return Kind.STRING;
  }

  @Override
  public String typeName() {
    return markup ? "Markup" : "str";
  }

  @Override
  public boolean isTrue() {
    return !text.isEmpty();
  }

  @Override
  public boolean isString() {
    return true;
  }

  @Override
  public StringValue asString() {
    return this;
  }

  @Override
  public StringValue str(Budget budget) {
    return this;
  }

  @Override
  void writeRepr(ReprWriter writer) {
    if (markup) {
      writer.append("Markup(").quote(this).append(")");
    } else {
      writer.quote(this);
    }
  }

  @Override
  void writeJson(JsonWriter writer) {
    writer.quote(this);
  }

  @Override
  StringValue jsonKey() {
    return this;
  }

  @Override
  public boolean isIterable() {
    return true;
  }

  @Override
  public boolean isSequence() {
    return true;
  }

  /** The characters, by code point. */
  @Override
  List<Value> elements(Budget budget) {
    budget.listing(3L * text.length());
    List<Value> characters = new ArrayList<>(text.length());
    for (int at = 0; at < text.length(); ) {
      int end = text.offsetByCodePoints(at, 1);
      characters.add(of(text.substring(at, end), part(at, end)));
      at = end;
    }
    return characters;
  }

  /** The number of code points. */
  @Override
  public long length() {
    int known = length;
    if (known < 0) {
      known = text.codePointCount(0, text.length());
      length = known;
    }
    return known;
  }

  /** Where a character begins in the text, in constant time but for the first time. */
  private int offset(int character) {
    if (length() == text.length()) {
      return character;
    }
    int[] known = marks;
    if (known == null) {
      known = new int[(int) length() / MARKED + 1];
      for (int mark = 1; mark < known.length; mark++) {
        known[mark] = text.offsetByCodePoints(known[mark - 1], MARKED);
      }
      marks = known;
    }
    return text.offsetByCodePoints(known[character / MARKED], character % MARKED);
  }

  @Override
  public boolean contains(Budget budget, Value item) {
    if (!item.isString()) {
      throw new EvaluationFailure(
          "'in <string>' requires string as left operand, not " + item.typeName());
    }
    budget.reading(4L * text.length());
    return SubstringSearch.contains(text, item.asString().text);
  }

  @Override
  public @Nullable Value item(Value key) {
    if (!key.isInteger()) {
      return null;
    }
    long index = key.index();
    long length = length();
    long at = index < 0 ? index + length : index;
    if (at < 0 || at >= length) {
      return null;
    }
    int from = offset((int) at);
    return substring(from, text.offsetByCodePoints(from, 1));
  }

  @Override
  public Value slice(Budget budget, Value start, Value stop, Value step) {
    SliceBounds bounds = SliceBounds.of(start, stop, step, (int) length());
    if (bounds.isContiguous()) {
      int from = offset((int) bounds.start());
      int to = offset((int) bounds.start() + bounds.size());
      budget.building(to - from);
      return substring(from, to);
    }
    budget.listing(text.length());
    List<Value> characters = elements(budget);
    TextBuilder slice = new TextBuilder(budget);
    bounds.forEach(index -> slice.append(characters.get(index).asString()));
    return slice.build().like(this);
  }

  @Override
  boolean isEqualTo(Budget budget, Value other) {
    if (!(other instanceof StringValue string) || text.length() != string.text.length()) {
      return false;
    }
    budget.reading(text.length());
    return text.equals(string.text);
  }

  @Override
  int orderTo(Budget budget, String operator, Value other) {
    if (!(other instanceof StringValue string)) {
      return super.orderTo(budget, operator, other);
    }
    budget.reading(Math.min(text.length(), string.text.length()));
    return PythonCharacters.compare(text, string.text);
  }

  @Override
  public void touchAsKey(Budget budget) {
    budget.reading(text.length());
  }

  @Override
  public int compareTo(StringValue other) {
    return text.compareTo(other.text);
  }

  @Override
  public Value plus(Budget budget, Value other) {
    if (!(other instanceof StringValue string)) {
      throw cannotConcatenate(other);
    }
    if (!markup && !string.markup) {
      budget.building((long) text.length() + string.text.length());
      return of(
          text.concat(string.text),
          OriginRuns.joined(
              provenance, text.length(), string.provenance, string.text.length(), budget));
    }
    return new TextBuilder(budget)
        .append(markup ? this : escaped(budget))
        .append(string.markup ? string : string.escaped(budget))
        .build()
        .markup();
  }

  @Override
  public Value times(Budget budget, long count) {
    if (text.isEmpty() || count <= 0) {
      return substring(0, 0);
    }
    return new TextBuilder(budget).repeat(this, count).build().like(this);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StringValue string && text.equals(string.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
