package dev.remora.chat.encoding.deepseek;

import dev.remora.Prompt;
import dev.remora.chat.encoding.ChatEncoder;
import dev.remora.chat.encoding.ChatRequest;
import dev.remora.chat.encoding.RequestValue;
import java.util.List;
import java.util.Set;

/** The encoding of DeepSeek V3.2. */
public final class DeepSeekV32 implements ChatEncoder {
  private static final Set<Role> ROLES =
      Set.of(Role.SYSTEM, Role.DEVELOPER, Role.USER, Role.TOOL, Role.ASSISTANT);

  @Override
  public Prompt encode(ChatRequest request) {
    return new Writing(request).prompt();
  }

  /** One prompt that is being written. */
  private static final class Writing {
    private final ChatRequest request;
    private final List<Turn> turns;
    private final int lastUser;
    private final boolean thinking;
    private final Prompt.Builder out = Prompt.builder();
    private int calls; // of the reply whose results may follow
    private int results; // of them so far

    Writing(ChatRequest request) {
      this.request = request;
      this.turns = Turn.read(request, ROLES, false);
      this.lastUser = Turn.lastUser(turns);
      this.thinking = request.thinking(false);
    }

    Prompt prompt() {
      if (request.argument("add_default_bos_token").flag(true)) {
        out.template(Marks.BOS);
      }
      boolean drops = thinking && request.argument("drop_thinking").flag(true);
      for (int index = 0; index < turns.size(); index++) {
        if (drops && turns.get(index).role() == Role.DEVELOPER && index < lastUser) {
          throw turns
              .get(index)
              .message()
              .failure("a developer's message before the last one that asks cannot be encoded");
        }
        write(index, turns.get(index));
      }
      return out.build();
    }

    private void write(int index, Turn turn) {
      RequestValue message = turn.message();
      if (turn.role() != Role.TOOL) {
        calls = turn.role() == Role.ASSISTANT ? turn.calls().size() : 0;
        results = 0;
      }
      switch (turn.role()) {
        case SYSTEM -> {
          message.at("content").oneText().write(out);
          Instructions.V3_2.write(turn, out);
        }
        case DEVELOPER -> {
          out.template(Marks.USER);
          Instructions.V3_2.write(turn, out);
          out.template("\n\n# The user's message is: ");
          RequestValue content = message.at("content").requiredText();
          if (content.isFalse()) {
            throw content.failure("must not be empty");
          }
          content.write(out);
          openReply(index);
        }
        case USER -> {
          out.template(Marks.USER);
          message.at("content").requiredText().write(out);
          openReply(index);
        }
        case TOOL -> writeResult(index, message);
        default -> writeReply(index, turn);
      }
    }

    private void openReply(int index) {
      out.template(Marks.ASSISTANT);
      out.template(thinking && index == lastUser ? Marks.THINK : Marks.THINK_END);
    }

    private void writeResult(int index, RequestValue message) {
      results++;
      if (results > calls) {
        throw message.failure("a result without a call of a tool");
      }
      if (results == 1) {
        out.template("\n\n<function_results>");
      }
      out.template("\n<result>");
      message.at("content").requiredText().write(out);
      out.template("</result>");
      if (results == calls) {
        out.template("\n</function_results>\n\n");
        out.template(thinking && index >= lastUser ? Marks.THINK : Marks.THINK_END);
      }
    }

    private void writeReply(int index, Turn turn) {
      RequestValue message = turn.message();
      if (thinking && index > lastUser) {
        RequestValue reasoning = message.reasoning();
        if (reasoning.isFalse() && turn.calls().isEmpty()) {
          throw message.failure("a reply after the last user has neither reasoning nor calls");
        }
        out.request(reasoning.path(), reasoning.textOrEmpty());
        out.template(Marks.THINK_END);
      }
      message.at("content").oneText().write(out);
      if (!turn.calls().isEmpty()) {
        Dsml.V3_2.write(turn.calls(), out);
      }
      out.template(Marks.EOS);
    }
  }
}
