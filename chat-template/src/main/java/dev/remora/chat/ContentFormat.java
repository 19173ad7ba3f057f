package dev.remora.chat;

/** What a template expects the content of a message to be. */
public enum ContentFormat {
  /** A string. */
  TEXT,
  /** A list of parts, such as {@code {"type": "text", "text": …}}. */
  PARTS
}
