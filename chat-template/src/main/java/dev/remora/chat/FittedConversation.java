package dev.remora.chat;

import java.util.List;
import java.util.Map;

/**
 * What is kept of a conversation so that its prompt fits into a window. Immutable.
 *
 * @param messages the messages that are kept, in their order
 * @param options the options to render them with: those that were given, with {@linkplain
 *     RenderOptions#trustedMessages() trusted messages} by their new indices
 * @param dropped the indices of the messages that are not kept, ascending; none if all fit
 * @param tokens how many tokens the prompt has
 */
public record FittedConversation(
    List<Map<String, ?>> messages, RenderOptions options, List<Integer> dropped, int tokens) {
  /** Keeps copies of the lists. */
  public FittedConversation {
    messages = List.copyOf(messages);
    dropped = List.copyOf(dropped);
  }
}
