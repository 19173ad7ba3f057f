package dev.remora.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One object of a definition, such as a normalizer, whose members are asked for by type; what is
 * not as expected is {@link Unsupported}.
 */
final class Component {
  private final String place;
  private final Map<?, ?> members;

  Component(String place, Map<?, ?> members) {
    this.place = place;
    this.members = members;
  }

  boolean isAbsent() {
    return members.isEmpty();
  }

  String type() throws Unsupported {
    return string("type");
  }

  String string(String name) throws Unsupported {
    if (members.get(name) instanceof String value) {
      return value;
    }
    throw because(name, "no string");
  }

  boolean flag(String name) throws Unsupported {
    if (members.get(name) instanceof Boolean value) {
      return value;
    }
    throw because(name, "neither true nor false");
  }

  boolean flag(String name, boolean absent) throws Unsupported {
    return members.get(name) == null ? absent : flag(name);
  }

  int count(String name) throws Unsupported {
    if (members.get(name) instanceof Long value && value >= 0 && value < 1 << 20) {
      return value.intValue();
    }
    throw because(name, "no small number");
  }

  boolean has(String name) {
    return members.get(name) != null;
  }

  Component object(String name) throws Unsupported {
    return new Component(place + "." + name, map(name, members.get(name)));
  }

  List<Component> objects(String name) throws Unsupported {
    List<Component> objects = new ArrayList<>();
    for (Object element : list(name)) {
      objects.add(new Component(place + "." + name, map(name, element)));
    }
    return objects;
  }

  List<?> list(String name) throws Unsupported {
    if (members.get(name) instanceof List<?> list) {
      return list;
    }
    throw because(name, "no list");
  }

  private Map<?, ?> map(String name, @Nullable Object value) throws Unsupported {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw because(name, "no object");
  }

  /** This component and what it lists, where it is a Sequence; else itself alone. */
  List<Component> flattened(String listName) throws Unsupported {
    if (isAbsent()) {
      return List.of();
    }
    if (!type().equals("Sequence")) {
      return List.of(this);
    }
    List<Component> flat = new ArrayList<>();
    for (Component part : objects(listName)) {
      flat.addAll(part.flattened(listName));
    }
    return flat;
  }

  /** The reason that this type is not known here. */
  Unsupported unknown() throws Unsupported {
    return new Unsupported("the %s %s is not known".formatted(place, type()));
  }

  /** The reason that this component, of a known type, is set up in a way that is not known. */
  Unsupported because(String problem) {
    return new Unsupported("the %s %s".formatted(place, problem));
  }

  private Unsupported because(String name, String problem) {
    return because("has %s in %s".formatted(problem, name));
  }
}
