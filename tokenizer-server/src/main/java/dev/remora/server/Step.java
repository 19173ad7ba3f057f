package dev.remora.server;

import com.google.protobuf.Message;
import io.grpc.Status;
import java.time.Duration;
import java.util.function.IntFunction;

/** One step of answering a call. */
sealed interface Step {

  /** Sends a message as soon as the client takes it. */
  record Send(Message message) implements Step {}

  /** Waits before the next step. */
  record Pause(Duration duration) implements Step {}

  /** Does nothing until the client ends the call. */
  record Stall() implements Step {}

  /**
   * Sends messages until the client ends the call.
   *
   * @param messages the message of each number, from 0
   */
  record SendForever(IntFunction<Message> messages) implements Step {}

  /** Ends the call. */
  record End(Status status) implements Step {}
}
