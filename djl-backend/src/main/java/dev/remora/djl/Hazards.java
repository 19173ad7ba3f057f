package dev.remora.djl;

import dev.remora.core.definition.Decoder;
import dev.remora.core.definition.Model;
import dev.remora.core.definition.Normalizer;
import dev.remora.core.definition.PostProcessor;
import dev.remora.core.definition.PreTokenizer;
import dev.remora.core.definition.StringPattern;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.text.Utf8;
import dev.remora.core.vocabulary.AddedToken;
import dev.remora.core.vocabulary.StrippedWhiteSpace;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Definitions that tokenizers 0.21.4 accepts, or aborts on, and that would end or hang the process:
 * a Rust panic under JNI is an abort. Each rule names what it prevents; all but those of the regex
 * and the number of added tokens refuse only what is malformed.
 */
final class Hazards {
  /** Adding one compares it with all before: these take about ten seconds, inside a native call. */
  private static final int MAX_ADDED_TOKENS = 1 << 15;

  private Hazards() {}

  /** The first hazard of a definition; empty if it has none. */
  static Optional<String> of(TokenizerDefinition definition) {
    return Stream.of(
            definition.normalizers().stream().map(Hazards::ofNormalizer),
            definition.preTokenizers().stream().map(Hazards::ofPreTokenizer),
            definition.postProcessors().stream().map(Hazards::ofPostProcessor),
            definition.decoders().stream().map(Hazards::ofDecoder),
            Stream.of(
                ofTemplates(definition),
                ofModel(definition.model()),
                ofAddedTokens(definition),
                LengthHazards.ofNormalizers(definition),
                LengthHazards.ofPieces(definition),
                LengthHazards.ofAddedTokens(definition)))
        .flatMap(hazards -> hazards)
        .filter(Objects::nonNull)
        .findFirst();
  }

  /** Whether a regex, its own or GPT-2's built into ByteLevel, runs over the text. */
  static boolean runsRegex(TokenizerDefinition definition) {
    return definition.normalizers().stream()
            .anyMatch(
                step ->
                    step instanceof Normalizer.ByteLevel
                        || (step instanceof Normalizer.Replace replace
                            && replace.pattern() instanceof StringPattern.Regex))
        || definition.preTokenizers().stream()
            .anyMatch(
                step ->
                    step instanceof PreTokenizer.ByteLevel
                        || (step instanceof PreTokenizer.Split split
                            && split.pattern() instanceof StringPattern.Regex));
  }

  private static @Nullable String ofNormalizer(Normalizer normalizer) {
    if (normalizer instanceof Normalizer.Precompiled precompiled
        && !PrecompiledCharsmap.isSound(precompiled.charsmap())) {
      return "the precompiled_charsmap is damaged";
    }
    return normalizer instanceof Normalizer.Replace replace ? ofReplacement(replace) : null;
  }

  /** Normalizers that replace the empty text leave an alignment that does not fit. */
  private static @Nullable String ofReplacement(Normalizer.Replace replace) {
    StringPattern pattern = replace.pattern();
    boolean matchesNothing =
        pattern instanceof StringPattern.Literal literal
            ? literal.text().isEmpty()
            : pattern instanceof StringPattern.Regex regex
                && EmptyMatch.isPossible(regex.expression());
    return matchesNothing ? "a normalizer may replace the empty text" : ofPattern(pattern);
  }

  private static @Nullable String ofPreTokenizer(PreTokenizer preTokenizer) {
    if (preTokenizer instanceof PreTokenizer.FixedLength fixed && fixed.length() == 0) {
      return "FixedLength has the length 0";
    }
    return preTokenizer instanceof PreTokenizer.Split split ? ofPattern(split.pattern()) : null;
  }

  private static @Nullable String ofPostProcessor(PostProcessor processor) {
    return processor instanceof PostProcessor.Template template
        ? TemplateHazards.of(template)
        : null;
  }

  private static @Nullable String ofDecoder(Decoder decoder) {
    if (decoder instanceof Decoder.Strip strip && strip.stop() != 0) {
      return "a Strip decoder that cuts at the end fails on a token that is only cut";
    }
    return decoder instanceof Decoder.Replace replace ? ofPattern(replace.pattern()) : null;
  }

  private static @Nullable String ofPattern(StringPattern pattern) {
    return pattern instanceof StringPattern.Regex regex && Repetition.isNested(regex.expression())
        ? "the regex " + regex.expression() + " can take exponential time" // retry-limit-in-match
        : null;
  }

  /** A template takes one text, or two for a pair; after another it gets the pieces of that. */
  private static @Nullable String ofTemplates(TokenizerDefinition definition) {
    long templates =
        definition.postProcessors().stream()
            .filter(PostProcessor.Template.class::isInstance)
            .count();
    return templates > 1 ? "a template comes after another" : null;
  }

  private static @Nullable String ofModel(Model model) {
    if (!(model instanceof Model.Bpe bpe)) {
      return null;
    }
    Double dropout = bpe.dropout();
    if (dropout != null && dropout != 0) { // an encoding is computed more than once
      return "with a dropout of " + dropout + " each encoding is another";
    }
    return ofMerges(bpe);
  }

  /** With a continuing_subword_prefix, BPE cuts its length off the right token of each merge. */
  private static @Nullable String ofMerges(Model.Bpe bpe) {
    String prefix = bpe.continuingSubwordPrefix();
    if (prefix == null || prefix.isEmpty()) {
      return null;
    }
    int cut = prefix.getBytes(StandardCharsets.UTF_8).length;
    boolean[] unsound = new boolean[1];
    bpe.merges()
        .forEach(
            (utf8, from, right, to) ->
                unsound[0] |=
                    to - right < cut
                        || (right + cut < to && Utf8.isContinuation(utf8[right + cut])));
    return unsound[0]
        ? "a merge's right token is shorter than the continuing_subword_prefix"
        : null;
  }

  /** An added token of which the normalizer leaves nothing is found between the bytes of a text. */
  private static @Nullable String ofAddedTokens(TokenizerDefinition definition) {
    int count = definition.addedTokens().size();
    if (count > MAX_ADDED_TOKENS) {
      return "%,d added tokens are more than %,d, and take minutes"
          .formatted(count, MAX_ADDED_TOKENS);
    }
    Optional<AddedToken> conflict = whiteSpaceConflict(definition);
    if (conflict.isPresent()) { // "AddedVocabulary bad split", or gigabytes of overlapping tokens
      return "the added token %d is white space that tokens take from each other"
          .formatted(conflict.get().id());
    }
    boolean removes = definition.normalizers().stream().anyMatch(Hazards::removes);
    if (!removes && definition.normalizers().stream().noneMatch(Hazards::erases)) {
      return null;
    }
    return definition.addedTokens().stream()
        .filter(AddedToken::normalized)
        .filter(token -> removes || hasNothingPlain(token))
        .findFirst()
        .map(token -> "the normalizer may leave nothing of the added token " + token.id())
        .orElse(null);
  }

  private static Optional<AddedToken> whiteSpaceConflict(TokenizerDefinition definition) {
    List<AddedToken> raw = new ArrayList<>();
    List<AddedToken> normalized = new ArrayList<>();
    for (AddedToken token : definition.addedTokens()) {
      (token.normalized() ? normalized : raw).add(token);
    }
    return StrippedWhiteSpace.conflict(raw, Hazards::isBlank)
        .or(
            () ->
                StrippedWhiteSpace.conflict(
                    normalized, token -> isBlank(token) || mayBecomeBlank(definition, token)));
  }

  private static boolean isBlank(AddedToken token) {
    return token.content().codePoints().allMatch(TextLimits::isSpace);
  }

  private static boolean mayBecomeBlank(TokenizerDefinition definition, AddedToken token) {
    return definition.normalizers().stream()
        .anyMatch(
            normalizer ->
                normalizer instanceof Normalizer.Replace replace
                    ? replace.content().isBlank()
                    : erases(normalizer) && hasNothingPlain(token));
  }

  private static boolean removes(Normalizer normalizer) {
    return normalizer instanceof Normalizer.Replace replace && replace.content().isEmpty();
  }

  /** Whether a normalizer can leave nothing of a text without plain characters. */
  private static boolean erases(Normalizer normalizer) {
    return normalizer instanceof Normalizer.Bert
        || normalizer instanceof Normalizer.Nmt
        || normalizer instanceof Normalizer.Precompiled
        || normalizer instanceof Normalizer.Strip
        || normalizer instanceof Normalizer.StripAccents;
  }

  private static boolean hasNothingPlain(AddedToken token) {
    return token.content().codePoints().noneMatch(Hazards::isPlain);
  }

  private static boolean isPlain(int codePoint) {
    return codePoint > ' ' && codePoint < 0x7F;
  }
}
