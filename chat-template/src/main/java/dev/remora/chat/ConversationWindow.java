package dev.remora.chat;

import dev.remora.LimitException;
import dev.remora.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds what to drop of a conversation. Whole turns go first, the oldest first: a user's message
 * and all up to the next one. Of the last turn, the oldest steps go: a message of the assistant and
 * all up to its next one, so that no tool's result stands without its call. What the system says,
 * the last user's message and the last step stay.
 */
final class ConversationWindow {
  private static final Set<String> SYSTEM = Set.of("system", "developer");
  private static final String USER = "user";
  private static final String ASSISTANT = "assistant";

  private final List<? extends Map<String, ?>> messages;
  private final RenderOptions options;
  private final List<List<Integer>> droppable = new ArrayList<>(); // the oldest first

  ConversationWindow(List<? extends Map<String, ?>> messages, RenderOptions options) {
    this.messages = messages;
    this.options = options;
    List<List<Integer>> turns = groups(0, USER);
    if (!turns.isEmpty()) {
      droppable.addAll(turns.subList(0, turns.size() - 1));
      List<Integer> last = turns.get(turns.size() - 1);
      List<List<Integer>> steps = groups(last.get(0), ASSISTANT);
      boolean begins = roleOf(last.get(0)).equals(USER);
      int from = begins ? 1 : 0; // the user's message itself is the first group
      if (from < steps.size()) {
        droppable.addAll(steps.subList(from, steps.size() - 1));
      }
    }
  }

  private String roleOf(int index) {
    return String.valueOf(messages.get(index).get("role"));
  }

  /** The messages from an index on, without the system's, each group beginning with a role. */
  private List<List<Integer>> groups(int from, String role) {
    List<List<Integer>> groups = new ArrayList<>();
    for (int index = from; index < messages.size(); index++) {
      if (!SYSTEM.contains(roleOf(index))) {
        if (groups.isEmpty() || roleOf(index).equals(role)) {
          groups.add(new ArrayList<>());
        }
        groups.get(groups.size() - 1).add(index);
      }
    }
    return groups;
  }

  /** Counts the tokens of a conversation. */
  interface Counter {
    int count(List<? extends Map<String, ?>> messages, RenderOptions options);
  }

  /**
   * Drops as little as makes the conversation fit.
   *
   * @throws LimitException if what must stay does not fit
   */
  FittedConversation fit(int maxTokens, Counter counter) {
    FittedConversation whole = without(0, counter);
    if (whole.tokens() <= maxTokens) {
      return whole;
    }
    FittedConversation fitted = without(droppable.size(), counter);
    if (fitted.tokens() > maxTokens) {
      throw new LimitException(
          Rule.T4, "tokens in what a conversation must keep", maxTokens, fitted.tokens());
    }
    int tooFew = 0;
    int enough = droppable.size();
    while (enough - tooFew > 1) {
      int middle = (tooFew + enough) >>> 1;
      FittedConversation tried = without(middle, counter);
      if (tried.tokens() <= maxTokens) {
        enough = middle;
        fitted = tried;
      } else {
        tooFew = middle;
      }
    }
    return fitted;
  }

  /** What is left without the oldest groups. */
  private FittedConversation without(int groups, Counter counter) {
    List<Integer> dropped = droppable.subList(0, groups).stream().flatMap(List::stream).toList();
    Set<Integer> absent = Set.copyOf(dropped);
    List<Map<String, ?>> kept = new ArrayList<>();
    RenderOptions.Builder shifted = options.toBuilder().trustNoMessage();
    for (int index = 0; index < messages.size(); index++) {
      if (!absent.contains(index)) {
        if (options.trustedMessages().contains(index)) {
          shifted.trustMessage(kept.size());
        }
        kept.add(messages.get(index));
      }
    }
    RenderOptions of = shifted.build();
    return new FittedConversation(kept, of, dropped, counter.count(kept, of));
  }
}
