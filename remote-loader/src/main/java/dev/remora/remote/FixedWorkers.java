package dev.remora.remote;

import io.grpc.Channel;
import java.util.List;
import java.util.function.Supplier;

/** Workers that stay the same; a record, so that sources of the same channels are equal. */
record FixedWorkers(List<Channel> channels) implements Supplier<List<Channel>> {
  @Override
  public List<Channel> get() {
    return channels;
  }

  @Override
  public String toString() {
    return channels.stream().map(Channel::authority).toList().toString();
  }
}
