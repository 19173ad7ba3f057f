package dev.remora.chat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** What Python iterates over when it iterates over a value. */
final class Iteration {
  private Iteration() {}

  /** The elements, one after the other. */
  static Iterator<Object> over(Rendering rendering, Object value) {
    if (value instanceof Generator generator) {
      return generator.elements();
    }
    return elements(rendering, value).iterator();
  }

  /** The elements, all at once; the value's own list where it has one, so not to be changed. */
  static List<Object> list(Rendering rendering, Object value) {
    List<Object> elements = elements(rendering, value);
    rendering.listing(elements.size()); // whoever asks for all goes through all
    return elements;
  }

  @SuppressWarnings("unchecked") // every list in a template is a list of objects
  private static List<Object> elements(Rendering rendering, Object value) {
    if (value instanceof List) {
      return (List<Object>) value;
    }
    if (value instanceof Tuple tuple) {
      return tuple.items();
    }
    if (value instanceof View view) {
      return view.items();
    }
    if (value instanceof Undefined) {
      return List.of();
    }
    if (value instanceof Dict dict) {
      rendering.listing(dict.size());
      return dict.keys();
    }
    if (Types.isText(value)) {
      return characters(rendering, Types.text(value));
    }
    if (value instanceof Generator generator) {
      return collected(rendering, generator);
    }
    throw new Failure("'" + Types.name(value) + "' object is not iterable");
  }

  private static List<Object> collected(Rendering rendering, Generator generator) {
    List<Object> elements = new ArrayList<>();
    while (generator.elements().hasNext()) {
      rendering.step();
      elements.add(generator.elements().next());
    }
    return elements;
  }

  private static List<Object> characters(Rendering rendering, String text) {
    rendering.listing(2L * text.length());
    List<Object> characters = new ArrayList<>(text.length());
    text.codePoints().forEach(c -> characters.add(Character.toString(c)));
    return characters;
  }

  /** Whether the value can be iterated over. */
  static boolean isPossible(Object value) {
    return value instanceof List
        || value instanceof Dict
        || value instanceof Tuple
        || value instanceof View
        || value instanceof Undefined
        || value instanceof Generator
        || value instanceof LoopContext
        || Types.isText(value);
  }

  /** How many elements the value has; fails for one that Python cannot tell it of. */
  static long length(Object value) {
    if (Types.isText(value)) {
      String text = Types.text(value);
      return text.codePointCount(0, text.length());
    }
    if (value instanceof List<?> list) {
      return list.size();
    }
    if (value instanceof Dict dict) {
      return dict.size();
    }
    if (value instanceof Tuple tuple) {
      return tuple.items().size();
    }
    if (value instanceof View view) {
      return view.items().size();
    }
    if (value instanceof LoopContext loop) {
      return loop.length();
    }
    if (value instanceof Undefined) {
      return 0;
    }
    throw new Failure("object of type '" + Types.name(value) + "' has no len()");
  }
}
