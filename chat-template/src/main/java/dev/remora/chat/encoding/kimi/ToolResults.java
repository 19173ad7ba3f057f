package dev.remora.chat.encoding.kimi;

import dev.remora.chat.encoding.RequestValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts the results of tools into the order of the calls that their ids name. */
final class ToolResults {
  private final Map<String, Call> calls = new HashMap<>(); // of the last reply
  private final List<Ordered> messages = new ArrayList<>();
  private final List<Ordered> run = new ArrayList<>(); // of results

  private ToolResults() {}

  private record Call(int position, RequestValue name) {}

  /**
   * A message in its place.
   *
   * @param message the message
   * @param tool the name of the tool, if it is a result and says or refers to one
   * @param position that of the call among those of its reply; 0 where none is known
   */
  record Ordered(RequestValue message, RequestValue tool, int position) {}

  /** The messages; a run of results of which one names no call stays as it is. */
  static List<Ordered> inOrder(List<RequestValue> messages) {
    ToolResults results = new ToolResults();
    messages.forEach(results::add);
    results.endRun();
    return results.messages;
  }

  private void add(RequestValue message) {
    String role = message.at("role").text();
    if (role.equals("tool")) {
      run.add(resolved(message));
      return;
    }
    endRun();
    if (role.equals("assistant")) {
      remember(message.at("tool_calls"));
    }
    messages.add(new Ordered(message, message.with(null), 0));
  }

  private void remember(RequestValue toolCalls) {
    calls.clear();
    if (!toolCalls.isFalse()) {
      int position = 0;
      for (RequestValue call : toolCalls.items()) {
        position++;
        if (!call.at("id").isAbsent()) {
          calls.putIfAbsent(
              call.at("id").spelled(), new Call(position, call.function().at("name")));
        }
      }
    }
  }

  private Ordered resolved(RequestValue message) {
    RequestValue id = message.at(message.has("tool_call_id") ? "tool_call_id" : "id");
    Call call = id.isAbsent() ? null : calls.get(id.spelled());
    RequestValue own = message.at(message.has("tool") ? "tool" : "name");
    if (call == null) {
      return new Ordered(message, own, 0);
    }
    return new Ordered(message, call.name().isAbsent() ? own : call.name(), call.position());
  }

  private void endRun() {
    if (run.stream().allMatch(result -> result.position() > 0)) {
      run.sort(Comparator.comparingInt(Ordered::position));
    }
    messages.addAll(run);
    run.clear();
  }
}
