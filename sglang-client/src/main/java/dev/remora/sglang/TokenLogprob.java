package dev.remora.sglang;

import java.util.List;

/**
 * How probable a generated token was.
 *
 * @param id its id
 * @param logprob the natural logarithm of its probability
 * @param top the most probable tokens at its place, the most probable first, as many as were asked
 *     for; their own {@code top} is empty
 */
public record TokenLogprob(int id, float logprob, List<TokenLogprob> top) {
  /** Keeps a copy of the list. */
  public TokenLogprob {
    top = List.copyOf(top);
  }
}
