package dev.remora;

import dev.remora.text.StopAutomaton;
import java.util.Objects;
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
 * <p>Text is given out as a String, or appended to a caller's StringBuilder; both forms may be
 * mixed. A text of which nothing is held back is given out as the stream gives it.
 *
 * <p>Not thread-safe: a matcher belongs to one generation. A null argument is a {@link
 * NullPointerException}.
 */
public final class StopMatcher {
  private final DecodeStream stream;
  private final StopSequences stops;
  private final StopAutomaton automaton;
  private final StringBuilder given = new StringBuilder();
  private StopAutomaton.State state; // what is held back is its prefix
  private int tokens;
  private boolean finished;
  private @Nullable StopMatch match;

  private StopMatcher(DecodeStream stream, StopSequences stops) {
    this.stream = Objects.requireNonNull(stream, "stream");
    this.stops = stops;
    this.automaton = stops.automaton();
    this.state = automaton.start();
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
    if (counts && (stops.isHidden(id) || stops.isVisible(id))) {
      StringBuilder text = new StringBuilder();
      stopAt(id, text);
      return text.toString();
    }
    String text = stream.push(id);
    tokens++;
    boolean passes = state.length() == 0 && automaton.firstBegin(text, 0) == text.length();
    if (passes || text.isEmpty()) {
      return text;
    }
    given.setLength(0);
    given.append(text);
    advance(given, 0, counts);
    return given.toString();
  }

  /**
   * Appends the text to be given out after this id. Once {@link #isStopped()}, it is the last.
   *
   * @param target receives the text
   * @return how many UTF-16 units were appended; may be 0
   * @throws UnknownTokenException if the id has no token; the matcher is as before
   * @throws IllegalStateException after a stop or {@link #finish()}
   */
  public int push(int id, StringBuilder target) {
    checkOpen();
    int from = target.length();
    boolean counts = tokens >= stops.minTokens();
    if (counts && (stops.isHidden(id) || stops.isVisible(id))) {
      stopAt(id, target);
    } else {
      stream.push(id, target);
      tokens++;
      advance(target, from, counts);
    }
    return target.length() - from;
  }

  /** Appends all that is left, up to a stop string in it where the id leaves no text itself. */
  private void stopAt(int id, StringBuilder target) {
    if (stops.isHidden(id)) {
      end(target);
    } else {
      String text = stream.push(id);
      release(target);
      target.append(text);
      stream.finish(target);
    }
    if (match == null) { // else a string in what the stream still held, which ended before
      match = StopMatch.ofId(id, stops.isEos(id));
    }
  }

  /** Appends everything that is left of the tokens so far, up to a stop string in it. */
  private void end(StringBuilder target) {
    int from = target.length();
    stream.finish(target);
    advance(target, from, tokens > stops.minTokens());
    release(target);
  }

  /** Appends what is held back. */
  private void release(StringBuilder target) {
    state.insertInto(target, target.length(), state.length());
    state = automaton.start();
  }

  /**
   * The text that was held back. Ends the matcher. Where the text that the stream held back makes a
   * stop string, it stops there.
   *
   * @throws IllegalStateException after a stop, or if the matcher was finished before
   */
  public String finish() {
    StringBuilder text = new StringBuilder();
    finish(text);
    return text.toString();
  }

  /**
   * Appends the text that was held back. Ends the matcher, as {@link #finish()}.
   *
   * @param target receives the text
   * @return how many UTF-16 units were appended; may be 0
   * @throws IllegalStateException after a stop, or if the matcher was finished before
   */
  public int finish(StringBuilder target) {
    checkOpen();
    finished = true;
    int from = target.length();
    end(target);
    return target.length() - from;
  }

  private void checkOpen() {
    if (finished || match != null) {
      throw new IllegalStateException("the generation has ended");
    }
  }

  /**
   * Makes of new text, which is in the target from {@code from} on, what may be given out: what was
   * held back before it, without what is to be held back now or a stop string takes away.
   */
  private void advance(StringBuilder target, int from, boolean counts) {
    StopAutomaton.State before = state;
    int at = from;
    while (at < target.length()) {
      if (state.length() == 0) {
        at = automaton.firstBegin(target, at);
        if (at == target.length()) {
          break;
        }
      }
      state = automaton.after(state, target.charAt(at));
      at++;
      String string = state.match();
      if (string != null && counts) {
        match = StopMatch.ofString(string);
        state = automaton.start();
        give(before, target, from, at, stops.isVisible(string) ? 0 : string.length());
        return;
      }
    }
    state = state.held();
    give(before, target, from, at, state.length());
  }

  /** Puts the old text before the new up to {@code end}, and cuts some units off their end. */
  private static void give(
      StopAutomaton.State before, StringBuilder target, int from, int end, int cut) {
    int kept = end - from - cut; // of the new text; negative where some of the old is cut too
    target.setLength(from + Math.max(0, kept));
    int old = before.length() + Math.min(0, kept);
    if (old > 0) {
      before.insertInto(target, from, old);
    }
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
