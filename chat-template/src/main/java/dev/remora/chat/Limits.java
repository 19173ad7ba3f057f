package dev.remora.chat;

import dev.remora.Rule;

/**
 * What one rendering may use.
 *
 * @param steps evaluated expressions, statements and elements, and the copying of text
 * @param characters UTF-16 units of the prompt, and of any text on the way
 * @param depth levels of nesting, in the source, in calls of macros and in values
 */
record Limits(long steps, long characters, int depth) {
  static final Rule STEPS = Rule.T1;
  static final Rule CHARACTERS = Rule.T2;
  static final Rule DEPTH = Rule.T3;
}
