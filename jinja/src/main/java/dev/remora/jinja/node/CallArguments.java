package dev.remora.jinja.node;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is in the parentheses of a call.
 *
 * @param positional the arguments without a name
 * @param named the arguments with a name
 * @param unpacked what {@code *} stands before; null for nothing
 * @param unpackedNamed what {@code **} stands before; null for nothing
 */
public record CallArguments(
    List<Expression> positional,
    Map<String, Expression> named,
    @Nullable Expression unpacked,
    @Nullable Expression unpackedNamed) {
  /** No arguments. */
  public static final CallArguments NONE = new CallArguments(List.of(), Map.of(), null, null);

  /** Whether there are none. */
  public boolean isEmpty() {
    return positional.isEmpty() && named.isEmpty() && unpacked == null && unpackedNamed == null;
  }

  /** One argument. */
  public static CallArguments of(Expression argument) {
    return new CallArguments(List.of(argument), Map.of(), null, null);
  }
}
