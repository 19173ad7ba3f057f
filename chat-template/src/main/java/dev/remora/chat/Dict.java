package dev.remora.chat;

import dev.remora.LimitException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Python's dict, in which the keys 1, 1.0 and True are one. Not changed once it is filled. */
final class Dict {
  private static final int MAX_KEY_ELEMENTS = 1000;

  private final Map<Object, Object> values = new LinkedHashMap<>();
  private @Nullable Map<Object, Object> spelledKeys; // of the keys that are not their own hash key

  Dict put(Object key, Object value) {
    Object hashKey = hashKey(key);
    if (!values.containsKey(hashKey) && hashKey != key) {
      if (spelledKeys == null) {
        spelledKeys = new HashMap<>();
      }
      spelledKeys.put(hashKey, key);
    }
    values.put(hashKey, value);
    return this;
  }

  Dict putAll(Dict other) {
    for (Object key : other.keys()) {
      put(key, other.require(key));
    }
    return this;
  }

  /** The value of a key; null if there is none. */
  @Nullable Object get(Object key) {
    return values.get(hashKey(key));
  }

  /** The value of a key that is there. */
  Object require(Object key) {
    Object value = get(key);
    if (value == null) {
      throw new Failure("no such key");
    }
    return value;
  }

  boolean contains(Object key) {
    return values.containsKey(hashKey(key));
  }

  int size() {
    return values.size();
  }

  /** The keys, in order. */
  List<Object> keys() {
    List<Object> keys = new ArrayList<>(values.keySet());
    Map<Object, Object> spelled = spelledKeys;
    if (spelled != null) {
      keys.replaceAll(key -> spelled.getOrDefault(key, key));
    }
    return keys;
  }

  /** The values, in the order of the keys. */
  List<Object> values() {
    return new ArrayList<>(values.values());
  }

  /** Keys and values, as pairs. */
  List<Object> items() {
    List<Object> keys = keys();
    List<Object> items = new ArrayList<>(keys.size());
    int index = 0;
    for (Object value : values.values()) {
      items.add(Tuple.of(keys.get(index++), value));
    }
    return items;
  }

  /** Of a tuple of tuples: each may stand in it many times, so its elements are counted. */
  private static Tuple hashKey(Tuple tuple, int[] elements) {
    List<Object> keys = new ArrayList<>(tuple.items().size());
    for (Object item : tuple.items()) {
      if (++elements[0] > MAX_KEY_ELEMENTS) {
        throw new LimitException(
            Limits.STEPS, "elements of a tuple used as a key", MAX_KEY_ELEMENTS, elements[0]);
      }
      keys.add(item instanceof Tuple inner ? hashKey(inner, elements) : hashKey(item));
    }
    return new Tuple(keys);
  }

  /** What stands for a value in hashing: equal for values that Python holds equal. */
  static Object hashKey(Object key) {
    if (key instanceof Boolean flag) {
      return flag ? 1L : 0L;
    }
    if (key instanceof Double number) {
      return number == Math.rint(number) && Math.abs(number) < 1L << 53
          ? (Object) number.longValue()
          : number;
    }
    if (key instanceof Markup markup) {
      return markup.text();
    }
    if (key instanceof Tuple tuple) {
      return hashKey(tuple, new int[1]);
    }
    if ((key instanceof List && !(key instanceof Range)) || key instanceof Dict) {
      throw new Failure("unhashable type: '" + Types.name(key) + "'");
    }
    return key;
  }
}
