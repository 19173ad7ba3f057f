package dev.remora.djl;

import dev.remora.LimitException;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.vocabulary.AddedToken;
import dev.remora.core.vocabulary.Vocabulary;
import java.util.List;
import java.util.Optional;

/**
 * Bounds of one call. The native library has none of its own: it takes about 130 bytes for a
 * character, and its regex ends the process on a match of ten million steps, which a stretch of
 * that length of white space, or without any, can lead to.
 *
 * <p>Immutable and thread-safe.
 */
final class TextLimits {
  /** UTF-16 units of a text: 32 Mi, for which the native library takes about 4 GiB. */
  static final int MAX_TEXT = 1 << 25;

  /** UTF-16 units of a stretch that is all white space, or has none, where a regex runs. */
  static final int MAX_STRETCH = 4_000_000;

  /** Steps of a regex that looks at characters from many places: what takes two seconds. */
  static final long MAX_REGEX_STEPS = 400_000_000;

  /** Ids that are decoded at once, and bytes of all their tokens. */
  static final int MAX_IDS = 1 << 25;

  static final long MAX_DECODED_BYTES = 1 << 28;

  /** How much longer a usual normalizer makes a text: Llama-2's, for one with many spaces. */
  private static final double USUAL_GROWTH = 3;

  private final Vocabulary vocabulary;
  private final int longestText;
  private final List<RegexLimit> regexes;
  private final long longestToken;

  private TextLimits(
      Vocabulary vocabulary, int longestText, List<RegexLimit> regexes, long longestToken) {
    this.vocabulary = vocabulary;
    this.longestText = longestText;
    this.regexes = List.copyOf(regexes);
    this.longestToken = longestToken;
  }

  static TextLimits of(TokenizerDefinition definition) {
    long[] longest = new long[1];
    definition
        .vocabulary()
        .forEachModelToken((utf8, from, to, id) -> longest[0] = Math.max(longest[0], to - from));
    for (AddedToken token : definition.addedTokens()) {
      longest[0] = Math.max(longest[0], bytes(token.content()));
    }
    double growth = SafeNormalizers.of(definition.normalizers()).factor();
    return new TextLimits(
        definition.vocabulary(),
        (int) (MAX_TEXT / Math.max(1, growth / USUAL_GROWTH)),
        RegexLimit.of(definition),
        longest[0]);
  }

  void checkText(String text) {
    check("UTF-16 units of a text", longestText, text.length());
    for (RegexLimit regex : regexes) {
      Optional<RegexLimit.Excess> excess = regex.excess(text);
      if (excess.isPresent()) {
        check(excess.get().limit(), excess.get().bound(), excess.get().observed());
      }
    }
  }

  void checkIds(int[] ids) {
    check("ids to decode", MAX_IDS, ids.length);
    if (ids.length * longestToken <= MAX_DECODED_BYTES) {
      return;
    }
    long bytes = 0;
    for (int id : ids) {
      bytes += bytes(vocabulary.tokenOf(id).orElseThrow());
    }
    check("bytes of the tokens to decode", MAX_DECODED_BYTES, bytes);
  }

  private static void check(String limit, long bound, long observed) {
    if (observed > bound) {
      throw new LimitException(null, limit, bound, observed);
    }
  }

  private static long bytes(String token) {
    return 3L * token.length(); // at most: UTF-8 of a UTF-16 unit
  }

  /** What {@code \s} of Oniguruma matches. */
  static boolean isSpace(int codePoint) {
    return Character.isSpaceChar(codePoint)
        || (codePoint >= '\t' && codePoint <= '\r')
        || codePoint == 0x85;
  }
}
