package dev.remora.engine.encode;

import dev.remora.engine.added.AddedTokenFinder;
import dev.remora.engine.added.TextSegments;
import dev.remora.engine.frame.EncodingRecorder;
import dev.remora.engine.normalize.NormalizationBuffers;
import dev.remora.engine.normalize.NormalizationPipeline;
import dev.remora.engine.split.Scanner;
import dev.remora.engine.split.SplitCall;
import dev.remora.engine.text.IdList;
import dev.remora.engine.text.Utf8Text;
import dev.remora.engine.word.WordBlock;
import dev.remora.engine.word.WordModel;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * One call from a text to the ids before the post-processor, with all that it works in: buffers,
 * and the words met before. Used again for the next call. Of one thread at a time.
 */
final class EncodeCall {
  private final @Nullable AddedTokenFinder rawTokens;
  private final NormalizationPipeline normalization;
  private final @Nullable AddedTokenFinder normalizedTokens;

  private final Utf8Text raw = new Utf8Text();
  private final TextSegments rawSegments = new TextSegments();
  private final NormalizationBuffers normalizationBuffers = new NormalizationBuffers();
  private final TextSegments segments = new TextSegments();
  private final SplitCall splits;
  private final WordBlock block = new WordBlock();
  private final WordModel words;
  private final WordModel.State unguarded;
  private final BitSet barred;
  private final IdList ids = new IdList();
  private final boolean needsOrigins; // of bytes, even where ids are all it is for

  private WordModel.@Nullable State guarded; // made for the first text that needs another
  private WordModel.State model; // of this call
  private @Nullable TextGuard guard; // of this call; null where all is trusted
  private @Nullable EncodingRecorder recorder; // of this call; null where ids are all it is for
  private int maxIds; // of this call: once there are more, it may stop

  EncodeCall(EncodePipeline pipeline) {
    this.rawTokens = pipeline.rawTokens();
    this.normalization = pipeline.normalization();
    this.normalizedTokens = pipeline.normalizedTokens();
    this.splits = pipeline.splitter().newCall();
    this.needsOrigins = pipeline.splitter().needsOrigins(!normalization.isEmpty());
    this.words = pipeline.model();
    this.unguarded = words.newState(new BitSet());
    this.barred = pipeline.barred();
    this.model = unguarded;
  }

  /** The ids of a text, until the next call. */
  IdList encode(String text) {
    return encode(text, null, Integer.MAX_VALUE);
  }

  /** The ids of a text that is guarded, until the next call. */
  IdList encode(TextGuard text) {
    return encode(text, null);
  }

  /** The ids of a text, or more than {@code maxIds} of them, until the next call. */
  IdList encodeUpTo(String text, int maxIds) {
    return encode(text, null, maxIds);
  }

  /** Tells a recorder what the tokens of a text are and where each comes from. */
  void record(String text, EncodingRecorder recorder) {
    encode(text, recorder, Integer.MAX_VALUE);
  }

  /**
   * A text in UTF-8, until the next call.
   *
   * @param withOrigins whether it knows where its bytes come from
   */
  Utf8Text raw(String text, boolean withOrigins) {
    raw.set(text, withOrigins);
    return raw;
  }

  /** The same of a text that is guarded. */
  void record(TextGuard text, EncodingRecorder recorder) {
    encode(text, recorder);
  }

  private IdList encode(TextGuard text, @Nullable EncodingRecorder recorder) {
    guard = text;
    model = guardedModel();
    try {
      return encode(text.text().text(), recorder, Integer.MAX_VALUE);
    } finally {
      guard = null;
      model = unguarded;
    }
  }

  private WordModel.State guardedModel() {
    WordModel.State made = guarded;
    if (made == null) {
      made = barred.isEmpty() ? unguarded : words.newState(barred);
      guarded = made;
    }
    return made;
  }

  private boolean findsNone() {
    return guard != null && guard.text().isPlain();
  }

  private IdList encode(String text, @Nullable EncodingRecorder recorder, int maxIds) {
    begin(recorder, maxIds);
    boolean findsByOrigin = guard != null && !findsNone();
    raw.set(text, recorder != null || needsOrigins || findsByOrigin);
    if (rawTokens == null || findsNone()) {
      encodeRaw(0, raw.length);
    } else {
      encodeSegments(rawTokens);
    }
    this.recorder = null;
    return ids;
  }

  private void begin(@Nullable EncodingRecorder recorder, int maxIds) {
    this.recorder = recorder;
    this.maxIds = maxIds;
    ids.clear();
  }

  private boolean hasEnough() {
    return ids.count > maxIds;
  }

  private void encodeSegments(AddedTokenFinder finder) {
    rawSegments.begin(0);
    while (!hasEnough()
        && finder.next(raw.bytes, 0, raw.length, rawSegments, guardOf(raw, raw.length))) {
      for (int index = 0; index < rawSegments.count() && !hasEnough(); index++) {
        int from = rawSegments.from(index);
        int to = rawSegments.to(index);
        if (rawSegments.id(index) == TextSegments.TEXT) {
          encodeRaw(from, to);
        } else {
          add(rawSegments.id(index), raw, from, to);
        }
      }
    }
  }

  private @Nullable TextGuard guardOf(Utf8Text text, int end) {
    if (guard != null) {
      guard.lookAt(text, end);
    }
    return guard;
  }

  private void add(int id, Utf8Text text, int from, int to) {
    ids.add(id);
    if (recorder != null) {
      recorder.addedToken(text, from, to);
    }
  }

  private void encodeRaw(int from, int to) {
    Utf8Text text = normalization.apply(raw, from, to, normalizationBuffers);
    int start = text == raw ? from : 0;
    int end = text == raw ? to : text.length;
    if (normalizedTokens == null || findsNone()) {
      encodeNormalized(text, start, end);
      return;
    }
    segments.begin(start);
    while (!hasEnough()
        && normalizedTokens.next(text.bytes, start, end, segments, guardOf(text, end))) {
      for (int index = 0; index < segments.count() && !hasEnough(); index++) {
        int pieceFrom = segments.from(index);
        int pieceTo = segments.to(index);
        if (segments.id(index) == TextSegments.TEXT) {
          encodeNormalized(text, pieceFrom, pieceTo);
        } else {
          add(segments.id(index), text, pieceFrom, pieceTo);
        }
      }
    }
  }

  private void encodeNormalized(Utf8Text text, int from, int to) {
    if (from == to) {
      return;
    }
    splits.begin(text, from, to);
    Scanner scanner = splits.scanner();
    if (scanner == null) {
      encodePieces();
    } else {
      encodeAll(scanner);
    }
  }

  /** Encodes a text of which a scanner leaves nothing out. */
  private void encodeAll(Scanner scanner) {
    byte[] bytes = splits.text().bytes;
    int at = splits.from();
    int to = splits.to();
    while (at < to && !hasEnough()) {
      at = block.fill(bytes, at, to, scanner);
      encodeBlock();
    }
  }

  private void encodePieces() {
    byte[] bytes = splits.text().bytes;
    do {
      block.fill(bytes, splits.cursor());
      encodeBlock();
    } while (block.count > 0 && !hasEnough());
  }

  private void encodeBlock() {
    int before = ids.count;
    model.encode(block, ids);
    if (recorder != null) {
      recorder.words(splits.text(), block, model, ids, before);
    }
  }
}
