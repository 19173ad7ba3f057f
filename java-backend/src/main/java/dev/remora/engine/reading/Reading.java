package dev.remora.engine.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a reader makes of a part of a definition: the part in the engine's own terms, or the reason
 * why the engine does not know it exactly and declines.
 *
 * @param <T> the part in the engine's own terms
 */
public sealed interface Reading<T> {
  /** The engine knows the part exactly. */
  record Known<T>(T value) implements Reading<T> {}

  /**
   * The engine does not know it.
   *
   * @param why the reason, as a user should read it
   */
  record Unknown<T>(String why) implements Reading<T> {}

  /** The part is known. */
  static <T> Reading<T> known(T value) {
    return new Known<>(value);
  }

  /** The part is not known, for this reason. */
  static <T> Reading<T> unknown(String why) {
    return new Unknown<>(why);
  }

  /** All parts of a list; the first that is not known decides. */
  static <S, T> Reading<List<T>> each(List<S> parts, Function<? super S, Reading<T>> reader) {
    List<T> values = new ArrayList<>(parts.size());
    for (S part : parts) {
      Reading<T> reading = reader.apply(part);
      if (reading instanceof Unknown<T> unknown) {
        return unknown(unknown.why());
      }
      values.add(reading.value());
    }
    return known(List.copyOf(values));
  }

  /** The first reason that any of these gives; empty if all are known. */
  static Optional<String> firstReason(Reading<?>... readings) {
    for (Reading<?> reading : readings) {
      if (reading instanceof Unknown<?> unknown) {
        return Optional.of(unknown.why());
      }
    }
    return Optional.empty();
  }

  /** What follows from a part that is known; else the same reason. */
  default <R> Reading<R> then(Function<? super T, Reading<R>> next) {
    return this instanceof Unknown<T> unknown ? unknown(unknown.why()) : next.apply(value());
  }

  /** What a part that is known becomes; else the same reason. */
  default <R> Reading<R> map(Function<? super T, ? extends R> change) {
    return then(value -> known(change.apply(value)));
  }

  /**
   * The part.
   *
   * @throws IllegalStateException if it is not known
   */
  default T value() {
    if (this instanceof Known<T> known) {
      return known.value;
    }
    throw new IllegalStateException(toString());
  }
}
