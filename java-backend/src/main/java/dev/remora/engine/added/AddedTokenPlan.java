package dev.remora.engine.added;

import dev.remora.core.vocabulary.AddedToken;
import dev.remora.engine.split.WordBorders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The added tokens of a definition, with what each is found by. Thread-safe.
 *
 * @param raw those that are looked for in the raw text
 * @param normalized those that are looked for in the normalized text
 * @param splitsSpecialTokens whether special tokens in a text are left to be split
 */
public record AddedTokenPlan(
    List<Sought> raw, List<Sought> normalized, boolean splitsSpecialTokens) {
  /** Keeps copies. */
  public AddedTokenPlan {
    raw = List.copyOf(raw);
    normalized = List.copyOf(normalized);
  }

  /**
   * An added token and what is looked for.
   *
   * @param token the token
   * @param utf8 its content, or what the content is normalized to; not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Sought(AddedToken token, byte[] utf8) {
    private boolean holds(char sign) {
      return new String(utf8, StandardCharsets.UTF_8).indexOf(sign) >= 0;
    }

    private boolean looksAround() {
      return token.lstrip() || token.rstrip() || token.singleWord();
    }
  }

  /**
   * What is left of some borders: none if a token takes white space, asks what stands beside it or
   * holds a line end, and none at spaces if one holds a space.
   */
  public WordBorders leaves(WordBorders borders) {
    List<Sought> all = Stream.concat(raw.stream(), normalized.stream()).toList();
    boolean holdsSpace = all.stream().anyMatch(sought -> sought.holds(' '));
    boolean mayCross = holdsSpace && borders.dropsWhiteSpace(); // line ends may become spaces
    if (mayCross || all.stream().anyMatch(sought -> sought.looksAround() || sought.holds('\n'))) {
      return WordBorders.NONE;
    }
    return holdsSpace ? borders.atLinesOnly() : borders;
  }

  /** Builds what finds the tokens of the raw text; null if there are none. */
  public @Nullable AddedTokenFinder rawFinder() {
    return finder(raw);
  }

  /** Builds what finds the tokens of the normalized text; null if there are none. */
  public @Nullable AddedTokenFinder normalizedFinder() {
    return finder(normalized);
  }

  private @Nullable AddedTokenFinder finder(List<Sought> tokens) {
    return tokens.isEmpty() ? null : new AddedTokenFinder(tokens, splitsSpecialTokens);
  }
}
