package dev.remora.cli.text;

import dev.remora.cli.verb.CommandFailure;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;

/**
 * Reads ids as people and programs write them: numbers with spaces, commas or both between them, in
 * brackets or not; character by character, so that a line may be of any length. Not thread-safe.
 */
public final class IdReader {
  private static final Pattern ID = Pattern.compile("-?[0-9]{1,10}");
  private static final int LONGEST = 20; // characters that are told of what is no id

  private final StringBuilder word = new StringBuilder();
  private boolean isOpen; // within brackets
  private boolean isClosed; // behind them
  private boolean hasIds;

  /** Takes the next character; an id is handed on with the first one behind it. */
  public void read(int character, IntConsumer use) {
    switch (character) {
      case ' ', '\t', '\r', ',' -> endWord(use);
      case '[' -> {
        endWord(use);
        if (isOpen || isClosed || hasIds) {
          throw new CommandFailure("a [ stands only before the first id");
        }
        isOpen = true;
      }
      case ']' -> {
        endWord(use);
        if (!isOpen) {
          throw new CommandFailure("a ] has no [ before it");
        }
        isOpen = false;
        isClosed = true;
      }
      default -> {
        if (isClosed) {
          throw new CommandFailure("nothing may stand behind the ]");
        }
        if (word.length() < LONGEST) {
          word.appendCodePoint(character);
        }
      }
    }
  }

  /** Ends the line. */
  public void end(IntConsumer use) {
    endWord(use);
    boolean wasOpen = isOpen;
    isOpen = false;
    isClosed = false;
    hasIds = false;
    if (wasOpen) {
      throw new CommandFailure("a [ has no ] behind it");
    }
  }

  private void endWord(IntConsumer use) {
    if (word.length() == 0) {
      return;
    }
    String id = word.toString();
    word.setLength(0);
    hasIds = true;
    use.accept(value(id));
  }

  private static int value(String id) {
    if (ID.matcher(id).matches()) {
      long value = Long.parseLong(id);
      if (value == (int) value) {
        return (int) value;
      }
    }
    throw new CommandFailure("'" + id + "' is not an id");
  }
}
