package dev.remora.chat;

/** Python's {@code None}. */
enum None {
  NONE
}
