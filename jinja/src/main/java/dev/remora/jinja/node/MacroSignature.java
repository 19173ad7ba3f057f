package dev.remora.jinja.node;

import java.util.List;
import java.util.Set;

/**
 * What a macro takes.
 *
 * @param name its name
 * @param parameters the names of its parameters
 * @param defaults the defaults of the last parameters
 * @param implicit which of {@code varargs}, {@code kwargs} and {@code caller} its body names
 * @param height how many levels of nesting its body has
 */
public record MacroSignature(
    String name,
    List<String> parameters,
    List<Expression> defaults,
    Set<String> implicit,
    int height) {
  /** The names that a body knows though no parameter has them. */
  public static final Set<String> IMPLICIT = Set.of("varargs", "kwargs", "caller");
}
