package dev.remora.chat.encoding.deepseek;

import dev.remora.chat.encoding.ChatRequest;
import dev.remora.chat.encoding.RequestValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * A message, with what the request says beside it.
 *
 * @param role whose it is
 * @param message the message; absent for one that was made for the tools
 * @param tools the tools that it declares; may be absent
 * @param responseFormat the format that it asks for; may be absent
 */
record Turn(Role role, RequestValue message, RequestValue tools, RequestValue responseFormat) {
  private static Turn of(Role role, RequestValue message) {
    return new Turn(role, message, message.at("tools"), message.at("response_format"));
  }

  /**
   * The messages. Tools and a response format that are given beside them hang on a leading message
   * of the system, which is made if there is none.
   *
   * @param roles those that the encoding has
   * @param developerIsSystem whether the developer's messages are the system's
   */
  static List<Turn> read(ChatRequest request, Set<Role> roles, boolean developerIsSystem) {
    List<Turn> turns = new ArrayList<>();
    for (RequestValue message : request.messages()) {
      Role role = Role.of(message, roles);
      turns.add(of(developerIsSystem && role == Role.DEVELOPER ? Role.SYSTEM : role, message));
    }
    RequestValue tools = request.tools();
    RequestValue format = request.argument("response_format");
    if (!tools.isFalse() || !format.isFalse()) {
      if (turns.isEmpty() || turns.get(0).role() != Role.SYSTEM) {
        turns.add(0, of(Role.SYSTEM, request.nothing()));
      }
      Turn first = turns.get(0);
      turns.set(
          0,
          new Turn(
              Role.SYSTEM,
              first.message(),
              one(first.tools(), tools),
              one(first.responseFormat(), format)));
    }
    return turns;
  }

  private static RequestValue one(RequestValue own, RequestValue beside) {
    if (own.isFalse() || beside.isFalse()) {
      return own.isFalse() ? beside : own;
    }
    throw own.failure("is given beside the messages too");
  }

  /** The index of the last turn that a reply answers; -1 if there is none. */
  static int lastUser(List<Turn> turns) {
    for (int index = turns.size() - 1; index >= 0; index--) {
      if (turns.get(index).role().asks()) {
        return index;
      }
    }
    return -1;
  }

  /** The calls of tools. */
  List<RequestValue> calls() {
    RequestValue calls = message.at("tool_calls");
    return calls.isFalse() ? Collections.emptyList() : calls.items();
  }
}
