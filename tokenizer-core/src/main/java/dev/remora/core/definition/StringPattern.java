package dev.remora.core.definition;

/** What a normalizer, a pre-tokenizer or a decoder looks for. */
public sealed interface StringPattern {
  /** Exactly this text. */
  record Literal(String text) implements StringPattern {}

  /** What this regular expression matches, in the dialect of Oniguruma. */
  record Regex(String expression) implements StringPattern {}
}
