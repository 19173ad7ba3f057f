package dev.remora.chat.encoding.deepseek;

import dev.remora.chat.encoding.RequestValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * A turn as V4 knows them: what users say and what tools answer in a row is one turn of the user.
 *
 * @param turn its first message
 * @param blocks what it holds, if it is a user's
 */
record Exchange(Turn turn, List<Block> blocks) {
  Role role() {
    return turn.role();
  }

  RequestValue message() {
    return turn.message();
  }

  /** Whether a task is set; those of results of tools never are. */
  boolean hasTask() {
    return role() != Role.TOOL && !message().at("task").isAbsent();
  }

  private boolean holdsBlocks() {
    return role() == Role.USER || role() == Role.TOOL;
  }

  /** Whether a reply answers it. */
  boolean asks(int index, boolean systemTurns) {
    return holdsBlocks()
        || role() == Role.DEVELOPER
        || (systemTurns && role() == Role.SYSTEM && index > 0);
  }

  /**
   * The turns of some messages, with results in the order of the calls.
   *
   * @param onlyText whether parts of results that are no text are refused
   */
  static List<Exchange> merge(List<Turn> turns, boolean onlyText) {
    List<Exchange> merged = new ArrayList<>();
    for (Turn turn : turns) {
      Exchange last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      List<Block> blocks = blocks(turn, onlyText);
      boolean joins =
          last != null
              && last.holdsBlocks()
              && (turn.role() == Role.TOOL || (turn.role() == Role.USER && !last.hasTask()));
      if (last != null && joins) {
        last.blocks().addAll(blocks);
      } else {
        merged.add(new Exchange(turn, blocks));
      }
    }
    orderResults(merged);
    return merged;
  }

  private static List<Block> blocks(Turn turn, boolean onlyText) {
    List<Block> blocks = new ArrayList<>();
    RequestValue content = turn.message().at("content");
    if (turn.role() == Role.TOOL) {
      blocks.add(new Block.Result(id(turn.message().at("tool_call_id")), content, onlyText));
    } else if (turn.role() == Role.USER) {
      if (content.isAbsent()) {
        throw content.failure("is missing");
      }
      content.textParts().forEach(text -> blocks.add(new Block.Text(text)));
    }
    return blocks;
  }

  private static String id(RequestValue id) {
    return id.isAbsent() ? "" : id.spelled();
  }

  private static void orderResults(List<Exchange> turns) {
    Map<String, Integer> order = new HashMap<>();
    for (Exchange turn : turns) {
      List<RequestValue> calls = turn.role() == Role.ASSISTANT ? turn.turn().calls() : List.of();
      if (!calls.isEmpty()) {
        order.clear();
        calls.forEach(call -> order.put(id(call.at("id")), order.size()));
        order.remove("");
      }
      if (turn.holdsBlocks() && !order.isEmpty()) {
        turn.orderResults(order);
      }
    }
  }

  /** Puts results into the order of their calls; what is between them stays where it is. */
  private void orderResults(Map<String, Integer> order) {
    List<Block.Result> results = new ArrayList<>();
    for (Block block : blocks) {
      if (block instanceof Block.Result result) {
        results.add(result);
      }
    }
    results.sort(Comparator.comparingInt(result -> order.getOrDefault(result.callId(), 0)));
    Iterator<Block.Result> ordered = results.iterator();
    blocks.replaceAll(block -> block instanceof Block.Result ? ordered.next() : block);
  }

  /** The index of the last turn that a reply answers; -1 if there is none. */
  static int lastUser(List<Exchange> turns, boolean systemTurns) {
    for (int index = turns.size() - 1; index >= 0; index--) {
      if (turns.get(index).asks(index, systemTurns)) {
        return index;
      }
    }
    return -1;
  }

  /** The turns without those of developers before the last that asks. */
  static List<Exchange> withoutEarlierDevelopers(List<Exchange> turns, boolean systemTurns) {
    int last = lastUser(turns, systemTurns);
    List<Exchange> kept = new ArrayList<>();
    for (int index = 0; index < turns.size(); index++) {
      if (index >= last || turns.get(index).role() != Role.DEVELOPER) {
        kept.add(turns.get(index));
      }
    }
    return kept;
  }
}
