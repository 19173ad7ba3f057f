package dev.remora.chat.encoding.deepseek;

import dev.remora.Prompt;
import dev.remora.chat.encoding.ChatEncoder;
import dev.remora.chat.encoding.ChatRequest;
import dev.remora.chat.encoding.RequestValue;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The encodings of DeepSeek V4, in its revisions, and of V4.1. */
public final class DeepSeekV4 implements ChatEncoder {
  private static final Set<Role> ROLES = Set.of(Role.values());

  /** The tokens of tasks that DeepSeek's own products set. */
  private static final Map<String, String> TASKS =
      Map.of(
          "action", "<｜action｜>",
          "query", "<｜query｜>",
          "authority", "<｜authority｜>",
          "domain", "<｜domain｜>",
          "title", "<｜title｜>",
          "read_url", "<｜read_url｜>");

  private final Revision revision;

  private DeepSeekV4(Revision revision) {
    this.revision = revision;
  }

  /** V4 as it first was. */
  public static DeepSeekV4 original() {
    return new DeepSeekV4(Revision.V4);
  }

  /** The revision of 07-31. */
  public static DeepSeekV4 revised() {
    return new DeepSeekV4(Revision.V4_0731);
  }

  /** V4.1. */
  public static DeepSeekV4 next() {
    return new DeepSeekV4(Revision.V4_1);
  }

  @Override
  public Prompt encode(ChatRequest request) {
    return new Writing(request, revision).prompt();
  }

  /** One prompt that is being written. */
  private static final class Writing {
    private final ChatRequest request;
    private final Revision revision;
    private final boolean thinking;
    private final boolean drops;
    private final List<Exchange> turns;
    private final int lastUser;
    private final Prompt.Builder out = Prompt.builder();

    Writing(ChatRequest request, Revision revision) {
      this.request = request;
      this.revision = revision;
      boolean systemTurns = revision.hasSystemTurns();
      List<Turn> read = Turn.read(request, ROLES, systemTurns);
      this.thinking =
          request.thinking(false) && !"none".equals(request.argument("reasoning_effort").value());
      this.drops =
          request.argument("drop_thinking").flag(true)
              && read.stream().allMatch(turn -> turn.tools().isFalse());
      List<Exchange> merged = Exchange.merge(read, systemTurns);
      this.turns =
          thinking && drops ? Exchange.withoutEarlierDevelopers(merged, systemTurns) : merged;
      this.lastUser = Exchange.lastUser(turns, systemTurns);
    }

    Prompt prompt() {
      if (request.argument("add_default_bos_token").flag(true)) {
        out.template(Marks.BOS);
      }
      for (int index = 0; index < turns.size(); index++) {
        write(index, turns.get(index));
      }
      return out.build();
    }

    private void write(int index, Exchange turn) {
      boolean begins = thinking && index == 0;
      if (revision.hasSystemTurns() && (begins || turn.role() == Role.SYSTEM)) {
        out.template(Marks.SYSTEM);
      }
      if (begins) {
        out.template(revision.effort(request));
      }
      switch (turn.role()) {
        case SYSTEM -> {
          addContent(turn);
          revision.instructions().write(turn.turn(), out);
        }
        case DEVELOPER -> {
          out.template(Marks.USER);
          RequestValue content = turn.message().at("content").requiredText();
          if (content.isFalse()) {
            throw content.failure("must not be empty");
          }
          content.write(out);
          revision.instructions().write(turn.turn(), out);
        }
        case LATEST_REMINDER -> {
          out.template(Marks.LATEST_REMINDER);
          addContent(turn);
        }
        case ASSISTANT -> writeReply(index, turn);
        default -> {
          out.template(Marks.USER);
          writeBlocks(turn.blocks());
        }
      }
      openReply(index, turn);
    }

    private void writeBlocks(List<Block> blocks) {
      String separator = "";
      for (Block block : blocks) {
        out.template(separator);
        block.write(out);
        separator = Block.SEPARATOR;
      }
    }

    private void writeReply(int index, Exchange turn) {
      boolean ofTask = index > 0 && turns.get(index - 1).hasTask();
      if (thinking && !ofTask && (!drops || index > lastUser)) {
        RequestValue reasoning = turn.message().reasoning();
        out.request(reasoning.path(), reasoning.textOrEmpty());
        out.template(Marks.THINK_END);
      }
      addContent(turn);
      if (!turn.turn().calls().isEmpty()) {
        revision.markup().write(turn.turn().calls(), out);
      }
      if (!turn.message().at("wo_eos").flag(false)) {
        out.template(Marks.EOS);
      }
    }

    /** Ends a turn, unless another comes before the reply. */
    private void openReply(int index, Exchange turn) {
      Role next = index + 1 < turns.size() ? turns.get(index + 1).role() : Role.ASSISTANT;
      if (next != Role.ASSISTANT && next != Role.LATEST_REMINDER) {
        return;
      }
      if (turn.hasTask()) {
        RequestValue task = turn.message().at("task");
        String name = task.choice(TASKS.keySet());
        if (name.equals("action")) {
          out.template(Marks.ASSISTANT + (thinking ? Marks.THINK : Marks.THINK_END));
        }
        out.template(TASKS.getOrDefault(name, ""));
      } else if (turn.asks(index, revision.hasSystemTurns())) {
        boolean thinks = thinking && (!drops || index >= lastUser);
        out.template(Marks.ASSISTANT + (thinks ? Marks.THINK : Marks.THINK_END));
      }
    }

    private void addContent(Exchange turn) {
      RequestValue content = turn.message().at("content");
      if (revision.hasSystemTurns()) {
        Block.writeJoined(content.textParts(), out);
      } else {
        content.oneText().write(out);
      }
    }
  }
}
