package dev.remora.chat;

/** The methods of str that look for a text in it; indices are in code points. */
final class Searching {
  private Searching() {}

  static Object call(Rendering rendering, String text, String name, Arguments arguments) {
    Bound bound = arguments.bind(name, "sub", "start", "end");
    long length = Iteration.length(text);
    long start = within(bound.get("start", None.NONE), 0, length);
    long end = within(bound.get("end", None.NONE), length, length);
    boolean outside = start > end || start > length;
    int from = text.offsetByCodePoints(0, (int) Math.min(start, length));
    int to = outside ? from : text.offsetByCodePoints(0, (int) Math.min(end, length));
    String part = text.substring(from, to);
    if (name.equals("startswith") || name.equals("endswith")) {
      return !outside && hasEnd(part, name, bound.get("sub"));
    }
    String sub = bound.text("sub");
    if (name.equals("count")) {
      return outside ? 0L : count(rendering, part, sub);
    }
    int found =
        outside
            ? -1
            : name.startsWith("r")
                ? Substring.last(part, sub, part.length())
                : Substring.first(part, sub, 0);
    if (found < 0 && name.endsWith("index")) {
      throw new Failure("substring not found");
    }
    return found < 0 ? -1L : start + part.codePointCount(0, found);
  }

  private static long within(Object index, long defaultIndex, long length) {
    if (index == None.NONE) {
      return defaultIndex;
    }
    long at = Numbers.index(index);
    return at < 0 ? Math.max(0, at + length) : Math.min(at, length + 1);
  }

  private static boolean hasEnd(String text, String name, Object sub) {
    if (sub instanceof Tuple tuple) {
      return tuple.items().stream().anyMatch(each -> hasEnd(text, name, each));
    }
    if (!Types.isText(sub) && !(sub instanceof Undefined)) {
      throw new Failure(
          "%s first arg must be str or a tuple of str, not %s".formatted(name, Types.name(sub)));
    }
    String end = Types.text(sub);
    return name.equals("startswith") ? text.startsWith(end) : text.endsWith(end);
  }

  private static long count(Rendering rendering, String text, String sub) {
    if (sub.isEmpty()) {
      return Iteration.length(text) + 1;
    }
    long count = 0;
    for (int at = Substring.first(text, sub, 0);
        at >= 0;
        at = Substring.first(text, sub, at + sub.length())) {
      rendering.step();
      count++;
    }
    return count;
  }
}
