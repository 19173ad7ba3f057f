package dev.remora.engine.added;

import dev.remora.core.vocabulary.AddedToken;

/** Decides where an added token may be recognised in the text that a finder looks at. */
public interface MatchGuard {
  /** Whether one may be recognised in these bytes; if so, also in any part of them. */
  boolean admits(int from, int to);

  /** Receives one that was not recognised for that reason. */
  void refused(AddedToken token, int from, int to);
}
