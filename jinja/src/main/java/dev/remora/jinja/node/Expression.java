package dev.remora.jinja.node;

import dev.remora.jinja.builtin.BinaryOperator;
import dev.remora.jinja.builtin.ComparisonOperator;
import dev.remora.jinja.builtin.UnaryOperator;
import dev.remora.jinja.value.StringValue;
import dev.remora.jinja.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a template that has a value. Each knows the line it is in where it may fail. */
public sealed interface Expression {
  /** Calls the method of the visitor that is for this kind of expression. */
  <C, R> R accept(Visitor<C, R> visitor, C context);

  /**
   * What is done with each kind of expression.
   *
   * @param <C> what is handed down
   * @param <R> what is given back
   */
  interface Visitor<C, R> {
    R literal(Literal literal, C context);

    R list(ListDisplay list, C context);

    R tuple(TupleDisplay tuple, C context);

    R dict(DictDisplay dict, C context);

    R name(Name name, C context);

    R attribute(Attribute attribute, C context);

    R subscript(Subscript subscript, C context);

    R slice(Slice slice, C context);

    R call(Call call, C context);

    R filter(Filter filter, C context);

    R test(Test test, C context);

    R arithmetic(Arithmetic arithmetic, C context);

    R sign(Sign sign, C context);

    R not(Not not, C context);

    R junction(Junction junction, C context);

    R comparison(Comparison comparison, C context);

    R concatenation(Concatenation concatenation, C context);

    R conditional(Conditional conditional, C context);

    R captured(Captured captured, C context);
  }

  /** A value that is written down. */
  record Literal(Value value) implements Expression {
    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.literal(this, context);
    }
  }

  /** {@code [item, …]}. */
  record ListDisplay(List<Expression> items) implements Expression {
    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.list(this, context);
    }
  }

  /** {@code (item, …)}. */
  record TupleDisplay(List<Expression> items) implements Expression {
    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.tuple(this, context);
    }
  }

  /** <code>{key: value, …}</code>. */
  record DictDisplay(List<Expression> keys, List<Expression> values) implements Expression {
    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.dict(this, context);
    }
  }

  /** A name, read or assigned to. */
  record Name(String name, int line) implements Expression, Target {
    @Override
    public <C, R> R accept(Expression.Visitor<C, R> visitor, C context) {
      return visitor.name(this, context);
    }

    @Override
    public <C> void accept(Target.Visitor<C> visitor, C context, Value value) {
      visitor.name(this, context, value);
    }
  }

  /** {@code value.name}. */
  record Attribute(Expression value, StringValue name, int line) implements Expression {
    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.attribute(this, context);
    }
  }

  /** {@code value[key]}. */
  record Subscript(Expression value, Expression key, int line) implements Expression {
    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.subscript(this, context);
    }
  }

  /** {@code value[start:stop:step]}. */
  record Slice(Expression value, Expression start, Expression stop, Expression step, int line)
      implements Expression {
    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.slice(this, context);
    }
  }

  /** {@code function(…)}. */
  record Call(Expression function, CallArguments arguments, int line) implements Expression {
    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.call(this, context);
    }
  }

  /** {@code value | name(…)}. */
  record Filter(Expression value, String name, CallArguments arguments, int line)
      implements Expression {
    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.filter(this, context);
    }
  }

  /** {@code value is name(…)}. */
  record Test(Expression value, String name, CallArguments arguments, int line)
      implements Expression {
    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.test(this, context);
    }
  }

  /**
   * {@code first operator operand …}, from left to right. Operators of one precedence are one node,
   * so that a long chain does not nest.
   */
  record Arithmetic(
      Expression first, List<BinaryOperator> operators, List<Expression> operands, int line)
      implements Expression {
    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.arithmetic(this, context);
    }
  }

  /** {@code -operand} or {@code +operand}. */
  record Sign(UnaryOperator operator, Expression operand, int line) implements Expression {
    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.sign(this, context);
    }
  }

  /** {@code not operand}. */
  record Not(Expression operand) implements Expression {
    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.not(this, context);
    }
  }

  /**
   * {@code operand and …} or {@code operand or …}: the first operand that decides.
   *
   * @param decider the truth of an operand that decides: false for {@code and}, true for {@code or}
   */
  record Junction(boolean decider, List<Expression> operands) implements Expression {
    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.junction(this, context);
    }
  }

  /** {@code first < operand <= …}: true if each holds between its two neighbours. */
  record Comparison(
      Expression first, List<ComparisonOperator> operators, List<Expression> operands, int line)
      implements Expression {
    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.comparison(this, context);
    }
  }

  /** {@code operand ~ …}: all as text. */
  record Concatenation(List<Expression> operands, int line) implements Expression {
    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.concatenation(this, context);
    }
  }

  /** {@code value if test else otherwise}. */
  record Conditional(Expression test, Expression value, @Nullable Expression otherwise, int line)
      implements Expression {
    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.conditional(this, context);
    }
  }

  /**
   * What a body prints, through filters or not.
   *
   * @param filters the filters, on the name {@link #NAME}; null for none
   */
  record Captured(Statement.Body body, @Nullable Expression filters) implements Expression {
    /** What the filters call the text; no name that a template can write. */
    public static final String NAME = " captured";

    @Override
    public <C, R> R accept(Visitor<C, R> visitor, C context) {
      return visitor.captured(this, context);
    }
  }
}
