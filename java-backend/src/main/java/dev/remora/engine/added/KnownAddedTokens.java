package dev.remora.engine.added;

import dev.remora.core.definition.TokenizerDefinition;
import dev.remora.core.text.Utf8;
import dev.remora.core.vocabulary.AddedToken;
import dev.remora.core.vocabulary.StrippedWhiteSpace;
import dev.remora.core.vocabulary.Vocabulary;
import dev.remora.engine.added.AddedTokenPlan.Sought;
import dev.remora.engine.normalize.NormalizationBuffers;
import dev.remora.engine.normalize.NormalizationPipeline;
import dev.remora.engine.reading.Reading;
import dev.remora.engine.text.CharacterClasses;
import dev.remora.engine.text.Utf8Text;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads the added tokens of a definition, and checks that they are known exactly. */
public final class KnownAddedTokens {
  /** Bytes of one token; what looks like it may be compared at each place of a text. */
  private static final int MAX_TOKEN_BYTES = 1 << 10;

  /** Bytes of a token's normalized form. */
  private static final int MAX_NORMALIZED_BYTES = 8 * MAX_TOKEN_BYTES;

  /** Bytes of all tokens; each costs about a hundred while they are indexed. */
  private static final int MAX_TOTAL_BYTES = 1 << 20;

  private final Vocabulary vocabulary;
  private final NormalizationPipeline normalization;
  private final NormalizationBuffers buffers = new NormalizationBuffers();
  private final Utf8Text content = new Utf8Text();
  private final Set<Integer> ids = new HashSet<>();
  private final Set<ByteBuffer> rawContents = new HashSet<>();
  private final Set<ByteBuffer> normalizedContents = new HashSet<>();
  private final List<Sought> raw = new ArrayList<>();
  private final List<Sought> normalized = new ArrayList<>();
  private long totalBytes;

  private KnownAddedTokens(Vocabulary vocabulary, NormalizationPipeline normalization) {
    this.vocabulary = vocabulary;
    this.normalization = normalization;
  }

  /** The added tokens of a definition with this normalizer. */
  public static Reading<AddedTokenPlan> read(
      TokenizerDefinition definition, NormalizationPipeline normalization) {
    KnownAddedTokens reader = new KnownAddedTokens(definition.vocabulary(), normalization);
    for (AddedToken token : definition.addedTokens()) {
      Optional<String> problem = reader.add(token);
      if (problem.isPresent()) {
        return unknown(token, problem.get());
      }
    }
    Optional<AddedToken> conflict = conflict(reader.raw).or(() -> conflict(reader.normalized));
    if (conflict.isPresent()) {
      return unknown(conflict.get(), "is white space that tokens take from each other");
    }
    return Reading.known(
        new AddedTokenPlan(reader.raw, reader.normalized, definition.splitsSpecialTokens()));
  }

  private static Reading<AddedTokenPlan> unknown(AddedToken token, String problem) {
    return Reading.unknown(
        String.format(Locale.ROOT, "the added token %d %s", token.id(), problem));
  }

  private static Optional<AddedToken> conflict(List<Sought> sought) {
    Set<AddedToken> blank = new HashSet<>();
    for (Sought one : sought) {
      if (isWhiteSpace(one.utf8())) {
        blank.add(one.token());
      }
    }
    return StrippedWhiteSpace.conflict(
        sought.stream().map(Sought::token).toList(), blank::contains);
  }

  /** Most begin with a sign, for which no table is loaded. */
  private static boolean isWhiteSpace(byte[] utf8) {
    int at = 0;
    while (at < utf8.length && utf8[at] <= ' ' && CharacterClasses.isSpace(utf8, at)) {
      at += Utf8.lengthOf(utf8[at]);
    }
    return at >= utf8.length;
  }

  /** Takes a token; gives what is wrong with it, if anything is. */
  private Optional<String> add(AddedToken token) {
    if (token.content().isEmpty()) {
      return Optional.of("is empty");
    }
    byte[] utf8 = token.content().getBytes(StandardCharsets.UTF_8);
    if (utf8.length > MAX_TOKEN_BYTES) {
      return Optional.of("is too long");
    }
    byte[] sought = token.normalized() ? normalize(token) : utf8;
    if (sought.length == 0) {
      return Optional.of("is normalized to nothing");
    }
    totalBytes += Math.max(utf8.length, sought.length);
    if (sought.length > MAX_NORMALIZED_BYTES || totalBytes > MAX_TOTAL_BYTES) {
      return Optional.of("is too long");
    }
    int modelId = vocabulary.modelIdOf(utf8, 0, utf8.length);
    if (!ids.add(token.id()) || (modelId >= 0 && modelId != token.id())) {
      return Optional.of("shares an id");
    }
    Set<ByteBuffer> contents = token.normalized() ? normalizedContents : rawContents;
    if (!contents.add(ByteBuffer.wrap(sought))) {
      return Optional.of("is found where another one is");
    }
    (token.normalized() ? normalized : raw).add(new Sought(token, sought));
    return Optional.empty();
  }

  private byte[] normalize(AddedToken token) {
    content.set(token.content(), false);
    return normalization.apply(content, buffers);
  }
}
