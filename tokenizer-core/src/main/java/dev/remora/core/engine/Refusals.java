package dev.remora.core.engine;

import dev.remora.RefusedToken;
import java.util.ArrayList;
import java.util.List;

/** The added tokens that were not recognised in a text that is being encoded. Of one call. */
public final class Refusals {
  private final List<RefusedToken> tokens = new ArrayList<>();

  /** None yet. */
  public Refusals() {}

  /**
   * Adds one. One that overlaps the one before is left out: it would not have been found after it.
   *
   * @param start where its spelling begins, as a UTF-16 index of the text that is being encoded
   * @param end where it ends
   */
  public void add(int start, int end, int id) {
    int last = tokens.size() - 1;
    if (last < 0 || tokens.get(last).end() <= start) {
      tokens.add(new RefusedToken(start, end, id));
    }
  }

  /** Adds those of a part of the text that begins at an index of it. */
  void addAll(Refusals ofPart, int start) {
    for (RefusedToken token : ofPart.tokens) {
      add(token.start() + start, token.end() + start, token.id());
    }
  }

  /** Those that were added, in the order of the text. */
  List<RefusedToken> tokens() {
    return tokens;
  }
}
