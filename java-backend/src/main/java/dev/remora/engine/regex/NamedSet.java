package dev.remora.engine.regex;

/**
 * Names of the sets of characters that pre-tokenizers of the reference are made of, for {@link
 * dev.remora.core.regex.CharacterSet.Property}; no expression can name them.
 */
public final class NamedSet {
  /** What Digits takes for digits. */
  public static final String DIGITS = "numbers of Digits";

  /** What Punctuation and BERT's pre-tokenizer take for punctuation. */
  public static final String PUNCTUATION = "punctuation of Bert";

  /** What WhitespaceSplit takes for white space. */
  public static final String WHITESPACE_SPLIT = "space of WhitespaceSplit";

  /** What Whitespace takes for a word character. */
  public static final String WHITESPACE_WORD = "word of Whitespace";

  private NamedSet() {}

  /** A script, as UnicodeScripts tells them apart; number 0 has the characters of none. */
  public static String script(int number) {
    return "script " + number;
  }

  /** Whether there is a script of this number. */
  public static boolean hasScript(int number) {
    return UnicodeProperties.find(script(number)).isPresent();
  }
}
