package dev.remora.jinja.node;

import dev.remora.jinja.value.Value;
import java.util.List;

/** What a value can be assigned to. */
public sealed interface Target permits Expression.Name, Target.Several, Target.Attribute {
  /** Calls the method of the visitor that is for this kind of target. */
  <C> void accept(Visitor<C> visitor, C context, Value value);

  /**
   * What is done with each kind of target.
   *
   * @param <C> what is handed down
   */
  interface Visitor<C> {
    void name(Expression.Name name, C context, Value value);

    void several(Several several, C context, Value value);

    void attribute(Attribute attribute, C context, Value value);
  }

  /** Several targets, each for one element. */
  record Several(List<Target> targets) implements Target {
    @Override
    public <C> void accept(Visitor<C> visitor, C context, Value value) {
      visitor.several(this, context, value);
    }
  }

  /** An attribute of a namespace. */
  record Attribute(String namespace, String name) implements Target {
    @Override
    public <C> void accept(Visitor<C> visitor, C context, Value value) {
      visitor.attribute(this, context, value);
    }
  }
}
