package dev.remora.chat;

/** The attributes that filters name by a text such as {@code function.name} or {@code 0}. */
final class Paths {
  private Paths() {}

  /**
   * What a path leads to from a value.
   *
   * @param path names and indices with dots between, an index, or None for the value itself
   * @param otherwise what stands for anything undefined on the way; None for nothing
   */
  static Object follow(Rendering rendering, Object value, Object path, Object otherwise) {
    if (path == None.NONE) {
      return value;
    }
    if (!(path instanceof String names)) {
      return defined(Attributes.item(rendering, value, path), otherwise);
    }
    Object reached = value;
    for (String name : names.split("\\.", -1)) {
      rendering.step();
      boolean index =
          !name.isEmpty() && name.length() < 10 && name.chars().allMatch(Chars::isDigit);
      Object key = index ? (Object) Long.valueOf(name) : name;
      reached = defined(Attributes.item(rendering, reached, key), otherwise);
    }
    return reached;
  }

  private static Object defined(Object value, Object otherwise) {
    return value instanceof Undefined && otherwise != None.NONE ? otherwise : value;
  }
}
