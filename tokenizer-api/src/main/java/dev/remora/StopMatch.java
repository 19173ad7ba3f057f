package dev.remora;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What ended a generation: a string or an id. Immutable. */
public final class StopMatch {
  private final @Nullable String string;
  private final int id;
  private final boolean eos;

  private StopMatch(@Nullable String string, int id, boolean eos) {
    this.string = string;
    this.id = id;
    this.eos = eos;
  }

  static StopMatch ofString(String string) {
    return new StopMatch(string, -1, false);
  }

  static StopMatch ofId(int id, boolean eos) {
    return new StopMatch(null, id, eos);
  }

  /** The stop string; empty if an id ended the generation. */
  public Optional<String> string() {
    return Optional.ofNullable(string);
  }

  /** The stop id; empty if a string ended the generation. */
  public OptionalInt id() {
    return string == null ? OptionalInt.of(id) : OptionalInt.empty();
  }

  /** Whether it is an id that ends any generation of the model. */
  public boolean isEos() {
    return eos;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StopMatch that
        && Objects.equals(string, that.string)
        && id == that.id
        && eos == that.eos;
  }

  @Override
  public int hashCode() {
    return Objects.hash(string, id, eos);
  }

  @Override
  public String toString() {
    return string == null ? (eos ? "EOS " : "id ") + id : "string " + string;
  }
}
