package dev.remora.server;

import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes how finished messages are sent.
 *
 * @param stage the messages that are sent, or that none is
 */
record DeliveryFault(String name, Stage stage, Change change) implements Fault {

  enum Stage {
    SOME_MESSAGES,
    /** Comes last, as no other fault finds a message to change afterwards. */
    NO_MESSAGE
  }

  interface Change {
    /** The changed steps; the given ones stay as they are. */
    List<Step> apply(Wire wire, List<Step> steps);
  }

  static final Fault NEVER_ANSWERS =
      new DeliveryFault(
          "never-answers", Stage.NO_MESSAGE, (wire, steps) -> List.of(new Step.Stall()));
  static final Fault NO_MESSAGES =
      new DeliveryFault(
          "no-messages", Stage.NO_MESSAGE, (wire, steps) -> List.of(new Step.End(Status.OK)));
  static final Fault ENDLESS =
      new DeliveryFault("endless", Stage.SOME_MESSAGES, DeliveryFault::endless);

  static Fault status(Status.Code code) {
    if (code == Status.Code.OK) {
      throw new IllegalArgumentException("OK is not a fault; no-messages may be meant");
    }
    String name = "status:" + code;
    return new DeliveryFault(name, Stage.NO_MESSAGE, (wire, steps) -> List.of(end(name, code)));
  }

  static Fault stallAfter(int chunks) {
    String name = "stall-after:" + requireNotNegative(chunks);
    return new DeliveryFault(
        name,
        Stage.SOME_MESSAGES,
        (wire, steps) -> {
          List<Step> changed = firstChunks(name, wire, steps, chunks);
          changed.add(new Step.Stall());
          return changed;
        });
  }

  static Fault cutAfter(int chunks, Status.Code code) {
    boolean early = code == Status.Code.OK;
    String name = "cut-after:" + requireNotNegative(chunks) + (early ? "" : "," + code);
    return new DeliveryFault(
        name,
        Stage.SOME_MESSAGES,
        (wire, steps) -> {
          List<Step> changed = firstChunks(name, wire, steps, chunks);
          if (early && changed.size() == steps.size() - 1) {
            throw new IllegalArgumentException(name + ": the stream ends there anyway");
          }
          changed.add(end(name, code));
          return changed;
        });
  }

  static Fault trickle(Duration pause) {
    if (pause.isNegative() || pause.isZero()) {
      throw new IllegalArgumentException("a trickle needs a pause, not " + pause);
    }
    return new DeliveryFault(
        "trickle:" + pause.toMillis() + "ms",
        Stage.SOME_MESSAGES,
        (wire, steps) -> steps.stream().map(step -> paced(step, pause)).toList());
  }

  private static Step paced(Step step, Duration pause) {
    if (step instanceof Step.Send send) {
      return new Step.Send(send.message(), pause);
    }
    return step instanceof Step.SendForever forever
        ? new Step.SendForever(forever.messages(), pause)
        : step;
  }

  /** The steps up to and with this many chunks. */
  private static List<Step> firstChunks(String name, Wire wire, List<Step> steps, int chunks) {
    int seen = 0;
    for (int i = 0; i < steps.size(); i++) {
      if (isChunk(wire, steps.get(i)) && ++seen > chunks) {
        return new ArrayList<>(steps.subList(0, i));
      }
    }
    if (seen < chunks) {
      throw new IllegalArgumentException(name + ": the stream has only " + seen + " chunks");
    }
    return new ArrayList<>(steps.subList(0, steps.size() - 1)); // all but the end
  }

  private static List<Step> endless(Wire wire, List<Step> steps) {
    int last = steps.size() - 1;
    while (last >= 0 && !isChunk(wire, steps.get(last))) {
      last--;
    }
    if (last < 0) {
      throw new IllegalArgumentException("endless: the stream has no chunk");
    }
    Step.Send chunk = (Step.Send) steps.get(last);
    List<Step> changed = new ArrayList<>(steps.subList(0, last));
    changed.add(
        new Step.SendForever(number -> wire.notLast(chunk.message(), number), chunk.pause()));
    return changed;
  }

  private static boolean isChunk(Wire wire, Step step) {
    return step instanceof Step.Send send && wire.isChunk(send.message());
  }

  private static Step end(String name, Status.Code code) {
    Status status = code.toStatus();
    return new Step.End(status.isOk() ? status : status.withDescription("fault " + name));
  }

  private static int requireNotNegative(int chunks) {
    if (chunks < 0) {
      throw new IllegalArgumentException(chunks + " chunks");
    }
    return chunks;
  }

  @Override
  public String toString() {
    return name;
  }
}
