package dev.remora;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns the ids of one generation into the text that may be given out, and ends it at the first
 * stop.
 *
 * <p>After each token, in this order: a hidden stop id, a visible stop id, then stop strings. Of
 * strings, the one that ends first wins, and of those that end together the longest. What is held
 * back is exactly the longest suffix of the text that could still become a stop string. Nothing
 * after a stop is given out.
 *
 * <p>Not thread-safe: a matcher belongs to one generation.
 */
public final class StopMatcher {
  private final DecodeStream stream;
  private final StopSequences stops;
  private final StringBuilder held = new StringBuilder();
  private StopAutomaton.State state;
  private int tokens;
  private boolean finished;
  private @Nullable StopMatch match;

  private StopMatcher(DecodeStream stream, StopSequences stops) {
    this.stream = stream;
    this.stops = stops;
    this.state = stops.automaton().start();
  }

  /**
   * A matcher over a stream of its own.
   *
   * @param stream decodes the ids; used by nothing else
   * @param stops what ends the generation
   */
  public static StopMatcher of(DecodeStream stream, StopSequences stops) {
    return new StopMatcher(stream, stops);
  }

  /**
   * The text to be given out after this id; may be empty. Once {@link #isStopped()}, it is the
   * last.
   *
   * @throws UnknownTokenException if the id has no token; the matcher is as before
   * @throws IllegalStateException after a stop or {@link #finish()}
   */
  public String push(int id) {
    checkOpen();
    boolean counts = tokens >= stops.minTokens();
    if (counts && stops.isHidden(id)) {
      return stopAt(id, end());
    }
    String text = stream.push(id);
    if (counts && stops.isVisible(id)) {
      return stopAt(id, flush(text + stream.finish()));
    }
    tokens++;
    return advance(text, counts);
  }

  private String stopAt(int id, String text) {
    if (match == null) { // else a string in what the stream still held, which ended before
      match = StopMatch.ofId(id, stops.isEos(id));
    }
    return text;
  }

  /** Everything that is left of the tokens so far, up to a stop string in it. */
  private String end() {
    String text = advance(stream.finish(), tokens > stops.minTokens());
    return match == null ? text + flush("") : text;
  }

  /**
   * The text that was held back. Ends the matcher. Where the text that the stream held back makes a
   * stop string, it stops there.
   *
   * @throws IllegalStateException after a stop, or if it was called before
   */
  public String finish() {
    checkOpen();
    finished = true;
    return end();
  }

  private void checkOpen() {
    if (finished || match != null) {
      throw new IllegalStateException("the generation has ended");
    }
  }

  private String flush(String text) {
    String all = held.append(text).toString();
    held.setLength(0);
    return all;
  }

  private String advance(String text, boolean counts) {
    for (int at = 0; at < text.length(); at++) {
      state = stops.automaton().after(state, text.charAt(at));
      String string = state.match();
      if (string != null && counts) {
        return stopAt(string, text.substring(0, at + 1));
      }
    }
    held.append(text);
    int free = held.length() - state.held();
    String out = held.substring(0, free);
    held.delete(0, free);
    return out;
  }

  private String stopAt(String string, String text) {
    match = StopMatch.ofString(string);
    String all = flush(text);
    return stops.isVisible(string) ? all : all.substring(0, all.length() - string.length());
  }

  /** Whether a stop ended the generation. */
  public boolean isStopped() {
    return match != null;
  }

  /** What ended the generation; empty while nothing did. */
  public Optional<StopMatch> match() {
    return Optional.ofNullable(match);
  }
}
