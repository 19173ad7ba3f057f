package dev.remora.chat.response.pattern;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Tries a pattern at one place of a text. Where it needs text that has not arrived it stops, and
 * goes on from there later: no text is looked at again because more of it comes, and the end is the
 * same however the text is cut. Not thread-safe.
 */
public final class PatternMatcher {
  private static final long FREE_STEPS = 10_000_000;
  private static final long STEPS_A_UNIT = 256;

  /** Frames of the stack: what is to be done when a way fails; four numbers, the kind last. */
  private static final int FRAME = 4;

  private static final int GO_ON = 0; // at instruction a and place b
  private static final int UNSAVE = 1; // register a was b
  private static final int REMEMBER = 2; // memory a failed from b to c
  private static final int GIVE_BACK = 3; // a greedy loop at a, which may end at b or more, is at c
  private static final int TAKE_MORE = 4; // a lazy loop at a, of b turns or begun at b, is at c
  private static final int BARRIER = 5; // the begin a of a part, at place b
  private static final int NEGATIVE = 6; // the same, of a look that must fail

  private final PythonPattern pattern;
  private final Instruction[] program;
  private final @Nullable FailedPlaces[] failed; // made when there is a first
  private final int[] registers;
  private int[] stack = new int[16 * FRAME];
  private int depth;
  private long steps;

  private int start;
  private int at; // the instruction
  private int place;
  private boolean failing;
  private int loopPlace; // how far a loop or a reference had come that needs more text
  private int loopTurns;
  private int loopLeast; // the first place where the loop may end

  public PatternMatcher(PythonPattern pattern) {
    this.pattern = pattern;
    this.program = pattern.program();
    this.registers = new int[pattern.registers()];
    this.failed = new FailedPlaces[pattern.memories()];
  }

  /** Begins to try the pattern at a place; the places of one text only ever go up. */
  public void begin(int place) {
    start = place;
    this.place = place;
    at = 0;
    depth = 0;
    failing = false;
    loopTurns = -1;
    Arrays.fill(registers, -1);
    for (FailedPlaces places : failed) {
      if (places != null) {
        places.startAt(place);
      }
    }
  }

  /** Where it is tried. */
  public int start() {
    return start;
  }

  /** Where the match ends. */
  public int end() {
    return place;
  }

  /** The text of a group by its name; null if it took no part. */
  public @Nullable String group(String name, ReplyText text) {
    Integer number = pattern.names().get(name);
    if (number == null) {
      return null;
    }
    int from = registers[2 * number];
    int to = registers[2 * number + 1];
    return from < 0 || to < 0 ? null : text.substring(from, to);
  }

  /**
   * Goes on as far as the text allows.
   *
   * @throws StepsException if the pattern takes too many steps for this text
   */
  public Outcome run(ReplyText text) {
    long bound = FREE_STEPS + STEPS_A_UNIT * text.end();
    while (true) {
      if (++steps > bound) {
        throw new StepsException(pattern.expression(), bound);
      }
      Outcome outcome = failing ? fail(text) : step(program[at], text);
      if (outcome != null) {
        return outcome;
      }
    }
  }

  /** One instruction; what the attempt has come to, or null if it goes on. */
  private @Nullable Outcome step(Instruction instruction, ReplyText text) {
    switch (instruction.operation()) {
      case CHARACTER -> {
        if (place == text.end()) {
          return atEnd(text);
        }
        int codePoint = text.codePointAt(place);
        return take(codePoint == instruction.x(), codePoint);
      }
      case SET -> {
        if (place == text.end()) {
          return atEnd(text);
        }
        int member = text.codePointAt(place);
        return take(instruction.test().test(member), member);
      }
      case LOOP_GREEDY, LOOP_POSSESSIVE -> {
        return greedy(instruction, text);
      }
      case LOOP_LAZY -> {
        return lazy(instruction, text);
      }
      case REFERENCE -> {
        return reference(instruction.x(), text);
      }
      case BRANCH -> {
        if (knows(instruction.memory(), place)) {
          return goOn(false);
        }
        remember(instruction.memory(), place, place);
        push(GO_ON, instruction.y(), place, 0);
        at = instruction.x();
        return null;
      }
      case JUMP -> {
        at = instruction.x();
        return null;
      }
      case SAVE -> {
        push(UNSAVE, instruction.x(), registers[instruction.x()], 0);
        registers[instruction.x()] = place;
        return goOn(true);
      }
      case CHECK -> {
        at = registers[instruction.x()] == place ? instruction.y() : at + 1;
        return null;
      }
      case ATOMIC_BEGIN -> {
        push(BARRIER, at, place, 0);
        return goOn(true);
      }
      case ATOMIC_END -> {
        cut(instruction.x(), true);
        return goOn(true);
      }
      case LOOK_BEGIN -> {
        push(BARRIER, at, place, 0);
        return goOn(goBack(instruction.y(), text));
      }
      case LOOK_END -> {
        place = cut(instruction.x(), true);
        return goOn(true);
      }
      case NOT_BEGIN -> {
        push(NEGATIVE, at, place, 0);
        return goOn(goBack(instruction.y(), text));
      }
      case NOT_END -> {
        cut(instruction.x(), false);
        return goOn(false);
      }
      case MATCH -> {
        return Outcome.MATCHED;
      }
      default -> {
        return place(instruction.operation(), text);
      }
    }
  }

  private @Nullable Outcome goOn(boolean matches) {
    failing = !matches;
    at += matches ? 1 : 0;
    return null;
  }

  private @Nullable Outcome take(boolean matches, int codePoint) {
    place += matches ? Character.charCount(codePoint) : 0;
    return goOn(matches);
  }

  /** What a character is that would be there: none, or one that has not arrived. */
  private @Nullable Outcome atEnd(ReplyText text) {
    return text.isComplete() ? goOn(false) : Outcome.OPEN;
  }

  private boolean goBack(int codePoints, ReplyText text) {
    for (int count = 0; count < codePoints; count++) {
      if (place == 0) {
        return false;
      }
      place = text.before(place);
    }
    return true;
  }

  // ---- places

  private @Nullable Outcome place(Operation operation, ReplyText text) {
    boolean known = text.isComplete() || place < text.end();
    switch (operation) {
      case START -> {
        return goOn(place == 0);
      }
      case LINE_START -> {
        return goOn(place == 0 || text.unitAt(place - 1) == '\n');
      }
      case END -> {
        return known ? goOn(place == text.end()) : Outcome.OPEN;
      }
      case LINE_END -> {
        return known ? goOn(place == text.end() || text.unitAt(place) == '\n') : Outcome.OPEN;
      }
      case LAST_LINE_END -> {
        if (place + 1 < text.end()) {
          return goOn(false);
        }
        if (place < text.end() && text.unitAt(place) != '\n') {
          return goOn(false);
        }
        return text.isComplete() ? goOn(true) : Outcome.OPEN;
      }
      default -> {
        if (!known) {
          return Outcome.OPEN;
        }
        boolean before = place > 0 && CharacterTest.WORD.test(text.codePointAt(text.before(place)));
        boolean after = place < text.end() && CharacterTest.WORD.test(text.codePointAt(place));
        return goOn((before != after) == (operation == Operation.BOUNDARY));
      }
    }
  }

  // ---- loops over one set, and references

  private @Nullable Outcome greedy(Instruction loop, ReplyText text) {
    if (loopTurns < 0) {
      if (knows(loop.memory(), place)) {
        return goOn(false);
      }
      beginLoop(loop);
    }
    CharacterTest test = loop.test();
    int end = text.end();
    int from = loopPlace;
    boolean ended = loopTurns == loop.y();
    while (!ended && loopPlace < end) {
      int codePoint = text.codePointAt(loopPlace);
      int next = loopPlace + Character.charCount(codePoint);
      ended = !test.test(codePoint) || isVain(loop, loopPlace, next);
      if (!ended) {
        loopPlace = next;
        loopTurns++;
        loopLeast = loopTurns == loop.x() ? loopPlace : loopLeast;
        ended = loopTurns == loop.y();
      }
    }
    steps += (loopPlace - from) >> 2;
    if (!ended && !text.isComplete()) {
      return Outcome.OPEN;
    }
    boolean bounded = loop.y() != PatternNode.UNBOUNDED;
    remember(loop.memory(), place, bounded ? place : loopPlace);
    boolean matches = loopTurns >= loop.x();
    loopTurns = -1;
    if (matches) {
      if (loop.operation() == Operation.LOOP_GREEDY && loopPlace > loopLeast) {
        push(GIVE_BACK, at, loopLeast, loopPlace);
      }
      place = loopPlace;
    }
    return goOn(matches);
  }

  /**
   * Whether a loop that goes on to a place fails there and at all places after it, as one that
   * began on the way there did.
   */
  private boolean isVain(Instruction loop, int last, int next) {
    if (loop.operation() == Operation.LOOP_POSSESSIVE) {
      return false; // it ends at one place only
    }
    return switch (loop.x()) {
      case 0 -> knows(loop.memory(), next);
      case 1 -> knows(loop.memory(), last);
      default -> false;
    };
  }

  private void beginLoop(Instruction loop) {
    loopTurns = 0;
    loopPlace = place;
    loopLeast = loop.x() == 0 ? place : Integer.MAX_VALUE;
  }

  private @Nullable Outcome lazy(Instruction loop, ReplyText text) {
    if (loopTurns < 0) {
      if (knows(loop.memory(), place)) {
        return goOn(false);
      }
      beginLoop(loop);
    }
    while (loopTurns < loop.x()) {
      if (loopPlace == text.end() && !text.isComplete()) {
        return Outcome.OPEN;
      }
      int codePoint = loopPlace == text.end() ? -1 : text.codePointAt(loopPlace);
      if (codePoint < 0 || !loop.test().test(codePoint)) {
        loopTurns = -1;
        return goOn(false);
      }
      loopPlace += Character.charCount(codePoint);
      loopTurns++;
    }
    boolean bounded = loop.y() != PatternNode.UNBOUNDED;
    if (bounded) {
      remember(loop.memory(), place, place);
    }
    push(TAKE_MORE, at, bounded ? loopTurns : place, loopPlace);
    loopTurns = -1;
    place = loopPlace;
    return goOn(true);
  }

  private @Nullable Outcome reference(int group, ReplyText text) {
    int from = registers[2 * group];
    int to = registers[2 * group + 1];
    if (from < 0 || to < 0) {
      return goOn(false);
    }
    int length = to - from;
    int compared = Math.max(loopTurns, 0);
    int there = Math.min(length, text.end() - place);
    boolean equal = true;
    while (equal && compared < there) {
      equal = text.unitAt(from + compared) == text.unitAt(place + compared);
      compared += equal ? 1 : 0;
    }
    steps += there >> 2;
    if (equal && there < length && !text.isComplete()) {
      loopTurns = compared;
      return Outcome.OPEN;
    }
    loopTurns = -1;
    boolean matches = equal && there == length;
    place += matches ? length : 0;
    return goOn(matches);
  }

  // ---- what is to be done when a way fails

  private boolean knows(int memory, int place) {
    FailedPlaces places = memory < 0 ? null : failed[memory];
    return places != null && places.contains(place);
  }

  private void addFailed(int memory, int first, int last) {
    FailedPlaces places = failed[memory];
    if (places == null) {
      places = new FailedPlaces(start);
      failed[memory] = places;
    }
    places.add(first, last);
  }

  private void remember(int memory, int first, int last) {
    if (memory >= 0) {
      push(REMEMBER, memory, first, last);
    }
  }

  private void push(int kind, int a, int b, int c) {
    if (depth == stack.length) {
      stack = Arrays.copyOf(stack, 2 * depth);
    }
    stack[depth] = a;
    stack[depth + 1] = b;
    stack[depth + 2] = c;
    stack[depth + 3] = kind;
    depth += FRAME;
  }

  /** Takes the top of the stack; the attempt has failed if there is none. */
  private @Nullable Outcome fail(ReplyText text) {
    if (depth == 0) {
      return Outcome.FAILED;
    }
    int top = depth - FRAME;
    int a = stack[top];
    int b = stack[top + 1];
    int c = stack[top + 2];
    switch (stack[top + 3]) {
      case GO_ON, NEGATIVE -> {
        boolean goesOn = stack[top + 3] == GO_ON;
        depth = top;
        place = b;
        at = goesOn ? a : program[a].x();
        failing = false;
      }
      case UNSAVE -> {
        depth = top;
        registers[a] = b;
      }
      case REMEMBER -> {
        depth = top;
        addFailed(a, b, c);
      }
      case GIVE_BACK -> {
        place = text.before(c);
        stack[top + 2] = place;
        depth = place > b ? depth : top;
        at = a + 1;
        failing = false;
      }
      case TAKE_MORE -> {
        return takeMore(top, a, b, c, text);
      }
      default -> depth = top; // a barrier
    }
    return null;
  }

  private @Nullable Outcome takeMore(
      int top, int loopAt, int turnsOrBegin, int from, ReplyText text) {
    if (from == text.end() && !text.isComplete()) {
      return Outcome.OPEN;
    }
    Instruction loop = program[loopAt];
    boolean bounded = loop.y() != PatternNode.UNBOUNDED;
    boolean mayTake = from < text.end() && !(bounded && turnsOrBegin == loop.y());
    int codePoint = mayTake ? text.codePointAt(from) : -1;
    int next = from + (mayTake ? Character.charCount(codePoint) : 0);
    if (!mayTake || !loop.test().test(codePoint) || isVain(loop, from, next)) {
      depth = top;
      if (!bounded && loop.memory() >= 0) {
        addFailed(loop.memory(), turnsOrBegin, from);
      }
      return null;
    }
    place = next;
    stack[top + 1] = turnsOrBegin + (bounded ? 1 : 0);
    stack[top + 2] = place;
    at = loopAt + 1;
    failing = false;
    return null;
  }

  /**
   * Gives up the other ways of a part that has matched, up to its barrier. Gives where the part
   * began.
   *
   * @param keep whether what its groups took stays
   */
  private int cut(int begin, boolean keep) {
    int barrier = depth - FRAME;
    while (stack[barrier + 3] < BARRIER || stack[barrier] != begin) {
      barrier -= FRAME;
    }
    int began = stack[barrier + 1];
    int kept = barrier;
    if (keep) {
      for (int frame = barrier + FRAME; frame < depth; frame += FRAME) {
        if (stack[frame + 3] == UNSAVE) {
          System.arraycopy(stack, frame, stack, kept, FRAME);
          kept += FRAME;
        }
      }
    } else {
      for (int frame = depth - FRAME; frame > barrier; frame -= FRAME) {
        if (stack[frame + 3] == UNSAVE) {
          registers[stack[frame]] = stack[frame + 1];
        }
      }
    }
    depth = kept;
    return began;
  }
}
