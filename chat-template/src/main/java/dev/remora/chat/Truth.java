package dev.remora.chat;

import java.math.BigInteger;
import java.util.List;

/** Whether Python takes a value for true. */
final class Truth {
  private Truth() {}

  static boolean of(Object value) {
    if (value instanceof Boolean flag) {
      return flag;
    }
    if (value instanceof String text) {
      return !text.isEmpty();
    }
    if (value instanceof List<?> list) {
      return !list.isEmpty();
    }
    if (value instanceof Dict dict) {
      return dict.size() > 0;
    }
    if (value instanceof Undefined || value == None.NONE) {
      return false;
    }
    return ofOther(value);
  }

  private static boolean ofOther(Object value) {
    if (value instanceof Long number) {
      return number != 0;
    }
    if (value instanceof Double number) {
      return number != 0;
    }
    if (value instanceof BigInteger number) {
      return number.signum() != 0;
    }
    if (value instanceof Tuple tuple) {
      return !tuple.items().isEmpty();
    }
    if (value instanceof View view) {
      return !view.items().isEmpty();
    }
    return !(value instanceof Markup markup) || !markup.text().isEmpty();
  }
}
