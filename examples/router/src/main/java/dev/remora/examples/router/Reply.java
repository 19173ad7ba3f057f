package dev.remora.examples.router;

import dev.remora.DecodeOptions;
import dev.remora.StopMatcher;
import dev.remora.StopSequences;
import dev.remora.Tokenizer;
import dev.remora.chat.response.ResponseParser;
import dev.remora.chat.response.ResponseStream;
import java.util.Optional;

/** Ids to the parts of an answer: by the model's response template, or, without one, to text. */
abstract class Reply {
  private Reply() {}

  abstract void push(int id, Delta into);

  abstract void finish(Delta into);

  abstract boolean isStopped();

  /** The reply to a prompt. */
  static Reply of(Tokenizer tokenizer, Optional<ResponseParser> parser, StopSequences stops) {
    // The marks of a response template are special tokens; without one they are nobody's business.
    DecodeOptions options = DecodeOptions.builder().skipSpecialTokens(parser.isEmpty()).build();
    StopMatcher matcher = StopMatcher.of(tokenizer.decodeStream(options), stops);
    return parser.isPresent()
        ? new Parsed(ResponseStream.of(matcher, parser.get()))
        : new Plain(matcher);
  }

  private static final class Parsed extends Reply {
    private final ResponseStream stream;

    Parsed(ResponseStream stream) {
      this.stream = stream;
    }

    @Override
    void push(int id, Delta into) {
      stream.push(id, into::add);
    }

    @Override
    void finish(Delta into) {
      stream.finish(into::add);
    }

    @Override
    boolean isStopped() {
      return stream.isStopped();
    }
  }

  private static final class Plain extends Reply {
    private final StopMatcher matcher;

    Plain(StopMatcher matcher) {
      this.matcher = matcher;
    }

    @Override
    void push(int id, Delta into) {
      into.addContent(matcher.push(id));
    }

    @Override
    void finish(Delta into) {
      if (!matcher.isStopped()) {
        into.addContent(matcher.finish());
      }
    }

    @Override
    boolean isStopped() {
      return matcher.isStopped();
    }
  }
}
