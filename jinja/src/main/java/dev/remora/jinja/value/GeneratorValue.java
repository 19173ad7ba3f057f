package dev.remora.jinja.value;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a lazy filter gives: elements that are computed when they are asked for, once. */
public final class GeneratorValue extends Value {
  private final String name;
  private final Supplier<Iterator<Value>> source;
  private @Nullable Iterator<Value> elements;

  /**
   * @param name Python's name of the function that makes the elements
   * @param source gives the elements; asked when the first of them is
   */
  public GeneratorValue(String name, Supplier<Iterator<Value>> source) {
    this.name = name;
    this.source = source;
  }

  @Override
  public Kind kind() {
    return Kind.GENERATOR;
  }

  @Override
  public String typeName() {
    return "generator";
  }

  @Override
  void writeRepr(ReprWriter writer) {
    writer.append("<generator object " + name + ">");
  }

  @Override
  public boolean isIterable() {
    return true;
  }

  @Override
  public Iterator<Value> iterator(Budget budget) {
    Iterator<Value> known = elements;
    if (known == null) {
      known = source.get();
      elements = known;
    }
    return known;
  }

  @Override
  List<Value> elements(Budget budget) {
    List<Value> collected = new ArrayList<>();
    for (Iterator<Value> rest = iterator(budget); rest.hasNext(); ) {
      budget.step();
      collected.add(rest.next());
    }
    return collected;
  }

  @Override
  public String toString() {
    return "generator " + name;
  }
}
