package dev.remora.djl;

import dev.remora.core.definition.Decoder;
import dev.remora.core.definition.DefinitionLimits;
import dev.remora.core.definition.PostProcessor;
import dev.remora.core.definition.PostProcessor.TemplatePiece;
import dev.remora.core.definition.PostProcessor.TemplateTokens;
import dev.remora.core.definition.PreTokenizer;
import dev.remora.core.definition.StringPattern;
import dev.remora.core.definition.TokenizerDefinition;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which definitions the native library may have. In tokenizers 0.21.4 a panic ends the process, an
 * allocation that fails does too, and nothing ends a loop; so what may go there is a list of what
 * is known to be safe, and not of what is known to do harm. A list of harm is never complete.
 *
 * <p>Each component is there with the values that are safe, and compositions with those components
 * that may stand side by side. What every known tokenizer has is on it.
 */
final class SafeDefinition {
  private static final int MAX_PROCESSORS = 4;
  private static final int MAX_TEMPLATE_PIECES = 32;
  private static final int MAX_TOKENS_OF_A_PIECE = 32;

  private SafeDefinition() {}

  /** Why the native library may not have a definition; empty if it may. */
  static Optional<String> refusal(TokenizerDefinition definition) {
    SafeNormalizers.Growth growth = SafeNormalizers.of(definition.normalizers());
    return Stream.of(
            growth.refusal(),
            ofPreTokenizers(definition.preTokenizers()),
            SafeModel.refusal(definition),
            ofPostProcessors(definition.postProcessors()),
            ofDecoders(definition.decoders()),
            SafeAddedTokens.refusal(definition, growth.factor()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> ofPattern(StringPattern pattern) {
    return pattern instanceof StringPattern.Regex regex
            && SafeRegex.of(regex.expression()) instanceof SafeRegex.Refused refused
        ? Optional.of(refused.reason())
        : Optional.empty();
  }

  private static Optional<String> ofPreTokenizers(List<PreTokenizer> steps) {
    if (steps.size() > DefinitionLimits.MAX_STEPS) {
      return Optional.of(
          String.format(Locale.ROOT, "the pre-tokenizer has %,d steps", steps.size()));
    }
    // Both make a text longer, and ByteLevel twice as long each time.
    if (count(steps, PreTokenizer.ByteLevel.class) > 1) {
      return Optional.of("the pre-tokenizer spells bytes more than once");
    }
    if (count(steps, PreTokenizer.MetaspaceSplit.class) > 1) {
      return Optional.of("the pre-tokenizer has more than one Metaspace");
    }
    return steps.stream().map(SafeDefinition::ofPreTokenizer).flatMap(Optional::stream).findFirst();
  }

  private static Optional<String> ofPreTokenizer(PreTokenizer step) {
    if (step instanceof PreTokenizer.FixedLength fixed && fixed.length() == 0) {
      return Optional.of("FixedLength has the length 0");
    }
    return step instanceof PreTokenizer.Split split ? ofPattern(split.pattern()) : Optional.empty();
  }

  private static long count(List<?> steps, Class<?> kind) {
    return steps.stream().filter(kind::isInstance).count();
  }

  private static Optional<String> ofPostProcessors(List<PostProcessor> steps) {
    if (steps.size() > MAX_PROCESSORS) {
      return Optional.of(
          String.format(Locale.ROOT, "the post-processor has %,d steps", steps.size()));
    }
    long addingTokens =
        steps.stream().filter(step -> !(step instanceof PostProcessor.ByteLevel)).count();
    if (addingTokens > 1) {
      return Optional.of("a post-processor that adds tokens comes after another");
    }
    return steps.stream()
        .filter(PostProcessor.Template.class::isInstance)
        .map(step -> ofTemplate((PostProcessor.Template) step))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** A template looks up what it names without asking, and takes one text. */
  private static Optional<String> ofTemplate(PostProcessor.Template template) {
    if (template.single().size() > MAX_TEMPLATE_PIECES) {
      return Optional.of(
          String.format(Locale.ROOT, "the template has %,d pieces", template.single().size()));
    }
    if (count(template.single(), TemplatePiece.Text.class) > 1) {
      return Optional.of("the template for one text has more than one place for it");
    }
    for (TemplatePiece piece : template.single()) {
      if (piece instanceof TemplatePiece.Text text && text.isSecond()) {
        return Optional.of("the template for one text has a place for a second");
      }
      if (piece instanceof TemplatePiece.Special special) {
        TemplateTokens tokens = template.specialTokens().get(special.name());
        if (tokens == null) {
          return Optional.of("the template's special token " + special.name() + " is not defined");
        }
        if (tokens.ids().size() > MAX_TOKENS_OF_A_PIECE) {
          return Optional.of(
              String.format(
                  Locale.ROOT, "a piece of the template has %,d tokens", tokens.ids().size()));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> ofDecoders(List<Decoder> steps) {
    if (steps.size() > DefinitionLimits.MAX_STEPS) {
      return Optional.of(String.format(Locale.ROOT, "the decoder has %,d steps", steps.size()));
    }
    return steps.stream().map(SafeDefinition::ofDecoder).flatMap(Optional::stream).findFirst();
  }

  private static Optional<String> ofDecoder(Decoder step) {
    if (step instanceof Decoder.Strip strip && strip.stop() != 0) {
      return Optional.of("a Strip decoder that cuts at the end fails on a token that is only cut");
    }
    return step instanceof Decoder.Replace replace
        ? ofPattern(replace.pattern())
        : Optional.empty();
  }
}
