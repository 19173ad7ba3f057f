package dev.remora.chat.response.grammar;

import org.jspecify.annotations.Nullable;

/** Is told what a {@link RegionMachine} finds, in order. */
public interface RegionListener {
  /** A field's text begins. */
  void opened(String field);

  /**
   * A field's text goes on.
   *
   * @param raw whether it is of use only when it is whole
   */
  void text(String field, String text, boolean raw);

  /** A field's text has ended, and this is its value. */
  void closed(String field, @Nullable Object value);
}
