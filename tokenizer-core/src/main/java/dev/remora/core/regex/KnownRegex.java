package dev.remora.core.regex;

import java.util.List;
import java.util.Optional;

/**
 * The regular expressions that tokenizers split by, in the dialect of Oniguruma: the forms that
 * name no regex of their own build definitions with them, and the own engine has a hand-written
 * scanner for each.
 */
public enum KnownRegex {
  /** GPT-2's, which ByteLevel has built in. */
  GPT2(List.of("'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+" + Parts.OTHERS + Parts.SPACES)),

  /** That of cl100k_base and Llama 3: digits in groups of three. */
  CL100K(List.of(Parts.words("\\p{N}{1,3}"))),

  /** That of Qwen 1 to 3: each digit alone. */
  QWEN(List.of(Parts.words("\\p{N}"))),

  /** That of o200k_base, which splits words before their capitals. */
  O200K(List.of(Parts.casedWords("", "", Parts.CONTRACTION, "{1,3}", "/"))),

  /** Mistral's since Nemo: as o200k, without contractions, each digit alone. */
  MISTRAL(List.of(Parts.casedWords("", "", "", "", "/"))),

  /** Kimi's: as o200k, with Han characters apart. */
  KIMI(List.of(Parts.casedWords("[\\p{Han}]+|", "&&[^\\p{Han}]", Parts.CONTRACTION, "{1,3}", ""))),

  /** DeepSeek's since V2.5: three in turn. */
  DEEPSEEK(
      List.of(
          "\\p{N}{1,3}",
          "[一-龥\u3040-ゟ゠-ヿ]+",
          "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+"
              + "|[^\r\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+"
              + "| ?[\\p{P}\\p{S}]+[\r\n]*"
              + "|\\s*[\r\n]+"
              + Parts.SPACES));

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> expressions;

  KnownRegex(List<String> expressions) {
    this.expressions = expressions;
  }

  /** The expressions, each to be applied to the pieces of the one before; most have one. */
  public List<String> expressions() {
    return expressions;
  }

  /**
   * The one expression.
   *
   * @throws IllegalStateException if there are several
   */
  public String expression() {
    if (expressions.size() != 1) {
      throw new IllegalStateException(this + " has several expressions");
    }
    return expressions.get(0);
  }

  /** The one that has exactly these expressions; empty if none has. */
  public static Optional<KnownRegex> of(List<String> expressions) {
    for (KnownRegex known : values()) {
      if (known.expressions.equals(expressions)) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }

  /** What several of them have in common. */
  private static final class Parts {
    static final String CONTRACTION = "(?i:'s|'t|'re|'ve|'m|'ll|'d)?";
    private static final String LINES = "|\\s*[\\r\\n]+";
    static final String SPACES = "|\\s+(?!\\S)|\\s+";
    static final String OTHERS = "| ?[^\\s\\p{L}\\p{N}]+";
    private static final String PREFIX = "[^\\r\\n\\p{L}\\p{N}]?";

    private Parts() {}

    static String words(String numbers) {
      return "(?i:'s|'t|'re|'ve|'m|'ll|'d)|"
          + (PREFIX + "\\p{L}+|" + numbers)
          + (OTHERS + "[\\r\\n]*" + LINES + SPACES);
    }

    static String casedWords(
        String first, String except, String contraction, String numbers, String slash) {
      String upper = "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}" + except + "]";
      String lower = "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}" + except + "]";
      return first
          + (PREFIX + upper + "*" + lower + "+" + contraction + "|")
          + (PREFIX + upper + "+" + lower + "*" + contraction + "|")
          + ("\\p{N}" + numbers + OTHERS + "[\\r\\n" + slash + "]*")
          + (LINES + SPACES);
    }
  }
}
