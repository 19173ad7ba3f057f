package dev.remora.chat;

import java.util.Iterator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Elements whose source is asked only when the first of them is. */
final class Lazily implements Iterator<Object> {
  private final Supplier<Iterator<Object>> source;
  private @Nullable Iterator<Object> elements;

  Lazily(Supplier<Iterator<Object>> source) {
    this.source = source;
  }

  private Iterator<Object> elements() {
    Iterator<Object> known = elements;
    if (known == null) {
      known = source.get();
      elements = known;
    }
    return known;
  }

  @Override
  public boolean hasNext() {
    return elements().hasNext();
  }

  @Override
  public Object next() {
    return elements().next();
  }
}
