package dev.remora.engine.decode;

import dev.remora.core.decode.EnglishSpacing;
import dev.remora.core.decode.TokenDecoder;
import dev.remora.core.definition.Decoder;
import dev.remora.core.definition.DefinitionLimits;
import dev.remora.core.definition.Metaspace;
import dev.remora.core.definition.PrependScheme;
import dev.remora.core.definition.StringPattern;
import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.engine.EngineSession.WholeDecoder;
import dev.remora.core.text.ByteAlphabet;
import dev.remora.core.text.LossyUtf8;
import dev.remora.engine.reading.Reading;
import dev.remora.engine.regex.CompiledRegex;
import dev.remora.engine.regex.RegexMatcher;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the decoders of a definition that the core's decoder cannot run. */
public final class KnownDecoders {
  private static final byte[] NOTHING = {};
  private static final byte[] SPACE = {' '};

  private final List<DecodingStep> steps = new ArrayList<>();

  private KnownDecoders() {}

  /** The decoder of a definition that needs all tokens; empty where the core's will do. */
  public static Reading<Optional<WholeDecoder>> read(TokenizerDefinition definition) {
    if (TokenDecoder.of(definition).reasonItNeedsAllTokens().isEmpty()) {
      return Reading.known(Optional.empty());
    }
    List<Decoder> decoders = definition.decoders();
    if (decoders.size() > DefinitionLimits.MAX_STEPS) {
      return Reading.unknown(
          String.format(Locale.ROOT, "the decoder has %,d steps", decoders.size()));
    }
    KnownDecoders reader = new KnownDecoders();
    for (Decoder decoder : decoders) {
      Optional<String> problem = reader.add(decoder);
      if (problem.isPresent()) {
        return Reading.unknown("the decoder " + problem.get());
      }
    }
    return Reading.known(Optional.of(new AllTokensDecoder(definition, reader.steps)));
  }

  /** The register: each decoder has its line here. The answer is what is not known of it. */
  private Optional<String> add(Decoder decoder) {
    if (decoder instanceof Decoder.Fuse) {
      steps.add(KnownDecoders::fuse);
    } else if (decoder instanceof Decoder.ByteLevel) {
      steps.add(KnownDecoders::readBytes);
    } else if (decoder instanceof Decoder.ByteFallback) {
      steps.add(new ByteFallbackStep());
    } else if (decoder instanceof Decoder.Bpe bpe) {
      addBpe(utf8(bpe.suffix()));
    } else if (decoder instanceof Decoder.WordPiece wordPiece) {
      addWordPiece(wordPiece);
    } else if (decoder instanceof Decoder.Ctc ctc) {
      addCtc(ctc);
    } else if (decoder instanceof Decoder.MetaspaceDecoder metaspace) {
      return metaspace(metaspace.settings());
    } else if (decoder instanceof Decoder.Strip strip) {
      return strip(strip);
    } else if (decoder instanceof Decoder.Replace replace) {
      return replace(replace);
    }
    return Optional.empty();
  }

  private static void fuse(TokenRow source, TokenRow target) {
    target.append(source.bytes, 0, source.length());
    target.endToken();
  }

  /** A token with a character that spells no byte is its own text. */
  private static void readBytes(TokenRow source, TokenRow target) {
    byte[] spelled = new byte[source.length()];
    int end = 0;
    for (int token = 0; token < source.count; token++) {
      int from = source.from(token);
      int to = source.to(token);
      int next = ByteAlphabet.decode(source.bytes, from, to, spelled, end);
      if (next < 0) {
        System.arraycopy(source.bytes, from, spelled, end, to - from);
        next = end + to - from;
      }
      end = next;
    }
    target.append(utf8(LossyUtf8.decode(spelled, 0, end)));
    target.endToken();
  }

  private void addBpe(byte[] suffix) {
    steps.add(
        DecodingStep.each(
            (source, token, target) -> {
              byte[] content = token + 1 == source.count ? NOTHING : SPACE;
              DecodingStep.replace(source, token, suffix, content, target);
            }));
  }

  private void addWordPiece(Decoder.WordPiece wordPiece) {
    byte[] prefix = utf8(wordPiece.prefix());
    steps.add(
        DecodingStep.each(
            (source, token, target) -> {
              boolean isInside =
                  token > 0 && source.hasAt(source.from(token), source.to(token), prefix);
              target.append(token > 0 && !isInside ? SPACE : NOTHING);
              int from = source.from(token) + (isInside ? prefix.length : 0);
              target.append(source.bytes, from, source.to(token));
            }));
    if (wordPiece.cleanup()) {
      cleanUp();
    }
  }

  private void cleanUp() {
    for (EnglishSpacing spacing : EnglishSpacing.ALL) {
      addReplace(utf8(spacing.written()), utf8(spacing.read()));
    }
  }

  private void addReplace(byte[] replaced, byte[] content) {
    steps.add(
        DecodingStep.each(
            (source, token, target) ->
                DecodingStep.replace(source, token, replaced, content, target)));
  }

  private void addCtc(Decoder.Ctc ctc) {
    steps.add(
        (source, target) -> {
          for (int token = 0; token < source.count; token++) {
            if (token == 0 || !source.equals(token, token - 1)) {
              target.add(source, token);
            }
          }
        });
    addReplace(utf8(ctc.padToken()), NOTHING);
    if (ctc.cleanup()) {
      cleanUp();
      addReplace(utf8(ctc.wordDelimiterToken()), SPACE);
    }
    steps.add(
        (source, target) -> {
          for (int token = 0; token < source.count; token++) {
            if (source.from(token) < source.to(token)) {
              target.add(source, token);
            }
          }
        });
  }

  private Optional<String> metaspace(Metaspace settings) {
    byte[] mark = utf8(settings.replacement());
    if (mark.length == 0) {
      return Optional.of("Metaspace has no replacement");
    }
    boolean prepends = settings.prependScheme() != PrependScheme.NEVER;
    steps.add(
        DecodingStep.each(
            (source, token, target) -> {
              byte[] content = token == 0 && prepends ? NOTHING : SPACE;
              DecodingStep.replace(source, token, mark, content, target);
            }));
    return Optional.empty();
  }

  /** The reference fails on a token of which both cuts take the same character. */
  private Optional<String> strip(Decoder.Strip strip) {
    if (strip.content().isEmpty()) {
      return Optional.of("Strip has no content");
    }
    byte[] character = utf8(Character.toString(strip.content().codePointAt(0)));
    steps.add(
        DecodingStep.each(
            (source, token, target) -> {
              int start = source.from(token);
              int end = source.to(token);
              int from = start;
              for (int cut = 0; cut < strip.start() && source.hasAt(from, end, character); cut++) {
                from += character.length;
              }
              int to = end;
              int last = to - character.length;
              for (int cut = 0;
                  cut < strip.stop() && last >= start && source.hasAt(last, to, character);
                  cut++) {
                to = last;
                last -= character.length;
              }
              target.append(source.bytes, from, Math.max(from, to));
            }));
    return Optional.empty();
  }

  private Optional<String> replace(Decoder.Replace replace) {
    byte[] content = utf8(replace.content());
    if (replace.pattern() instanceof StringPattern.Literal literal && !literal.text().isEmpty()) {
      addReplace(utf8(literal.text()), content);
      return Optional.empty();
    }
    String expression =
        replace.pattern() instanceof StringPattern.Regex regex ? regex.expression() : "";
    Reading<CompiledRegex> reading = CompiledRegex.of(expression);
    if (reading instanceof Reading.Unknown<CompiledRegex> unknown) {
      return Optional.of("Replace has a regex that " + unknown.why() + ": " + expression);
    }
    CompiledRegex compiled = reading.value();
    steps.add((source, target) -> replace(source, compiled.newMatcher(), content, target));
    return Optional.empty();
  }

  /** In an empty token nothing is looked for. */
  private static void replace(
      TokenRow source, RegexMatcher matcher, byte[] content, TokenRow target) {
    for (int token = 0; token < source.count; token++) {
      int copied = source.from(token);
      int to = source.to(token);
      matcher.begin(source.bytes, copied, to);
      while (copied < to && matcher.next()) {
        target.append(source.bytes, copied, matcher.start());
        target.append(content);
        copied = matcher.end();
      }
      target.append(source.bytes, copied, to);
      target.endToken();
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
