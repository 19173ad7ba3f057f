package dev.remora.examples.router;

import dev.remora.chat.response.ResponseEvent;
import dev.remora.chat.response.ToolCall;
import dev.remora.sglang.TokenLogprob;
import java.util.ArrayList;
import java.util.List;

/** What a few ids add to an answer. Of one thread. */
final class Delta {
  private final StringBuilder reasoning = new StringBuilder();
  private final StringBuilder content = new StringBuilder();
  private final List<ToolCall> calls = new ArrayList<>();
  private final List<TokenLogprob> logprobs = new ArrayList<>();

  void addContent(String text) {
    content.append(text);
  }

  void add(ResponseEvent event) {
    switch (event.kind()) {
      case REASONING -> addText(event, reasoning);
      case CONTENT -> addText(event, content);
      case TOOL_CALLS -> {
        if (event instanceof ResponseEvent.Closed closed) {
          calls.addAll(closed.toolCalls());
        }
      }
      case OTHER -> {} // OpenAI's answers have no place for it
    }
  }

  private static void addText(ResponseEvent event, StringBuilder to) {
    if (event instanceof ResponseEvent.Text text && !text.raw()) {
      to.append(text.text());
    }
  }

  void add(List<TokenLogprob> told) {
    logprobs.addAll(told);
  }

  void add(Delta later) {
    reasoning.append(later.reasoning);
    content.append(later.content);
    calls.addAll(later.calls);
    logprobs.addAll(later.logprobs);
  }

  boolean isEmpty() {
    return reasoning.isEmpty() && content.isEmpty() && calls.isEmpty() && logprobs.isEmpty();
  }

  String reasoning() {
    return reasoning.toString();
  }

  String content() {
    return content.toString();
  }

  List<ToolCall> calls() {
    return calls;
  }

  List<TokenLogprob> logprobs() {
    return logprobs;
  }
}
