package dev.remora.chat.response.pattern;

/**
 * One step of a compiled pattern.
 *
 * @param x what {@link Operation} says
 * @param y what {@link Operation} says
 * @param test the set, where there is one
 * @param memory the number of its {@link FailedPlaces}; -1 for none
 */
record Instruction(Operation operation, int x, int y, CharacterTest test, int memory) {}
