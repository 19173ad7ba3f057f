package dev.remora.routing;

import java.time.Duration;

/**
 * Is told what becomes of a subscription, and never of ids. Called on the threads of the channel,
 * one call after the other; what it throws ends the call to the worker as if that had failed.
 */
public interface KvEventListener {
  /** Why a worker's blocks were forgotten. */
  enum Reason {
    /** Numbers were missing, and the worker did not send them again. */
    GAP,
    /** The worker counts from the beginning again. */
    RESTART,
    /** The worker no longer has the events that come next. */
    LOST,
    /** Nothing is heard of the worker any more. */
    ENDED
  }

  /**
   * A batch of events was taken in.
   *
   * @param worker the worker's name
   * @param events how many it has
   */
  default void applied(String worker, int events) {}

  /**
   * A batch that was taken in before came again, and was dropped.
   *
   * @param worker the worker's name
   * @param number its number
   */
  default void repeated(String worker, long number) {}

  /**
   * Events are missing; the worker is asked for them once.
   *
   * @param worker the worker's name
   * @param last the last number that was taken in
   * @param received the number that came next
   */
  default void gap(String worker, long last, long received) {}

  /**
   * All blocks of a worker were forgotten, so that no answer is based on what may be wrong.
   *
   * @param worker the worker's name
   * @param reason why
   */
  default void forgotten(String worker, Reason reason) {}

  /**
   * A call ended, and is made again.
   *
   * @param worker the worker's name
   * @param status the gRPC status and what it says
   * @param pause how long it waits
   */
  default void disconnected(String worker, String status, Duration pause) {}

  /**
   * The worker has no events: no service of those asked has the method.
   *
   * @param worker the worker's name
   */
  default void unsupported(String worker) {}
}
