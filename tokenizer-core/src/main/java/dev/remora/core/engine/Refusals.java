package dev.remora.core.engine;

import dev.remora.RefusedToken;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The added tokens that were not recognised in a text that is being encoded. One that overlaps one
 * that begins before it is left out: it would not have been found after it. Of one call.
 */
public final class Refusals {
  private final List<RefusedToken> tokens = new ArrayList<>();

  /** None yet. */
  public Refusals() {}

  /**
   * Adds one; they may come in any order, as normalized tokens are looked for after others.
   *
   * @param start where its spelling begins, as a UTF-16 index of the text that is being encoded
   * @param end where it ends
   */
  public void add(int start, int end, int id) {
    tokens.add(new RefusedToken(start, end, id));
  }

  /** Adds those of a part of the text that begins at an index of it. */
  void addAll(Refusals ofPart, int start) {
    for (RefusedToken token : ofPart.tokens()) {
      add(token.start() + start, token.end() + start, token.id());
    }
  }

  /** Those that were added, in the order of the text. */
  List<RefusedToken> tokens() {
    tokens.sort(Comparator.comparingInt(RefusedToken::start));
    List<RefusedToken> apart = new ArrayList<>(tokens.size());
    int end = 0;
    for (RefusedToken token : tokens) {
      if (token.start() >= end) {
        apart.add(token);
        end = token.end();
      }
    }
    return apart;
  }
}
