package dev.remora.chat.response.pattern;

/** What a search or an attempt has come to. */
public enum Outcome {
  /** There is a match, whatever follows. */
  MATCHED,
  /** There is none, whatever follows. */
  FAILED,
  /** It is a matter of text that has not arrived. */
  OPEN
}
