package dev.remora.jinja.node;

import dev.remora.jinja.value.StringValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a template that does something. */
public sealed interface Statement {
  /** Calls the method of the visitor that is for this kind of statement. */
  <C, R> R accept(Visitor<C, R> visitor, C context);

  /**
   * What is done with each kind of statement.
   *
   * @param <C> what is handed down
   * @param <R> what is given back
   */
  interface Visitor<C, R> {
    R body(Body body, C context);

    R data(Data data, C context);

    R print(Print print, C context);

    R condition(If condition, C context);

    R set(Set set, C context);

    R with(With with, C context);

    R loop(For loop, C context);

    R jump(Jump jump, C context);

    R macro(Macro macro, C context);

    R callBlock(CallBlock callBlock, C context);

    R enclosed(Enclosed enclosed, C context);
  }

  /** Statements one after the other. */
  record Body(List<Statement> statements) implements Statement {
    /** No statements. */
    public static final Body EMPTY = new Body(List.of());

    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.body(this, context);
    }
  }

  /** Text outside of tags. */
  record Data(StringValue text) implements Statement {
    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.data(this, context);
    }
  }

  /** <code>{{ value }}</code>. */
  record Print(Expression value, int line) implements Statement {
    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.print(this, context);
    }
  }

  /** {@code if}, with one test and one body for it and for each {@code elif}. */
  record If(List<Expression> tests, List<Body> bodies, Body otherwise, int line)
      implements Statement {
    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.condition(this, context);
    }
  }

  /** {@code set target = value}, or {@code set target} … {@code endset}. */
  record Set(Target target, Expression value, int line) implements Statement {
    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.set(this, context);
    }
  }

  /** {@code with name = value, …}: the values are those outside. */
  record With(List<Target> targets, List<Expression> values, Body body, int line)
      implements Statement {
    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.with(this, context);
    }
  }

  /**
   * {@code for target in iterable if test}.
   *
   * @param test which elements the loop is for; null for all
   * @param recursive whether its body can call it
   * @param otherwise the body of {@code else}, for a loop without elements
   * @param height how many levels of nesting its body has
   */
  record For(
      Target target,
      Expression iterable,
      @Nullable Expression test,
      boolean recursive,
      Body body,
      Body otherwise,
      int height,
      int line)
      implements Statement {
    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.loop(this, context);
    }
  }

  /** {@code break} or {@code continue}. */
  record Jump(boolean ends) implements Statement {
    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.jump(this, context);
    }
  }

  /** {@code macro}. */
  record Macro(MacroSignature signature, Body body, int line) implements Statement {
    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.macro(this, context);
    }
  }

  /** {@code call(…) macro(…)} … {@code endcall}: the body becomes the macro's {@code caller}. */
  record CallBlock(Expression.Call call, MacroSignature signature, Body body) implements Statement {
    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.callBlock(this, context);
    }
  }

  /**
   * {@code block} and {@code generation}: a body in a scope of its own.
   *
   * @param generated whether what it prints stands for what a model generates
   */
  record Enclosed(Body body, boolean generated) implements Statement {
    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.enclosed(this, context);
    }
  }
}
