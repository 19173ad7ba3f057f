package dev.remora.remote.stream;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * What one call to a worker is bounded by, apart from the load's deadline.
 *
 * @param idleTimeout how long the call may wait without receiving a byte
 * @param maxMessageBytes how many bytes one message may have; empty for the channel's own bound
 */
public record CallLimits(Duration idleTimeout, OptionalInt maxMessageBytes) {}
