package dev.remora.engine.split;

/** A pre-tokenizer that cuts pieces out of a text and changes none. Thread-safe. */
interface Cutter {
  /** What cuts texts, one after the other. */
  PieceCursor newCursor();

  /** Beside which white space it cuts a text, whatever else stands in it. */
  default WordBorders borders() {
    return WordBorders.NONE;
  }
}
