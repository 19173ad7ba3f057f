package dev.remora.benchmarks;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import com.knuddels.jtokkit.api.IntArrayList;
import dev.remora.DecodeStream;
import dev.remora.EncodeOptions;
import dev.remora.StopMatcher;
import dev.remora.StopSequences;
import dev.remora.Tokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Who is measured. Special tokens are not added; truncation and padding are off. */
public enum Contender {
  /** DJL's public API, whose {@code encode} copies eight arrays. */
  DJL_ENCODE {
    @Override
    Optional<Subject> open(Model model) {
      HuggingFaceTokenizer tokenizer = djl(model);
      return Optional.of(
          new Subject(
              text -> ints(tokenizer.encode(text, false, false).getIds()),
              text -> tokenizer.encode(text, false, false).getIds().length,
              ids -> tokenizer.decode(longs(ids), false),
              Optional.empty(),
              tokenizer::close));
    }
  },

  /** DJL's raw library, asked for ids alone. */
  DJL_IDS_ONLY {
    @Override
    Optional<Subject> open(Model model) {
      HuggingFaceTokenizer tokenizer = djl(model);
      return Optional.of(
          new Subject(
              text -> ints(rawIds(tokenizer, text)),
              text -> rawIds(tokenizer, text).length,
              ids -> TokenizersLibrary.LIB.decode(tokenizer.getHandle(), longs(ids), false),
              Optional.empty(),
              tokenizer::close));
    }
  },

  /** JTokkit, for the vocabularies that it has. */
  JTOKKIT {
    @Override
    Optional<Subject> open(Model model) {
      return model
          .jtokkit()
          .map(
              encoding ->
                  new Subject(
                      text -> encoding.encodeOrdinary(text).toArray(),
                      encoding::countTokensOrdinary,
                      ids -> encoding.decode(list(ids)),
                      Optional.empty(),
                      () -> {}));
    }
  },

  /** Remora over DJL. */
  REMORA_DJL {
    @Override
    Optional<Subject> open(Model model) {
      return remora(model, "djl");
    }
  },

  /** Remora's own engine, where it is on the class path and serves the model. */
  REMORA_JAVA {
    @Override
    Optional<Subject> open(Model model) {
      return remora(model, "java");
    }
  };

  /** Strings that no text of the corpora holds, but of which some hold the start. */
  private static final StopSequences STOPS =
      StopSequences.builder()
          .hiddenString("\n\nUser:")
          .hiddenString("</answer>")
          .hiddenString("the end.")
          .build();

  /** Opens the contender with a model; empty where it does not have it. */
  abstract Optional<Subject> open(Model model);

  private static HuggingFaceTokenizer djl(Model model) {
    try {
      return HuggingFaceTokenizer.newInstance(
          new ByteArrayInputStream(model.json()),
          Map.of("truncation", "false", "padding", "false"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long[] rawIds(HuggingFaceTokenizer tokenizer, String text) {
    long encoding = TokenizersLibrary.LIB.encode(tokenizer.getHandle(), text, false);
    long[] ids = TokenizersLibrary.LIB.getTokenIds(encoding);
    TokenizersLibrary.LIB.deleteEncoding(encoding);
    return ids;
  }

  private static int[] ints(long[] ids) {
    int[] narrowed = new int[ids.length];
    Arrays.setAll(narrowed, index -> (int) ids[index]);
    return narrowed;
  }

  private static long[] longs(int[] ids) {
    long[] widened = new long[ids.length];
    Arrays.setAll(widened, index -> ids[index]);
    return widened;
  }

  private static IntArrayList list(int[] ids) {
    IntArrayList list = new IntArrayList(ids.length);
    for (int id : ids) {
      list.add(id);
    }
    return list;
  }

  private static Optional<Subject> remora(Model model, String engine) {
    if (!model.isServedBy(engine)) {
      return Optional.empty();
    }
    Tokenizer tokenizer = model.open(engine);
    EncodeOptions plain = EncodeOptions.NO_SPECIAL_TOKENS;
    return Optional.of(
        new Subject(
            text -> tokenizer.encode(text, plain).ids(),
            text -> tokenizer.count(text, plain),
            tokenizer::decode,
            Optional.of(
                new Subject.Streaming(
                    ids -> streamed(tokenizer, ids),
                    ids -> pushed(tokenizer, ids),
                    ids -> pushedWithStops(tokenizer, ids))),
            tokenizer::close));
  }

  private static String streamed(Tokenizer tokenizer, int[] ids) {
    DecodeStream stream = tokenizer.decodeStream();
    StringBuilder text = new StringBuilder();
    for (int id : ids) {
      text.append(stream.push(id));
    }
    return text.append(stream.finish()).toString();
  }

  private static int pushed(Tokenizer tokenizer, int[] ids) {
    DecodeStream stream = tokenizer.decodeStream();
    int length = 0;
    for (int id : ids) {
      length += stream.push(id).length();
    }
    return length + stream.finish().length();
  }

  private static int pushedWithStops(Tokenizer tokenizer, int[] ids) {
    StopMatcher matcher = StopMatcher.of(tokenizer.decodeStream(), STOPS);
    int length = 0;
    for (int id : ids) {
      length += matcher.push(id).length();
    }
    return length + matcher.finish().length();
  }
}
