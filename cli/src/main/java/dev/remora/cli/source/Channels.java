package dev.remora.cli.source;

import dev.remora.cli.verb.CommandFailure;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.ArrayList;
import java.util.List;

/** The channels that a verb opens, without TLS; closed with it. */
public final class Channels implements AutoCloseable {
  private final List<ManagedChannel> open = new ArrayList<>();

  /** A channel to a worker, which connects when it is used. */
  public ManagedChannel to(String target) {
    try {
      ManagedChannel channel = NettyChannelBuilder.forTarget(target).usePlaintext().build();
      open.add(channel);
      return channel;
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(target + " is no worker's address: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    open.forEach(ManagedChannel::shutdownNow);
  }
}
