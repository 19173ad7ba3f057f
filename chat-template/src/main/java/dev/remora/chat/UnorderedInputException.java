package dev.remora.chat;

/**
 * Input whose order is another in each JVM, such as a {@code Map.of} of several entries: templates
 * write members in their order, so that it would give another prompt after a restart. Take a {@code
 * LinkedHashMap} or a record.
 */
public final class UnorderedInputException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String path;

  UnorderedInputException(String path, Class<?> type) {
    super(
        path
            + ": a "
            + type.getName()
            + " has another order in each JVM, and so has the prompt; take a LinkedHashMap, a"
            + " List or a record");
    this.path = path;
  }

  /** Where it stands in what was given, such as {@code tools[0].function}. */
  public String path() {
    return path;
  }
}
