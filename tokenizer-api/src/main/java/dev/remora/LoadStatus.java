package dev.remora;

/**
 * With which status a load or one of its calls failed: gRPC's status codes without OK, under their
 * names in gRPC.
 */
public enum LoadStatus {
  /** The load was cancelled, by its caller or by the worker. */
  CANCELLED,
  /** The worker failed and does not say why. */
  UNKNOWN,
  /** The worker does not accept the request. */
  INVALID_ARGUMENT,
  /** The deadline of the load passed, or the worker sent nothing for too long. */
  DEADLINE_EXCEEDED,
  /** The worker has no such model, there is no worker, or a name has no tokenizer. */
  NOT_FOUND,
  /** A name of a registry already has another source. */
  ALREADY_EXISTS,
  /** The worker refuses this caller. */
  PERMISSION_DENIED,
  /** The worker is out of some resource. */
  RESOURCE_EXHAUSTED,
  /** The worker is in no state to serve a tokenizer. */
  FAILED_PRECONDITION,
  /** The worker gave the call up. */
  ABORTED,
  /** A value of the request is out of range. */
  OUT_OF_RANGE,
  /** The worker does not have the method. */
  UNIMPLEMENTED,
  /** The worker, or the transport, is broken. */
  INTERNAL,
  /** The worker cannot be reached now. */
  UNAVAILABLE,
  /** The worker lost data. */
  DATA_LOSS,
  /** The worker does not know this caller. */
  UNAUTHENTICATED
}
