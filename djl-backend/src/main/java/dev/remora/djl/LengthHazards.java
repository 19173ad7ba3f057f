package dev.remora.djl;

import dev.remora.core.definition.Model;
import dev.remora.core.definition.Normalizer;
import dev.remora.core.definition.StringPattern;
import dev.remora.core.definition.TokenizerDefinition;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Texts so long, in the file or once normalized, that the native library is not up to them. */
final class LengthHazards {
  /** Bytes of a piece of Unigram: its trie is freed by recursion, which overflows the stack. */
  private static final int MAX_PIECE_BYTES = 1 << 10;

  /**
   * The squares of the lengths of all added tokens, in bytes: what the automaton that finds them
   * takes, time and again, in nanoseconds. Real vocabularies have a thousandth of this.
   */
  private static final long MAX_ADDED_SQUARES = 1 << 27;

  /** How much longer a normalizer may make a text. Llama-2's makes it three times as long. */
  private static final double MAX_GROWTH = 64;

  private static final double USUAL_GROWTH = 3;

  private LengthHazards() {}

  static @Nullable String ofNormalizers(TokenizerDefinition definition) {
    return growth(definition) > MAX_GROWTH
        ? "the normalizer makes texts more than %.0f times as long".formatted(MAX_GROWTH)
        : null;
  }

  private static double growth(TokenizerDefinition definition) {
    return definition.normalizers().stream()
        .mapToDouble(LengthHazards::growth)
        .reduce(1, (one, other) -> one * other);
  }

  private static double growth(Normalizer normalizer) {
    if (normalizer instanceof Normalizer.Prepend prepend) {
      return Math.max(1, bytes(prepend.text()) / 8.0); // once for a stretch between added tokens
    }
    if (!(normalizer instanceof Normalizer.Replace replace)) {
      return 1;
    }
    double replaced =
        replace.pattern() instanceof StringPattern.Literal literal ? bytes(literal.text()) : 1;
    return Math.max(1, bytes(replace.content()) / Math.max(1, replaced));
  }

  private static double bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  static @Nullable String ofPieces(TokenizerDefinition definition) {
    if (!(definition.model() instanceof Model.Unigram)) {
      return null;
    }
    int[] longest = new int[1];
    definition
        .vocabulary()
        .forEachModelToken((utf8, from, to, id) -> longest[0] = Math.max(longest[0], to - from));
    return longest[0] > MAX_PIECE_BYTES ? "a piece has %,d bytes".formatted(longest[0]) : null;
  }

  static @Nullable String ofAddedTokens(TokenizerDefinition definition) {
    double growth = growth(definition);
    double factor = growth > USUAL_GROWTH ? growth : 1; // few added tokens hold a space
    double squares =
        definition.addedTokens().stream()
            .mapToDouble(token -> factor * bytes(token.content()))
            .map(length -> length * length)
            .sum();
    return squares > MAX_ADDED_SQUARES ? "the added tokens take too long to be indexed" : null;
  }
}
