package dev.remora.chat.response.pattern;

/** What an {@link Instruction} does. */
enum Operation {
  /** Takes the code point x. */
  CHARACTER,
  /** Takes a code point of a set. */
  SET,
  /** Takes x to y code points of a set, the most first. */
  LOOP_GREEDY,
  /** Takes x to y code points of a set, the fewest first. */
  LOOP_LAZY,
  /** Takes x to y code points of a set, the most only. */
  LOOP_POSSESSIVE,
  /** Takes the text of group x. */
  REFERENCE,
  /** Goes on at x, and if that fails at y. */
  BRANCH,
  /** Goes on at x. */
  JUMP,
  /** Keeps the place in register x. */
  SAVE,
  /** Goes on at y if the place is that in register x: a loop that takes nothing ends. */
  CHECK,
  /** Begins a part of which only the first match counts. */
  ATOMIC_BEGIN,
  /** Ends the part that began at x. */
  ATOMIC_END,
  /** Begins a look, y code points before this place. */
  LOOK_BEGIN,
  /** Ends the look that began at x: back to where it was. */
  LOOK_END,
  /** Begins a look that must fail, y code points before this place; goes on at x then. */
  NOT_BEGIN,
  /** Ends the look that began at x, which must not have come so far. */
  NOT_END,
  /** A place of {@link PatternNode.Place}. */
  START,
  /** The same. */
  LINE_START,
  /** The same. */
  END,
  /** The same. */
  LAST_LINE_END,
  /** The same. */
  LINE_END,
  /** The same. */
  BOUNDARY,
  /** The same. */
  NO_BOUNDARY,
  /** The whole pattern matches. */
  MATCH
}
