package dev.remora.chat;

import dev.remora.chat.Statement.Body;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A macro as a value: a body that sees what was around its definition. */
final class Macro implements Callable {
  private final Signature signature;
  private final Body body;
  private final Scope scope;

  Macro(Signature signature, Body body, Scope scope) {
    this.signature = signature;
    this.body = body;
    this.scope = scope;
  }

  /**
   * What a macro takes.
   *
   * @param name its name
   * @param parameters the names of its parameters
   * @param defaults the defaults of the last parameters
   * @param implicit which of {@code varargs}, {@code kwargs} and {@code caller} its body names
   * @param height how many levels of nesting its body has
   */
  record Signature(
      String name,
      List<String> parameters,
      List<Expression> defaults,
      Set<String> implicit,
      int height) {}

  @Override
  public String name() {
    return signature.name();
  }

  @Override
  public Object call(Rendering rendering, Arguments arguments) {
    int line = rendering.line();
    rendering.enter(signature.height());
    Scope inner = scope.inner();
    bind(arguments, inner);
    String text = body.captured(inner);
    rendering.leave(signature.height());
    rendering.step(line);
    return text;
  }

  private void bind(Arguments arguments, Scope inner) {
    List<String> parameters = signature.parameters();
    Map<String, Object> named = new HashMap<>(arguments.named());
    int given = Math.min(arguments.positional().size(), parameters.size());
    for (int index = 0; index < given; index++) {
      inner.set(parameters.get(index), arguments.positional().get(index));
    }
    for (String parameter : parameters.subList(given, parameters.size())) {
      Object value = named.remove(parameter);
      inner.set(parameter, value == null ? defaultOf(parameter, inner) : value);
    }
    bindImplicit(arguments, named, inner);
  }

  private Object defaultOf(String parameter, Scope inner) {
    int first = signature.parameters().size() - signature.defaults().size();
    int index = signature.parameters().indexOf(parameter) - first;
    return index < 0
        ? Undefined.because("parameter '" + parameter + "' was not provided")
        : signature.defaults().get(index).evaluate(inner);
  }

  private void bindImplicit(Arguments arguments, Map<String, Object> named, Scope inner) {
    Set<String> implicit = signature.implicit();
    int size = signature.parameters().size();
    List<Object> positional = arguments.positional();
    if (implicit.contains("caller") && !signature.parameters().contains("caller")) {
      Object caller = named.remove("caller");
      inner.set("caller", caller == null ? Undefined.because("No caller defined") : caller);
    }
    if (implicit.contains("kwargs")) {
      Dict rest = new Dict();
      arguments.named().keySet().stream()
          .filter(named::containsKey)
          .forEach(name -> rest.put(name, named.getOrDefault(name, None.NONE)));
      inner.set("kwargs", rest);
    } else if (!named.isEmpty()) {
      throw new Failure(
          "macro '%s' takes no keyword argument '%s'"
              .formatted(name(), named.keySet().iterator().next()));
    }
    if (implicit.contains("varargs")) {
      List<Object> rest = positional.subList(Math.min(size, positional.size()), positional.size());
      inner.set("varargs", new Tuple(rest));
    } else if (positional.size() > size) {
      throw new Failure("macro '%s' takes not more than %d argument(s)".formatted(name(), size));
    }
  }

  Object attribute(String name) {
    return switch (name) {
      case "name" -> signature.name();
      case "arguments" -> new Tuple(List.copyOf(signature.parameters()));
      case "catch_kwargs" -> signature.implicit().contains("kwargs");
      case "catch_varargs" -> signature.implicit().contains("varargs");
      case "caller" -> signature.implicit().contains("caller");
      default -> Undefined.attribute(this, name);
    };
  }
}
