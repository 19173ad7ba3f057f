package dev.remora.core.engine;

import dev.remora.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A definition's decoder as steps that run on tokens as they come. Immutable and thread-safe. */
final class DecoderPlan {
  private static final String[][] CLEANUP = {
    {" .", "."},
    {" ?", "?"},
    {" !", "!"},
    {" ,", ","},
    {" ' ", "'"},
    {" n't", "n't"},
    {" 'm", "'m"},
    {" do not", " don't"},
    {" 's", "'s"},
    {" 've", "'ve"},
    {" 're", "'re"}
  };

  private final List<UnaryOperator<TokenStage>> steps = new ArrayList<>();
  private boolean fused;

  /**
   * The steps of a decoder; an empty one puts a space between tokens.
   *
   * @throws EngineException if it has a step that cannot run on parts
   */
  DecoderPlan(Map<String, Object> decoder) {
    if (decoder.isEmpty()) {
      steps.add(next -> new TokenStages.FirstAndRest(next, token -> token, token -> " " + token));
    } else {
      add(decoder);
    }
  }

  /** The steps of one stream, which end in a collector. */
  TokenStage open(TokenStage collector) {
    TokenStage stage = collector;
    for (int index = steps.size() - 1; index >= 0; index--) {
      stage = steps.get(index).apply(stage);
    }
    return stage;
  }

  private void add(Map<?, ?> decoder) {
    String type = String.valueOf(decoder.get("type"));
    switch (type) {
      case "Sequence" -> addAll(decoder.get("decoders"));
      case "Fuse" -> fused = true; // the collector fuses
      case "Replace" -> addReplace(decoder);
      case "Strip" -> addStrip(decoder);
      case "ByteLevel" -> {
        steps.add(ByteLevelStage::new);
        fused = true;
      }
      case "ByteFallback" -> addOnTokens(type, ByteFallbackStage::new);
      case "Metaspace" -> addMetaspace(decoder);
      case "WordPiece" -> addWordPiece(decoder);
      case "BPEDecoder" -> {
        String suffix = text(decoder, "suffix");
        addOnTokens(type, next -> new TokenStages.Suffix(next, suffix));
      }
      default -> throw refused(type);
    }
  }

  private void addAll(@Nullable Object decoders) {
    if (!(decoders instanceof List<?> list)) {
      throw refused("Sequence");
    }
    for (Object decoder : list) {
      if (!(decoder instanceof Map<?, ?> step)) {
        throw refused("Sequence");
      }
      add(step);
    }
  }

  private void addOnTokens(String type, UnaryOperator<TokenStage> step) {
    if (fused) {
      throw refused(type + " behind a decoder that fuses all tokens");
    }
    steps.add(step);
  }

  private void addReplace(Map<?, ?> decoder) {
    if (!(decoder.get("pattern") instanceof Map<?, ?> pattern)
        || !(pattern.get("String") instanceof String searched)
        || searched.isEmpty()) {
      throw refused("Replace with a regular expression");
    }
    if (fused && searched.codePointCount(0, searched.length()) > 1) {
      throw refused("Replace of several characters behind a decoder that fuses all tokens");
    }
    String content = text(decoder, "content");
    steps.add(next -> new TokenStages.Each(next, token -> token.replace(searched, content)));
  }

  private void addStrip(Map<?, ?> decoder) {
    String content = text(decoder, "content");
    boolean stops = decoder.get("stop") instanceof Long stop && stop != 0;
    if (stops || content.isEmpty() || !(decoder.get("start") instanceof Long most)) {
      throw refused("Strip at the end of tokens");
    }
    int stripped = content.codePointAt(0);
    steps.add(
        fused
            ? next -> new TokenStages.StripStart(next, stripped, most)
            : next -> new TokenStages.Each(next, token -> stripped(token, stripped, most)));
  }

  private static String stripped(String token, int content, long most) {
    int from = 0;
    for (long left = most; left > 0 && from < token.length(); left--) {
      if (token.codePointAt(from) != content) {
        break;
      }
      from += Character.charCount(content);
    }
    return token.substring(from);
  }

  private void addMetaspace(Map<?, ?> decoder) {
    String mark = text(decoder, "replacement");
    boolean prepends = !"never".equals(decoder.get("prepend_scheme"));
    UnaryOperator<String> rest = token -> token.replace(mark, " ");
    UnaryOperator<String> first = prepends ? token -> token.replace(mark, "") : rest;
    addOnTokens("Metaspace", next -> new TokenStages.FirstAndRest(next, first, rest));
  }

  private void addWordPiece(Map<?, ?> decoder) {
    String prefix = text(decoder, "prefix");
    boolean cleans = !Boolean.FALSE.equals(decoder.get("cleanup"));
    UnaryOperator<String> first = token -> cleans ? cleaned(token) : token;
    UnaryOperator<String> rest =
        token ->
            first.apply(token.startsWith(prefix) ? token.substring(prefix.length()) : " " + token);
    addOnTokens("WordPiece", next -> new TokenStages.FirstAndRest(next, first, rest));
  }

  private static String cleaned(String token) {
    String cleaned = token;
    for (String[] replacement : CLEANUP) {
      cleaned = cleaned.replace(replacement[0], replacement[1]);
    }
    return cleaned;
  }

  private static String text(Map<?, ?> decoder, String member) {
    if (decoder.get(member) instanceof String text) {
      return text;
    }
    throw refused(decoder.get("type") + " without " + member);
  }

  private static EngineException refused(String what) {
    return new EngineException(
        "this tokenizer's ids cannot be decoded as a stream: its decoder has " + what,
        Map.of(),
        null);
  }
}
