package dev.remora.djl;

import dev.remora.core.engine.TokenizerDefinition;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Texts so long, in the file or once normalized, that the native library is not up to them. */
final class LengthHazards {
  /** Bytes of a piece of Unigram: its trie is freed by recursion, which overflows the stack. */
  private static final int PIECE = 1 << 10;

  /**
   * The squares of the lengths of all added tokens, in bytes: what the automaton that finds them
   * takes, time and again, in nanoseconds. Real vocabularies have a thousandth of this.
   */
  private static final long ADDED_SQUARES = 1 << 27;

  /** How much longer a normalizer may make a text. Llama-2's makes it three times as long. */
  private static final double GROWTH = 64;

  private static final double USUAL_GROWTH = 3;

  private LengthHazards() {}

  static @Nullable String ofNormalizers(TokenizerDefinition definition) {
    return growth(definition) > GROWTH
        ? "the normalizer makes texts more than %.0f times as long".formatted(GROWTH)
        : null;
  }

  private static double growth(TokenizerDefinition definition) {
    return Hazards.objects(definition.component("normalizer"))
        .mapToDouble(LengthHazards::growth)
        .reduce(1, (one, other) -> one * other);
  }

  private static double growth(Map<?, ?> normalizer) {
    if (normalizer.get("prepend") instanceof String prepend) {
      return Math.max(1, bytes(prepend) / 8.0); // once for a stretch between added tokens
    }
    if (!(normalizer.get("content") instanceof String content)) {
      return 1;
    }
    double replaced =
        normalizer.get("pattern") instanceof Map<?, ?> pattern
                && pattern.get("String") instanceof String literal
            ? bytes(literal)
            : 1;
    return Math.max(1, bytes(content) / Math.max(1, replaced));
  }

  private static double bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  static @Nullable String ofPieces(TokenizerDefinition definition) {
    if (!"Unigram".equals(definition.model().get("type"))) {
      return null;
    }
    int[] longest = new int[1];
    definition
        .vocabulary()
        .forEachModelToken((utf8, from, to, id) -> longest[0] = Math.max(longest[0], to - from));
    return longest[0] > PIECE ? "a piece has %,d bytes".formatted(longest[0]) : null;
  }

  static @Nullable String ofAddedTokens(TokenizerDefinition definition) {
    double growth = growth(definition);
    double factor = growth > USUAL_GROWTH ? growth : 1; // few added tokens hold a space
    double squares =
        definition.addedTokens().stream()
            .mapToDouble(token -> factor * bytes(token.content()))
            .map(length -> length * length)
            .sum();
    return squares > ADDED_SQUARES ? "the added tokens take too long to be indexed" : null;
  }
}
