package dev.remora.server;

import com.google.protobuf.Message;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** What a server does in each call: made once, shared by all calls, immutable. */
final class Script implements IntFunction<List<Step>> {
  private final NavigableMap<Integer, List<Step>> steps = new TreeMap<>(); // by the first call

  Script(Wire wire, Payload payload, int chunkSize, List<Fault> faults) {
    steps.put(0, List.of());
    for (Fault fault : faults) {
      if (fault instanceof FlakyFault flaky) {
        steps.put(flaky.calls(), List.of());
      }
    }
    steps.replaceAll((call, none) -> steps(wire, payload, chunkSize, inForce(faults, call)));
  }

  /** The steps for the call of this number, from 0. */
  @Override
  public List<Step> apply(int call) {
    return steps.floorEntry(call).getValue();
  }

  private static List<Fault> inForce(List<Fault> faults, int call) {
    List<Fault> inForce = new ArrayList<>();
    for (Fault fault : faults) {
      if (!(fault instanceof FlakyFault flaky)) {
        inForce.add(fault);
      } else if (call < flaky.calls()) {
        inForce.add(flaky.fault());
      }
    }
    return inForce;
  }

  private static List<Step> steps(Wire wire, Payload sound, int chunkSize, List<Fault> faults) {
    Payload payload = sound;
    for (PayloadFault fault : ofKind(PayloadFault.class, faults)) {
      payload = fault.change().apply(payload);
    }
    List<Message> messages = wire.messages(payload, chunkSize);
    messages = changed(wire, messages, faults, MessageFault.Stage.BEFORE_FINGERPRINT);
    messages = wire.withFingerprint(messages, wire.fingerprint(messages));
    messages = changed(wire, messages, faults, MessageFault.Stage.AFTER_FINGERPRINT);
    List<Step> steps = new ArrayList<>();
    messages.forEach(message -> steps.add(new Step.Send(message, Duration.ZERO)));
    steps.add(new Step.End(Status.OK));
    List<Step> delivered = delivered(wire, steps, faults, DeliveryFault.Stage.SOME_MESSAGES);
    return delivered(wire, delivered, faults, DeliveryFault.Stage.NO_MESSAGE);
  }

  private static List<Message> changed(
      Wire wire, List<Message> sound, List<Fault> faults, MessageFault.Stage stage) {
    List<Message> messages = sound;
    for (MessageFault fault : ofKind(MessageFault.class, faults)) {
      if (fault.stage() == stage) {
        messages = fault.change().apply(wire, messages);
      }
    }
    return messages;
  }

  private static List<Step> delivered(
      Wire wire, List<Step> sound, List<Fault> faults, DeliveryFault.Stage stage) {
    List<Step> steps = sound;
    for (DeliveryFault fault : ofKind(DeliveryFault.class, faults)) {
      if (fault.stage() == stage) {
        steps = fault.change().apply(wire, steps);
      }
    }
    return List.copyOf(steps);
  }

  private static <F extends Fault> List<F> ofKind(Class<F> kind, List<Fault> faults) {
    return faults.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
