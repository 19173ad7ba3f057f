package dev.remora.djl;

import dev.remora.core.definition.Normalizer;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.vocabulary.AddedToken;
import dev.remora.core.vocabulary.StrippedWhiteSpace;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which added tokens the native library may have. */
final class SafeAddedTokens {
  /** Adding one compares it with all before: these take under a second, which nothing can end. */
  private static final int MAX_COUNT = 1 << 13;

  /**
   * The squares of the lengths of all added tokens, in bytes: what the automaton that finds them
   * takes, time and again, in nanoseconds. Real vocabularies have a thousandth of this.
   */
  private static final long MAX_SQUARES = 1 << 27;

  /** Few added tokens hold a space, which Llama-2's normalizer makes three times as long. */
  private static final double USUAL_GROWTH = 3;

  private SafeAddedTokens() {}

  /**
   * Why the native library may not have them.
   *
   * @param growth how many times as long the normalizer may make a text
   */
  static Optional<String> refusal(TokenizerDefinition definition, double growth) {
    List<AddedToken> tokens = definition.addedTokens();
    if (tokens.size() > MAX_COUNT) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "%,d added tokens are more than %,d, and take their square",
              tokens.size(),
              MAX_COUNT));
    }
    Set<String> contents = new HashSet<>();
    for (AddedToken token : tokens) {
      if (!contents.add(token.content())) {
        return Optional.of("two added tokens have the content of " + token.id());
      }
    }
    if (squares(tokens, growth) > MAX_SQUARES) {
      return Optional.of("the added tokens take too long to be indexed");
    }
    return ofWhiteSpace(definition).or(() -> ofNothing(definition));
  }

  private static double squares(List<AddedToken> tokens, double growth) {
    double factor = growth > USUAL_GROWTH ? growth : 1;
    return tokens.stream()
        .mapToDouble(token -> factor * token.content().getBytes(StandardCharsets.UTF_8).length)
        .map(length -> length * length)
        .sum();
  }

  /** White space that tokens take from each other ends the process, or takes gigabytes. */
  private static Optional<String> ofWhiteSpace(TokenizerDefinition definition) {
    List<AddedToken> raw = new ArrayList<>();
    List<AddedToken> normalized = new ArrayList<>();
    for (AddedToken token : definition.addedTokens()) {
      (token.normalized() ? normalized : raw).add(token);
    }
    return StrippedWhiteSpace.conflict(raw, SafeAddedTokens::isBlank)
        .or(
            () ->
                StrippedWhiteSpace.conflict(
                    normalized, token -> isBlank(token) || mayBecomeBlank(definition, token)))
        .map(
            token ->
                "the added token "
                    + token.id()
                    + " is white space that tokens take from each other");
  }

  private static boolean isBlank(AddedToken token) {
    return token.content().codePoints().allMatch(TextLimits::isSpace);
  }

  private static boolean mayBecomeBlank(TokenizerDefinition definition, AddedToken token) {
    return definition.normalizers().stream()
        .anyMatch(
            step ->
                step instanceof Normalizer.Replace replace
                    ? replace.content().isBlank()
                    : erases(step) && hasNothingPlain(token));
  }

  /** An added token of which the normalizer leaves nothing is found between the bytes of a text. */
  private static Optional<String> ofNothing(TokenizerDefinition definition) {
    boolean removes = definition.normalizers().stream().anyMatch(SafeAddedTokens::removes);
    if (!removes && definition.normalizers().stream().noneMatch(SafeAddedTokens::erases)) {
      return Optional.empty();
    }
    return definition.addedTokens().stream()
        .filter(AddedToken::normalized)
        .filter(token -> removes || hasNothingPlain(token))
        .findFirst()
        .map(token -> "the normalizer may leave nothing of the added token " + token.id());
  }

  private static boolean removes(Normalizer step) {
    return step instanceof Normalizer.Replace replace && replace.content().isEmpty();
  }

  /** Whether a normalizer can leave nothing of a text without plain characters. */
  private static boolean erases(Normalizer step) {
    return step instanceof Normalizer.Bert
        || step instanceof Normalizer.Nmt
        || step instanceof Normalizer.Precompiled
        || step instanceof Normalizer.Strip
        || step instanceof Normalizer.StripAccents;
  }

  private static boolean hasNothingPlain(AddedToken token) {
    return token.content().codePoints().noneMatch(SafeAddedTokens::isPlain);
  }

  private static boolean isPlain(int codePoint) {
    return codePoint > ' ' && codePoint < 0x7F;
  }
}
