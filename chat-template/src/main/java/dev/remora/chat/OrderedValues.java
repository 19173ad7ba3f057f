package dev.remora.chat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Copies input that builders take: of a known order, with records as maps of their components. */
final class OrderedValues {
  /** The types of Map.of and Set.of with several elements, which no interface tells. */
  private static final Set<Class<?>> UNORDERED =
      Set.of(Map.of(1, 1, 2, 2).getClass(), Set.of(1, 2).getClass());

  /** What is deeper is left as it is: rendering refuses it. */
  private static final int MAX_DEPTH = 1_000;

  private final int depth;
  private final String path;

  private OrderedValues(int depth, String path) {
    this.depth = depth;
    this.path = path;
  }

  /**
   * A copy of a value.
   *
   * @param path where it stands in what was given
   * @throws UnorderedInputException if the order of something in it is another in each JVM
   * @throws IllegalArgumentException if a record cannot be read
   */
  static @Nullable Object of(@Nullable Object value, String path) {
    return new OrderedValues(0, path).copy(value);
  }

  /** The same for a list. */
  static List<@Nullable Object> items(Collection<?> items, String path) {
    return new OrderedValues(0, path).list(items);
  }

  /** The same for a map. */
  static Map<String, @Nullable Object> members(Map<?, ?> map, String path) {
    return new OrderedValues(0, path).map(map);
  }

  /** The same for a record. */
  static Map<String, @Nullable Object> members(Record record, String path) {
    return new OrderedValues(0, path).components(record);
  }

  private OrderedValues inside(String name) {
    return new OrderedValues(depth + 1, path + name);
  }

  private @Nullable Object copy(@Nullable Object value) {
    if (depth > MAX_DEPTH) {
      return value;
    }
    if (value instanceof Map<?, ?> map) {
      return map(map);
    }
    if (value instanceof Collection<?> items) {
      return list(items);
    }
    if (value instanceof Object[] array) {
      return list(Arrays.asList(array));
    }
    return value instanceof Record record ? components(record) : value;
  }

  private void checkOrder(Object value, int size) {
    if (size > 1 && UNORDERED.contains(value.getClass())) {
      throw new UnorderedInputException(path, value.getClass());
    }
  }

  private Map<String, @Nullable Object> map(Map<?, ?> map) {
    checkOrder(map, map.size());
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String name)) {
        throw new IllegalArgumentException(path + ": a key that is not a string");
      }
      members.put(name, inside("." + name).copy(entry.getValue()));
    }
    return members;
  }

  private List<@Nullable Object> list(Collection<?> items) {
    checkOrder(items, items.size());
    List<@Nullable Object> copy = new ArrayList<>(items.size());
    for (Object item : items) {
      copy.add(inside("[" + copy.size() + "]").copy(item));
    }
    return copy;
  }

  private Map<String, @Nullable Object> components(Record record) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      String name = component.getName();
      members.put(name, inside("." + name).copy(value(record, component)));
    }
    return members;
  }

  private static @Nullable Object value(Record record, RecordComponent component) {
    String type = record.getClass().getName();
    try {
      return component.getAccessor().invoke(record);
    } catch (IllegalAccessException e) {
      throw new IllegalArgumentException(
          type + " must be public, in a package that is exported or open to dev.remora.chat", e);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(component.getName() + " of " + type + " fails", e);
    }
  }
}
