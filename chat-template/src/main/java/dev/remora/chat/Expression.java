package dev.remora.chat;

/** A part of a template that has a value. Immutable. */
interface Expression {
  Object evaluate(Scope scope);
}
