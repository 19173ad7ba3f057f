package dev.remora.spring;

import io.grpc.ManagedChannel;

/**
 * Connects to workers. A bean of this type replaces the one that {@link RemoraProperties.Tls}
 * describes, such as for interceptors that authenticate. Must be thread-safe.
 */
@FunctionalInterface
public interface RemoraChannels {
  /** A new channel to an address, such as {@code localhost:50051}; shut down with the models. */
  ManagedChannel connect(String address);
}
