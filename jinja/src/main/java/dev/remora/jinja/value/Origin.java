package dev.remora.jinja.value;

import org.jspecify.annotations.Nullable;

/**
 * One place that characters come from: a part of what the template was given, by its path. The
 * template itself is null, but for what it writes inside of the {@code generation} tag.
 */
public final class Origin extends Provenance {
  /** Something that the template was given, or was made of it; what exactly is not known. */
  public static final Origin UNKNOWN = new Origin(null, "", -1, false, null);

  /** The template itself, inside of the {@code generation} tag. */
  static final Origin OWN_GENERATED = new Origin(null, "", -1, true, null);

  private final @Nullable Origin parent;
  private final String name; // of a member; empty for an element
  private final int index; // of an element
  private final boolean trusted;
  private final @Nullable CharSequence given;
  private boolean isGenerated;
  private @Nullable Origin generated; // the same inside of the tag, once it was asked for

  private Origin(
      @Nullable Origin parent,
      String name,
      int index,
      boolean trusted,
      @Nullable CharSequence given) {
    this.parent = parent;
    this.name = name;
    this.index = index;
    this.trusted = trusted;
    this.given = given;
  }

  /** A name of the context. */
  static Origin of(String name) {
    return new Origin(null, name, -1, false, null);
  }

  /** The member of a name. */
  Origin member(String member) {
    return new Origin(this, member, -1, trusted, null);
  }

  /** The element of an index. */
  Origin element(int at) {
    return new Origin(this, "", at, trusted, null);
  }

  /** The same place, which the caller trusts. */
  Origin asTrusted() {
    return new Origin(parent, name, index, true, given);
  }

  /** The same place, where text of another type than String was given. */
  Origin giving(CharSequence text) {
    return new Origin(parent, name, index, trusted, text);
  }

  /** The origin of what is made of two: the one that wins. */
  public static @Nullable Origin either(@Nullable Origin left, @Nullable Origin right) {
    return left == null || (right != null && left.trusted && !right.trusted) ? right : left;
  }

  /** Whether it is the template itself. */
  public boolean isOwn() {
    return this == OWN_GENERATED;
  }

  /** Whether the caller trusts what it gave there as it trusts the template. */
  public boolean isTrusted() {
    return trusted;
  }

  /** Whether it was written inside of the {@code generation} tag. */
  public boolean isGenerated() {
    return isGenerated || isOwn();
  }

  /** The text that was given there, if it was of another type than String. */
  public @Nullable CharSequence given() {
    return given;
  }

  /** The path, such as {@code messages[2].content}; empty if it is not known. */
  public String path() {
    StringBuilder path = new StringBuilder();
    write(path);
    return path.toString();
  }

  private void write(StringBuilder path) {
    if (parent != null) {
      parent.write(path);
    }
    if (index >= 0) {
      path.append('[').append(index).append(']');
    } else {
      path.append(path.length() == 0 ? "" : ".").append(name);
    }
  }

  @Override
  Origin part(int from, int to) {
    return this;
  }

  @Override
  Origin winner() {
    return this;
  }

  @Override
  Origin generated() {
    if (isGenerated()) {
      return this;
    }
    Origin twin = generated;
    if (twin == null) {
      twin = new Origin(parent, name, index, trusted, given);
      twin.isGenerated = true;
      generated = twin;
    }
    return twin;
  }

  @Override
  int runs() {
    return 1;
  }

  @Override
  public String toString() {
    return path();
  }
}
