package dev.remora.remote;

import dev.remora.ErrorKind;
import dev.remora.remote.Sources.FirstOf;
import dev.remora.remote.Sources.Kept;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
   * @param source the source; a {@link Kept} is the last bundle in its cache
   * @param moveOn the kinds of failure after which the next one is tried
   * @param kept the cache in which its bundle is to be kept; null for none
   */
  record Link(TokenizerSource source, Set<ErrorKind> moveOn, @Nullable Kept kept) {
    /** Whether there is anything to try: a cache may have nothing yet. */
    boolean isAvailable() {
      return !(source instanceof Kept last) || last.cache().has(last.name());
    }

    @Override
    public String toString() {
      return source.toString();
    }
  }

  static SourceChain of(TokenizerSource source) {
    List<Link> links = new ArrayList<>();
    collect(source, Set.of(), null, links);
    return new SourceChain(List.copyOf(links), true);
  }

  private static void collect(
      TokenizerSource source, Set<ErrorKind> after, @Nullable Kept kept, List<Link> links) {
    if (source instanceof FirstOf first) {
      Iterator<TokenizerSource> each = first.sources().iterator();
      while (each.hasNext()) {
        TokenizerSource next = each.next();
        collect(next, each.hasNext() ? first.moveOn() : after, kept, links);
      }
    } else if (source instanceof Kept last) {
      collect(last.source(), TokenizerSource.MOVES_ON, last, links);
      links.add(new Link(last, after, null));
    } else {
      links.add(new Link(source, after, kept));
    }
  }

  /** Those before this one, each for one round only. */
  SourceChain before(int place) {
    return new SourceChain(links.subList(0, place), false);
  }

  /** The next one from a place on that is available; the number of links if there is none. */
  int nextFrom(int place) {
    int next = place;
    while (next < links.size() && !links.get(next).isAvailable()) {
      next++;
    }
    return next;
  }
}
