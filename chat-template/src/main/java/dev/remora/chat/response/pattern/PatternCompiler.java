package dev.remora.chat.response.pattern;

import dev.remora.chat.response.pattern.PatternNode.Alternation;
import dev.remora.chat.response.pattern.PatternNode.Atomic;
import dev.remora.chat.response.pattern.PatternNode.Greed;
import dev.remora.chat.response.pattern.PatternNode.Group;
import dev.remora.chat.response.pattern.PatternNode.Literal;
import dev.remora.chat.response.pattern.PatternNode.Look;
import dev.remora.chat.response.pattern.PatternNode.OneOf;
import dev.remora.chat.response.pattern.PatternNode.Place;
import dev.remora.chat.response.pattern.PatternNode.Reference;
import dev.remora.chat.response.pattern.PatternNode.Repeat;
import dev.remora.chat.response.pattern.PatternNode.Sequence;
import java.util.ArrayList;
import java.util.List;

/** Makes instructions of the parts of a pattern. Of one pattern; not thread-safe. */
final class PatternCompiler {
  /** The most instructions of a pattern, and the widest look behind. */
  static final int MAX_SIZE = 20_000;

  private final String expression;
  private final List<Instruction> program = new ArrayList<>();
  private final boolean remembers; // what a group took has no part in whether the rest matches
  private int registers;
  private int memories;
  private int behind;

  PatternCompiler(String expression, PatternNode root, int groups) {
    this.expression = expression;
    this.registers = 2 * (groups + 1);
    this.remembers = !PatternFacts.hasReference(root);
    emit(root);
    add(Operation.MATCH, 0, 0);
  }

  Instruction[] program() {
    return program.toArray(new Instruction[0]);
  }

  int registers() {
    return registers;
  }

  int memories() {
    return memories;
  }

  /** How many code points before a place are looked at. */
  int behind() {
    return behind;
  }

  private int add(Operation operation, int x, int y) {
    return add(operation, x, y, CharacterTest.ANY, -1);
  }

  private int add(Operation operation, int x, int y, CharacterTest test, int memory) {
    if (program.size() >= MAX_SIZE) {
      throw new PatternException(expression, 0, "more than " + MAX_SIZE + " parts");
    }
    program.add(new Instruction(operation, x, y, test, memory));
    return program.size() - 1;
  }

  private void patch(int at, int x, int y) {
    Instruction old = program.get(at);
    program.set(at, new Instruction(old.operation(), x, y, old.test(), old.memory()));
  }

  private int memory() {
    return remembers ? memories++ : -1;
  }

  private int here() {
    return program.size();
  }

  private void emit(PatternNode node) {
    if (node instanceof Literal literal) {
      add(Operation.CHARACTER, literal.codePoint(), 0);
    } else if (node instanceof OneOf oneOf) {
      add(Operation.SET, 0, 0, oneOf.test(), -1);
    } else if (node instanceof Sequence sequence) {
      sequence.parts().forEach(this::emit);
    } else if (node instanceof Alternation alternation) {
      emit(alternation.branches());
    } else if (node instanceof Repeat repeat) {
      emit(repeat);
    } else if (node instanceof Group group) {
      add(Operation.SAVE, 2 * group.number(), 0);
      emit(group.body());
      add(Operation.SAVE, 2 * group.number() + 1, 0);
    } else if (node instanceof Atomic atomic) {
      int begin = add(Operation.ATOMIC_BEGIN, 0, 0);
      emit(atomic.body());
      add(Operation.ATOMIC_END, begin, 0);
    } else if (node instanceof Look look) {
      emit(look);
    } else if (node instanceof Reference reference) {
      add(Operation.REFERENCE, reference.number(), 0);
    } else if (node instanceof Place place) {
      behind += place.looksBehind() ? 1 : 0;
      add(Operation.valueOf(place.name()), 0, 0);
    }
  }

  private void emit(List<PatternNode> branches) {
    List<Integer> ends = new ArrayList<>();
    for (PatternNode branch : branches.subList(0, branches.size() - 1)) {
      int choice = add(Operation.BRANCH, 0, 0, CharacterTest.ANY, memory());
      emit(branch);
      ends.add(add(Operation.JUMP, 0, 0));
      patch(choice, choice + 1, here());
    }
    emit(branches.get(branches.size() - 1));
    ends.forEach(end -> patch(end, here(), 0));
  }

  private void emit(Look look) {
    int width = look.behind() ? look.body().width() : 0;
    behind += width;
    int begin = add(look.negative() ? Operation.NOT_BEGIN : Operation.LOOK_BEGIN, 0, width);
    emit(look.body());
    add(look.negative() ? Operation.NOT_END : Operation.LOOK_END, begin, 0);
    patch(begin, here(), width);
  }

  private void emit(Repeat repeat) {
    CharacterTest test = PatternFacts.single(repeat.body());
    if (test != null) {
      Operation loop =
          switch (repeat.greed()) {
            case GREEDY -> Operation.LOOP_GREEDY;
            case LAZY -> Operation.LOOP_LAZY;
            case POSSESSIVE -> Operation.LOOP_POSSESSIVE;
          };
      int least = repeat.least();
      if (least > 1 && repeat.most() == PatternNode.UNBOUNDED) {
        add(loop, least - 1, least - 1, test, memory());
        least = 1; // what failed further on is of use then
      }
      add(loop, least, repeat.most(), test, memory());
    } else if (repeat.greed() == Greed.POSSESSIVE) {
      int begin = add(Operation.ATOMIC_BEGIN, 0, 0);
      emitTurns(repeat);
      add(Operation.ATOMIC_END, begin, 0);
    } else {
      emitTurns(repeat);
    }
  }

  private void emitTurns(Repeat repeat) {
    List<Integer> exits = new ArrayList<>();
    int register = PatternFacts.mayBeEmpty(repeat.body()) ? registers++ : -1;
    for (int turn = 0; turn < repeat.least(); turn++) {
      emit(repeat.body());
    }
    boolean lazy = repeat.greed() == Greed.LAZY;
    if (repeat.most() == PatternNode.UNBOUNDED) {
      int head = add(Operation.BRANCH, 0, 0, CharacterTest.ANY, memory());
      emitTurn(repeat.body(), register, exits);
      add(Operation.JUMP, head, 0);
      patch(head, lazy ? here() : head + 1, lazy ? head + 1 : here());
    } else {
      List<Integer> heads = new ArrayList<>();
      for (int turn = repeat.least(); turn < repeat.most(); turn++) {
        heads.add(add(Operation.BRANCH, 0, 0, CharacterTest.ANY, memory()));
        emitTurn(repeat.body(), register, exits);
      }
      for (int head : heads) {
        patch(head, lazy ? here() : head + 1, lazy ? head + 1 : here());
      }
    }
    exits.forEach(exit -> patch(exit, register, here()));
  }

  /** One turn more than there must be, which ends the loop if it takes nothing. */
  private void emitTurn(PatternNode body, int register, List<Integer> exits) {
    if (register >= 0) {
      add(Operation.SAVE, register, 0);
    }
    emit(body);
    if (register >= 0) {
      exits.add(add(Operation.CHECK, register, 0));
    }
  }
}
