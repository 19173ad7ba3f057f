package dev.remora.chat;

import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;

/** Python's equality, order and membership. */
final class Comparison {
  private Comparison() {}

  /** Python's {@code ==}. */
  static boolean equal(Rendering rendering, Object left, Object right) {
    rendering.step();
    if (left == right) {
      return true;
    }
    if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
      return isOrdered(left, right) && compareNumbers(left, right) == 0;
    }
    if (Types.isText(left) && Types.isText(right)) {
      return Types.text(left).equals(Types.text(right));
    }
    if (!Types.name(left).equals(Types.name(right))) {
      return false;
    }
    rendering.enter(1);
    boolean equal = equalOfOneType(rendering, left, right);
    rendering.leave(1);
    return equal;
  }

  private static boolean equalOfOneType(Rendering rendering, Object left, Object right) {
    if (left instanceof Dict dict && right instanceof Dict other) {
      return equalDicts(rendering, dict, other);
    }
    if (left instanceof List<?> list && right instanceof List<?> other) {
      return equalLists(rendering, list, other);
    }
    if (left instanceof Tuple tuple && right instanceof Tuple other) {
      return equalLists(rendering, tuple.items(), other.items());
    }
    return left instanceof Undefined;
  }

  private static boolean equalLists(Rendering rendering, List<?> left, List<?> right) {
    if (left.size() != right.size()) {
      return false;
    }
    Iterator<?> others = right.iterator();
    return left.stream().allMatch(item -> equal(rendering, item, others.next()));
  }

  private static boolean equalDicts(Rendering rendering, Dict left, Dict right) {
    return left.size() == right.size()
        && left.keys().stream()
            .allMatch(
                key ->
                    right.contains(key) && equal(rendering, left.require(key), right.require(key)));
  }

  /** Python's order, for the operator that is asked: below 0, 0, or above 0. */
  static int order(Rendering rendering, String operator, Object left, Object right) {
    rendering.step();
    failIfUndefined(left, right);
    if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
      return compareNumbers(left, right);
    }
    if (Types.isText(left) && Types.isText(right)) {
      return compareTexts(Types.text(left), Types.text(right));
    }
    boolean lists = Arithmetic.isList(left) && Arithmetic.isList(right);
    if (lists || (left instanceof Tuple && right instanceof Tuple)) {
      return compareLists(
          rendering, operator, Iteration.list(rendering, left), Iteration.list(rendering, right));
    }
    throw new Failure(
        "'%s' not supported between instances of '%s' and '%s'"
            .formatted(operator, Types.name(left), Types.name(right)));
  }

  private static int compareLists(
      Rendering rendering, String operator, List<Object> left, List<Object> right) {
    int common = Math.min(left.size(), right.size());
    rendering.enter(1);
    for (int index = 0; index < common; index++) {
      if (!equal(rendering, left.get(index), right.get(index))) {
        int order = order(rendering, operator, left.get(index), right.get(index));
        rendering.leave(1);
        return order;
      }
    }
    rendering.leave(1);
    return Integer.compare(left.size(), right.size());
  }

  static void failIfUndefined(Object left, Object right) {
    if (left instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (right instanceof Undefined undefined) {
      throw undefined.failure();
    }
  }

  /** Whether two numbers have an order: whether neither is nan. */
  static boolean isOrdered(Object left, Object right) {
    return !left.equals(Double.NaN) && !right.equals(Double.NaN);
  }

  private static int compareNumbers(Object left, Object right) {
    if (left instanceof Long number && right instanceof Long other) {
      return Long.compare(number, other);
    }
    boolean reals = left instanceof Double && right instanceof Double;
    if (reals || isInfinite(left) || isInfinite(right)) {
      double difference = Numbers.real(left) - Numbers.real(right);
      return left.equals(right) ? 0 : (int) Math.signum(difference);
    }
    return exact(left).compareTo(exact(right));
  }

  private static boolean isInfinite(Object number) {
    return number instanceof Double real && (real.isInfinite() || real.isNaN());
  }

  private static BigDecimal exact(Object number) {
    return number instanceof Double real
        ? new BigDecimal(real)
        : new BigDecimal(Numbers.big(number));
  }

  private static int compareTexts(String left, String right) {
    int common = Math.min(left.length(), right.length());
    for (int at = 0; at < common; at++) {
      if (left.charAt(at) != right.charAt(at)) {
        return byCodePoint(left.charAt(at), right.charAt(at));
      }
    }
    return Integer.compare(left.length(), right.length());
  }

  /** Code points above U+FFFF are the highest, though their surrogates are not. */
  private static int byCodePoint(char left, char right) {
    boolean leftSurrogate = Character.isSurrogate(left);
    return leftSurrogate == Character.isSurrogate(right)
        ? Character.compare(left, right)
        : leftSurrogate ? 1 : -1;
  }

  /** Python's {@code item in container}. */
  static boolean contains(Rendering rendering, Object container, Object item) {
    if (Types.isText(container)) {
      if (!Types.isText(item)) {
        throw new Failure("'in <string>' requires string as left operand, not " + Types.name(item));
      }
      String text = Types.text(container);
      rendering.building(text.length());
      return Substring.contains(text, Types.text(item));
    }
    if (container instanceof Dict dict) {
      return dict.contains(item);
    }
    if (!Iteration.isPossible(container)) {
      throw new Failure("argument of type '" + Types.name(container) + "' is not iterable");
    }
    for (Iterator<Object> items = Iteration.over(rendering, container); items.hasNext(); ) {
      if (equal(rendering, items.next(), item)) {
        return true;
      }
    }
    return false;
  }
}
