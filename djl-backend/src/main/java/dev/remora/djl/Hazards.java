package dev.remora.djl;

import dev.remora.core.engine.AddedToken;
import dev.remora.core.engine.TokenizerDefinition;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Definitions that tokenizers 0.21.4 accepts, or aborts on, and that would end or hang the process:
 * a Rust panic under JNI is an abort. Each rule names what it prevents; all but those of the regex
 * and the number of added tokens refuse only what is malformed.
 */
final class Hazards {
  private static final List<String> COMPONENTS =
      List.of("normalizer", "pre_tokenizer", "post_processor", "decoder");

  /** Normalizers that can leave nothing of a text. */
  private static final Set<String> ERASING =
      Set.of("BertNormalizer", "Nmt", "Precompiled", "Strip", "StripAccents");

  /** Adding one compares it with all before: these take about ten seconds, inside a native call. */
  private static final int MOST_ADDED_TOKENS = 1 << 15;

  private Hazards() {}

  /** The first hazard of a definition; empty if it has none. */
  static Optional<String> of(TokenizerDefinition definition) {
    return Stream.concat(
            COMPONENTS.stream()
                .flatMap(name -> objects(definition.component(name)))
                .map(Hazards::ofObject),
            Stream.of(
                ofReplacements(definition),
                ofTemplates(definition),
                ofDropout(definition),
                ofMerges(definition),
                ofAddedTokens(definition),
                LengthHazards.ofNormalizers(definition),
                LengthHazards.ofPieces(definition),
                LengthHazards.ofAddedTokens(definition)))
        .filter(Objects::nonNull)
        .findFirst();
  }

  /** Whether a regex, its own or GPT-2's built into ByteLevel, runs over the text. */
  static boolean runsRegex(TokenizerDefinition definition) {
    return Stream.of("normalizer", "pre_tokenizer")
        .flatMap(name -> objects(definition.component(name)))
        .anyMatch(object -> object.containsKey("Regex") || "ByteLevel".equals(object.get("type")));
  }

  /** A JSON value's objects at any depth, itself included. */
  static Stream<Map<?, ?>> objects(@Nullable Object value) {
    if (value instanceof Map<?, ?> object) {
      return Stream.concat(Stream.of(object), object.values().stream().flatMap(Hazards::objects));
    }
    return value instanceof List<?> list ? list.stream().flatMap(Hazards::objects) : Stream.of();
  }

  private static @Nullable String ofObject(Map<?, ?> object) {
    if (object.get("Regex") instanceof String regex && Repetition.isNested(regex)) {
      return "the regex " + regex + " can take exponential time"; // ends in: retry-limit-in-match
    }
    if (object.containsKey("stop") && !Long.valueOf(0).equals(object.get("stop"))) {
      return "a Strip decoder that cuts at the end fails on a token that is only cut";
    }
    if ("FixedLength".equals(object.get("type")) && Long.valueOf(0).equals(object.get("length"))) {
      return "FixedLength has the length 0";
    }
    boolean precompiled = "Precompiled".equals(object.get("type"));
    if ((precompiled || object.containsKey("precompiled_charsmap"))
        && !PrecompiledCharsmap.isSound(object.get("precompiled_charsmap"))) {
      return "the precompiled_charsmap is damaged";
    }
    return object.containsKey("single") ? TemplateHazards.of(object) : null;
  }

  /** Normalizers that replace the empty text leave an alignment that does not fit. */
  private static @Nullable String ofReplacements(TokenizerDefinition definition) {
    boolean empty =
        objects(definition.component("normalizer"))
            .map(object -> object.get("pattern"))
            .anyMatch(
                pattern ->
                    pattern instanceof Map<?, ?> map
                        && ("".equals(map.get("String"))
                            || (map.get("Regex") instanceof String regex
                                && EmptyMatch.isPossible(regex))));
    return empty ? "a normalizer may replace the empty text" : null;
  }

  /** A template takes one text, or two for a pair; behind another it gets the pieces of that. */
  private static @Nullable String ofTemplates(TokenizerDefinition definition) {
    long templates =
        objects(definition.component("post_processor"))
            .filter(object -> object.containsKey("single"))
            .count();
    return templates > 1 ? "a template stands behind another" : null;
  }

  /** An encoding is computed more than once, and its parts must fit. */
  private static @Nullable String ofDropout(TokenizerDefinition definition) {
    Object dropout = definition.model().get("dropout");
    return dropout instanceof Number chance && chance.doubleValue() != 0
        ? "with a dropout of " + chance + " each encoding is another"
        : null;
  }

  /** With a continuing_subword_prefix, BPE cuts its length off the right token of each merge. */
  private static @Nullable String ofMerges(TokenizerDefinition definition) {
    if (!(definition.model().get("continuing_subword_prefix") instanceof String prefix)
        || prefix.isEmpty()
        || !"BPE".equals(definition.model().get("type"))) {
      return null;
    }
    int cut = prefix.getBytes(StandardCharsets.UTF_8).length;
    boolean[] unsound = new boolean[1];
    definition.forEachMerge(
        (utf8, from, right, to) ->
            unsound[0] |=
                to - right < cut || (right + cut < to && (utf8[right + cut] & 0xC0) == 0x80));
    return unsound[0]
        ? "a merge's right token is shorter than the continuing_subword_prefix"
        : null;
  }

  /** An added token of which the normalizer leaves nothing is found between the bytes of a text. */
  private static @Nullable String ofAddedTokens(TokenizerDefinition definition) {
    int count = definition.addedTokens().size();
    if (count > MOST_ADDED_TOKENS) {
      return "%,d added tokens are more than %,d, and take minutes"
          .formatted(count, MOST_ADDED_TOKENS);
    }
    boolean erases =
        objects(definition.component("normalizer"))
            .anyMatch(
                object ->
                    "".equals(object.get("content"))
                        || ERASING.contains(String.valueOf(object.get("type"))));
    if (!erases) {
      return null;
    }
    boolean replaces =
        objects(definition.component("normalizer"))
            .anyMatch(object -> "".equals(object.get("content")));
    return definition.addedTokens().stream()
        .filter(AddedToken::normalized)
        .filter(token -> replaces || token.content().codePoints().noneMatch(Hazards::isPlain))
        .findFirst()
        .map(token -> "the normalizer may leave nothing of the added token " + token.id())
        .orElse(null);
  }

  private static boolean isPlain(int codePoint) {
    return codePoint > ' ' && codePoint < 0x7F;
  }
}
