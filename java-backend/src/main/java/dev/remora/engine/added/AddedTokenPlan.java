package dev.remora.engine.added;

import dev.remora.core.vocabulary.AddedToken;
import java.util.List;
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
  record Sought(AddedToken token, byte[] utf8) {}

  /** Whether no token holds a line end, takes white space or asks what stands beside it. */
  public boolean keepsLinesApart() {
    return raw.stream().allMatch(AddedTokenPlan::keepsLinesApart)
        && normalized.stream().allMatch(AddedTokenPlan::keepsLinesApart);
  }

  private static boolean keepsLinesApart(Sought sought) {
    AddedToken token = sought.token();
    return !token.lstrip()
        && !token.rstrip()
        && !token.singleWord()
        && token.content().indexOf('\n') < 0;
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
