package dev.remora.engine.added;

import dev.remora.core.vocabulary.AddedToken;
import dev.remora.engine.added.AddedTokenPlan.Sought;
import java.util.BitSet;
import java.util.List;

/**
 * The added tokens after which a text may be cut and its parts be encoded apart, whatever follows:
 * those of the raw text that take no white space, ask for no border, and are not a part of another
 * one but at its end. What is found up to the end of such a token, and the token itself, depends on
 * nothing after it: a longer match across its end would be of a token that it is inside of.
 * Thread-safe.
 */
public final class SeamTokens {
  private static final long MAX_STEPS = 1 << 20; // of comparing tokens; then none is known

  /** None. */
  public static final SeamTokens NONE = new SeamTokens(new BitSet());

  private final BitSet ids;

  private SeamTokens(BitSet ids) {
    this.ids = ids;
  }

  /** Those of a plan, whose tokens a finder of its raw text finds. */
  public static SeamTokens of(AddedTokenPlan plan, AddedTokenFinder finder) {
    List<Sought> tokens = plan.raw();
    BitSet inside = new BitSet(); // by index
    long steps = 0;
    for (Sought sought : tokens) {
      byte[] utf8 = sought.utf8();
      for (int from = 0; from < utf8.length; from++) {
        int node = 0;
        for (int at = from; at < utf8.length - 1; at++) { // the last byte would be its end
          node = finder.nodeAfter(node, utf8[at]);
          if (node == 0) {
            break;
          }
          if (finder.tokenAt(node) != 0) {
            inside.set(finder.tokenAt(node) - 1);
          }
          steps++;
        }
      }
      if (steps > MAX_STEPS) {
        return NONE;
      }
    }
    BitSet ids = new BitSet();
    for (int index = 0; index < tokens.size(); index++) {
      if (!inside.get(index) && stands(tokens.get(index).token(), plan.splitsSpecialTokens())) {
        ids.set(tokens.get(index).token().id());
      }
    }
    return new SeamTokens(ids);
  }

  private static boolean stands(AddedToken token, boolean splitsSpecialTokens) {
    return !token.lstrip()
        && !token.rstrip()
        && !token.singleWord()
        && !(splitsSpecialTokens && token.special());
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return ids.isEmpty();
  }

  /** Whether a text may be cut after a token. */
  public boolean contains(int id) {
    return ids.get(id);
  }
}
