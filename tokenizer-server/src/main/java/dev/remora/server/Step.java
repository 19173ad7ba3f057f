package dev.remora.server;

import com.google.protobuf.Message;
import io.grpc.Status;
import java.time.Duration;
import java.util.function.IntFunction;

/** One step of answering a call. */
sealed interface Step {

  /**
   * Sends a message as soon as the client takes it.
   *
   * @param pause how long it waits before
   */
  record Send(Message message, Duration pause) implements Step {}

  /** Does nothing until the client ends the call. */
  record Stall() implements Step {}

  /**
   * Sends messages until the client ends the call.
   *
   * @param messages the message of each number, from 0
   * @param pause how long it waits before each
   */
  record SendForever(IntFunction<Message> messages, Duration pause) implements Step {}

  /** Ends the call. */
  record End(Status status) implements Step {}
}
