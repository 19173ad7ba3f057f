package dev.remora.chat;

import org.jspecify.annotations.Nullable;

/** A value that is not there: it prints nothing and is false; any other use of it fails. */
final class Undefined {
  private final @Nullable String hint;
  private final String owner;
  private final String name;

  private Undefined(@Nullable String hint, String owner, String name) {
    this.hint = hint;
    this.owner = owner;
    this.name = name;
  }

  /** A name without a value. */
  static Undefined name(String name) {
    return new Undefined(null, "", name);
  }

  /** An attribute or key that the value does not have. */
  static Undefined attribute(Object owner, String name) {
    return new Undefined(null, "'" + Types.owner(owner) + "' has no attribute ", name);
  }

  /** An element that the value does not have; {@code key} in Python's spelling. */
  static Undefined element(Object owner, String key) {
    return new Undefined(Types.owner(owner) + " has no element " + key, "", "");
  }

  /** A value that is not there for a reason of its own. */
  static Undefined because(String hint) {
    return new Undefined(hint, "", "");
  }

  /** What is wrong, for the use that fails. */
  Failure failure() {
    if (hint != null) {
      return new Failure(hint);
    }
    return new Failure(owner.isEmpty() ? "'" + name + "' is undefined" : owner + "'" + name + "'");
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Undefined; // as in Jinja
  }

  @Override
  public int hashCode() {
    return 0;
  }
}
