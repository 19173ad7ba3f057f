package dev.remora.engine;

import dev.remora.core.engine.AddedToken;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From a text to the ids before the post-processor: added tokens of the raw text; the rest
 * normalized; added tokens of the normalized text; the rest cut into pre-tokens; each of them
 * through the model. Thread-safe.
 */
final class Encoder {
  private final @Nullable AddedTokens rawTokens;
  private final @Nullable AddedTokens normalizedTokens;
  private final Normalizer normalizer;
  private final PreTokenizer preTokenizer;
  private final BytePairModel model;

  Encoder(
      List<AddedToken> added,
      Normalizer normalizer,
      PreTokenizer preTokenizer,
      BytePairModel model) {
    this.normalizer = normalizer;
    this.preTokenizer = preTokenizer;
    this.model = model;
    this.rawTokens = tokens(added, false);
    this.normalizedTokens = tokens(added, true);
  }

  private @Nullable AddedTokens tokens(List<AddedToken> added, boolean normalized) {
    Scratch scratch = new Scratch(model.pairs());
    List<AddedToken> tokens = new ArrayList<>();
    List<byte[]> contents = new ArrayList<>();
    for (AddedToken token : added) {
      if (token.normalized() == normalized && !token.content().isEmpty()) {
        tokens.add(token);
        contents.add(
            normalized
                ? normalizer.apply(token.content(), scratch)
                : token.content().getBytes(StandardCharsets.UTF_8));
      }
    }
    return tokens.isEmpty() ? null : new AddedTokens(tokens, contents);
  }

  /**
   * Fills the ids of the scratch; with a recorder, tells it where each comes from. May stop once
   * there are more than {@code enough}.
   */
  void encode(String text, Scratch scratch, @Nullable Recorder recorder, int enough) {
    scratch.enough = enough;
    Text raw = scratch.raw;
    raw.set(text, recorder != null);
    scratch.ids.clear();
    if (rawTokens == null) {
      encodeRaw(raw, 0, raw.length, scratch, recorder);
      return;
    }
    Segments segments = scratch.rawSegments;
    rawTokens.split(raw.bytes, 0, raw.length, segments);
    for (int index = 0; index < segments.count() && scratch.ids.count <= scratch.enough; index++) {
      int from = segments.from(index);
      int to = segments.to(index);
      if (segments.id(index) == Segments.TEXT) {
        encodeRaw(raw, from, to, scratch, recorder);
      } else {
        add(segments.id(index), raw, from, to, scratch, recorder);
      }
    }
  }

  private static void add(
      int id, Text text, int from, int to, Scratch scratch, @Nullable Recorder recorder) {
    scratch.ids.add(id);
    if (recorder != null) {
      recorder.addedToken(text, from, to);
    }
  }

  private void encodeRaw(Text raw, int from, int to, Scratch scratch, @Nullable Recorder recorder) {
    Text text = normalizer.apply(raw, from, to, scratch);
    int start = text == raw ? from : 0;
    int end = text == raw ? to : text.length;
    if (normalizedTokens == null) {
      encodeNormalized(text, start, end, from == 0, scratch, recorder);
      return;
    }
    Segments segments = scratch.segments;
    normalizedTokens.split(text.bytes, start, end, segments);
    for (int index = 0; index < segments.count() && scratch.ids.count <= scratch.enough; index++) {
      int pieceFrom = segments.from(index);
      int pieceTo = segments.to(index);
      if (segments.id(index) == Segments.TEXT) {
        boolean isFirst = from == 0 && pieceFrom == start;
        encodeNormalized(text, pieceFrom, pieceTo, isFirst, scratch, recorder);
      } else {
        add(segments.id(index), text, pieceFrom, pieceTo, scratch, recorder);
      }
    }
  }

  private void encodeNormalized(
      Text piece, int from, int to, boolean isFirst, Scratch scratch, @Nullable Recorder recorder) {
    if (from == to) {
      return;
    }
    Text text = preTokenizer.prepare(piece, from, to, isFirst, scratch);
    byte[] bytes = text.bytes;
    int at = text == piece ? from : 0;
    int end = text == piece ? to : text.length;
    Scanner scanner = preTokenizer.scanner();
    WordBlock block = scratch.block;
    while (at < end && scratch.ids.count <= scratch.enough) {
      int before = scratch.ids.count;
      at = block.fill(bytes, at, end, scanner);
      model.encode(block, scratch);
      if (recorder != null) {
        recorder.words(text, block, scratch.ids, before);
      }
    }
  }
}
