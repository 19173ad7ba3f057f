package dev.remora.remote;

import dev.remora.ErrorKind;
import dev.remora.remote.Sources.FirstOf;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * The sources of a load, in order.
 *
 * @param links each with what makes the load move on from it
 * @param patient whether workers of the last source are waited for until the deadline
 */
record SourceChain(List<Link> links, boolean patient) {
  /**
   * One source, which is no {@link FirstOf}.
   *
   * @param source the source
   * @param moveOn the kinds of failure after which the next one is tried
   */
  record Link(TokenizerSource source, Set<ErrorKind> moveOn) {
    @Override
    public String toString() {
      return source.toString();
    }
  }

  static SourceChain of(TokenizerSource source) {
    List<Link> links = new ArrayList<>();
    collect(source, Set.of(), links);
    return new SourceChain(List.copyOf(links), true);
  }

  private static void collect(TokenizerSource source, Set<ErrorKind> after, List<Link> links) {
    if (source instanceof FirstOf first) {
      Iterator<TokenizerSource> each = first.sources().iterator();
      while (each.hasNext()) {
        TokenizerSource next = each.next();
        collect(next, each.hasNext() ? first.moveOn() : after, links);
      }
    } else {
      links.add(new Link(source, after));
    }
  }

  /** Those before this one, each for one round only. */
  SourceChain before(int place) {
    return new SourceChain(links.subList(0, place), false);
  }

  /** Whether the source gets one round of attempts only. */
  boolean isBrief(int place) {
    return !patient || place < links.size() - 1;
  }
}
