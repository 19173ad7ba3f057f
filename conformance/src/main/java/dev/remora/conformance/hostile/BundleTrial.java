package dev.remora.conformance.hostile;

import dev.remora.DecodeOptions;
import dev.remora.DecodeStream;
import dev.remora.EncodeOptions;
import dev.remora.Encoding;
import dev.remora.Tokenizer;
import dev.remora.TokenizerException;
import dev.remora.conformance.ShownText;
import dev.remora.core.vocabulary.AddedToken;
import dev.remora.forms.BundleForms;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One bundle on one engine: loaded, checked, and made to encode and decode. Every step gives a
 * right result or a {@link TokenizerException}; all else is thrown.
 */
final class BundleTrial {
  private static final int SHOWN = 60; // characters of a text or ids in a message

  private final TrialSubject subject;
  private final Consumer<String> steps;
  private final List<String> results = new ArrayList<>();

  /**
   * @param steps hears of each step before it is done
   */
  BundleTrial(TrialSubject subject, Consumer<String> steps) {
    this.subject = subject;
    this.steps = steps;
  }

  /**
   * Tries the bundle.
   *
   * @return what each text gave, in the order of the texts; empty if the bundle was refused
   */
  List<String> run(Path directory, String engine, List<String> ownTexts) {
    List<String> texts = new ArrayList<>(ownTexts);
    typed("read", () -> texts.addAll(HostileTexts.with(addedTokens(directory))));
    typed(
        "load",
        () -> {
          try (Tokenizer tokenizer = subject.load(directory, engine)) {
            typed("self-check", () -> check(tokenizer));
            texts.forEach(text -> results.add(text(tokenizer, text)));
          }
          return "";
        });
    return results;
  }

  private String check(Tokenizer tokenizer) {
    subject.selfCheck(tokenizer);
    return "";
  }

  private List<String> addedTokens(Path directory) {
    return BundleForms.define(subject.read(directory)).addedTokens().stream()
        .map(AddedToken::content)
        .toList();
  }

  private String text(Tokenizer tokenizer, String text) {
    return encode(tokenizer, text, EncodeOptions.DEFAULT)
        + " "
        + encode(tokenizer, text, EncodeOptions.NO_SPECIAL_TOKENS);
  }

  /** What came of it, in short: equal for equal ids, tokens and offsets. */
  private String encode(Tokenizer tokenizer, String text, EncodeOptions options) {
    String given = shown(text);
    return typed(
        "encode " + given,
        () -> {
          Encoding encoding = tokenizer.encode(text, options);
          int[] ids = encoding.ids();
          typed("count " + given, () -> require(tokenizer.count(text, options) == ids.length));
          String details = typed("tokens and offsets " + given, () -> details(encoding, text));
          typed("decode " + given, () -> decode(tokenizer, ids, DecodeOptions.DEFAULT));
          typed("decode " + given, () -> decode(tokenizer, ids, DecodeOptions.SKIP_SPECIAL_TOKENS));
          return shown(Arrays.toString(ids)) + "#" + Arrays.hashCode(ids) + " " + details;
        });
  }

  private static String details(Encoding encoding, String text) {
    int hash = encoding.tokens().hashCode();
    require(encoding.tokens().size() == encoding.size());
    for (int index = 0; index < encoding.size(); index++) {
      int start = encoding.start(index);
      int end = encoding.end(index);
      require(0 <= start && start <= end && end <= text.length());
      hash = 31 * (31 * hash + start) + end;
    }
    return Integer.toString(hash);
  }

  private String decode(Tokenizer tokenizer, int[] ids, DecodeOptions options) {
    String decoded = tokenizer.decode(ids, options);
    return typed(
        "stream",
        () -> {
          StringBuilder streamed = new StringBuilder();
          DecodeStream stream = tokenizer.decodeStream(options);
          for (int id : ids) {
            stream.push(id, streamed);
          }
          stream.finish(streamed);
          return require(decoded.contentEquals(streamed));
        });
  }

  private static String require(boolean right) {
    if (!right) {
      throw new IllegalStateException("a wrong result");
    }
    return "";
  }

  /** What the step gives; a typed failure is an end that every caller can handle. */
  private String typed(String step, Supplier<Object> work) {
    steps.accept(step);
    try {
      return String.valueOf(work.get());
    } catch (TokenizerException e) {
      return e.kind().code();
    }
  }

  private static String shown(String text) {
    return ShownText.of(text, SHOWN);
  }
}
