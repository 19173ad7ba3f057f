package dev.remora.engine.bpe;

import dev.remora.engine.text.IdList;

/**
 * The windows of a long word that were begun: of each, where it begins, the token of the window
 * before it that stands there, and how many ids there were. Of one thread at a time.
 */
final class WindowStack {
  private static final int NUMBERS = 4; // of each window
  private static final int NO_TOKEN = -1; // before the first window

  private final IdList numbers = new IdList();

  /** Forgets all windows and begins the first. */
  void begin(int mark) {
    numbers.clear();
    push(0, NO_TOKEN, 0, mark);
  }

  /**
   * Begins the next window.
   *
   * @param from its first symbol
   * @param token what begins there in the window before
   * @param length how many symbols that has
   * @param mark how many ids there are
   */
  void push(int from, int token, int length, int mark) {
    numbers.add(from);
    numbers.add(token);
    numbers.add(length);
    numbers.add(mark);
  }

  /** Goes back to the last window that begins at a place or before it; at least to the first. */
  void goBack(int place) {
    while (numbers.count > NUMBERS && from() > place) {
      numbers.count -= NUMBERS;
    }
  }

  /** Where the last window begins. */
  int from() {
    return top(0);
  }

  /** Whether it begins with the token that stands there in the window before. */
  boolean agrees(int token, int length) {
    return top(1) == NO_TOKEN || (top(1) == token && top(2) == length);
  }

  /** How many ids there were before it. */
  int mark() {
    return top(3);
  }

  private int top(int number) {
    return numbers.values[numbers.count - NUMBERS + number];
  }
}
