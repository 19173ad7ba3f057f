package dev.remora.chat.response;

import dev.remora.DecodeStream;
import dev.remora.ResponseException;
import dev.remora.StopMatch;
import dev.remora.StopMatcher;
import dev.remora.StopSequences;
import dev.remora.UnknownTokenException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Follows one reply id by id: the ids are decoded, stops end it, and what is left is parsed. The
 * stream must keep special tokens ({@code skipSpecialTokens(false)}), as they are what most
 * templates go by. Not thread-safe: it belongs to one reply.
 */
public final class ResponseStream {
  private final StopMatcher matcher;
  private final ResponseParser parser;

  private ResponseStream(StopMatcher matcher, ResponseParser parser) {
    this.matcher = Objects.requireNonNull(matcher, "matcher");
    this.parser = Objects.requireNonNull(parser, "parser");
  }

  /** Ids to events. The matcher and the parser are used by nothing else. */
  public static ResponseStream of(StopMatcher matcher, ResponseParser parser) {
    return new ResponseStream(matcher, parser);
  }

  /** Ids to events, without stops. The stream and the parser are used by nothing else. */
  public static ResponseStream of(DecodeStream stream, ResponseParser parser) {
    return new ResponseStream(StopMatcher.of(stream, StopSequences.builder().build()), parser);
  }

  /**
   * Takes an id, and gives what it settles.
   *
   * @throws UnknownTokenException if the id has no token; the stream is as before
   * @throws ResponseException as {@link ResponseParser#feed(String)}
   * @throws IllegalStateException after a stop, {@link #finish()} or a failure
   */
  public List<ResponseEvent> push(int id) {
    List<ResponseEvent> settled = new ArrayList<>(2);
    push(id, settled::add);
    return settled;
  }

  /**
   * Takes an id, and tells what it settles.
   *
   * @param events is told each event as it is found
   * @throws UnknownTokenException if the id has no token; the stream is as before
   * @throws ResponseException as {@link ResponseParser#feed(String, Consumer)}
   * @throws IllegalStateException after a stop, {@link #finish()} or a failure
   */
  public void push(int id, Consumer<? super ResponseEvent> events) {
    Objects.requireNonNull(events, "events"); // before the id is taken
    parser.feed(matcher.push(id), events);
  }

  /**
   * Ends the reply and gives the message; to be called after a stop too.
   *
   * @throws ResponseException as {@link ResponseParser#finish()}
   * @throws IllegalStateException after {@link #finish()} or a failure
   */
  public ResponseMessage finish() {
    return finish(event -> {});
  }

  /**
   * Ends the reply and gives the message; to be called after a stop too.
   *
   * @param events is told each event as it is found
   * @throws ResponseException as {@link ResponseParser#finish(Consumer)}
   * @throws IllegalStateException after {@link #finish()} or a failure
   */
  public ResponseMessage finish(Consumer<? super ResponseEvent> events) {
    Objects.requireNonNull(events, "events"); // before the text that is left is taken
    if (!matcher.isStopped()) {
      parser.feed(matcher.finish(), events);
    }
    return parser.finish(events);
  }

  /** Whether a stop ended the reply. */
  public boolean isStopped() {
    return matcher.isStopped();
  }

  /** What ended the reply; empty while nothing did. */
  public Optional<StopMatch> match() {
    return matcher.match();
  }
}
