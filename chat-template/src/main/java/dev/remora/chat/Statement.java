package dev.remora.chat;

import java.util.List;

/** A part of a template that does something. Immutable. */
interface Statement {
  /** How the template goes on after a statement. */
  enum Flow {
    NEXT,
    BREAK,
    CONTINUE
  }

  Flow execute(Scope scope);

  /** Statements one after the other. */
  record Body(List<Statement> statements) implements Statement {
    @Override
    public Flow execute(Scope scope) {
      for (Statement statement : statements) {
        Flow flow = statement.execute(scope);
        if (flow != Flow.NEXT) {
          return flow;
        }
      }
      return Flow.NEXT;
    }

    /** What the body prints in a scope. */
    String captured(Scope scope) {
      return scope.rendering().capture(() -> execute(scope));
    }
  }
}
