package dev.remora.cli.source;

import dev.remora.cli.verb.CommandFailure;
import dev.remora.cli.verb.Verb;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.ManagedChannelProvider.ProviderNotFoundException;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The channels that a verb opens, and the worker that it embeds; closed with it. */
public final class Channels implements AutoCloseable {
  private final List<ManagedChannel> open = new ArrayList<>();
  private final ChannelCredentials credentials;
  private final Optional<String> name;
  private final Metadata headers;
  private @Nullable EmbeddedWorker embedded;

  /** Plain ones. */
  public Channels() {
    credentials = InsecureChannelCredentials.create();
    name = Optional.empty();
    headers = new Metadata();
  }

  Channels(Connection connection, Verb verb) {
    credentials = connection.credentials(verb);
    name = connection.name();
    headers = connection.headers(verb);
  }

  /** A channel to a worker, which connects when it is used. */
  public ManagedChannel to(String target) {
    try {
      ManagedChannelBuilder<?> builder = Grpc.newChannelBuilder(target, credentials);
      name.ifPresent(builder::overrideAuthority);
      if (!headers.keys().isEmpty()) {
        builder.intercept(MetadataUtils.newAttachHeadersInterceptor(headers));
      }
      ManagedChannel channel = builder.build();
      open.add(channel);
      return channel;
    } catch (IllegalArgumentException | ProviderNotFoundException e) {
      throw new CommandFailure(target + " cannot be connected to: " + e.getMessage(), e);
    }
  }

  /** A channel to a worker inside this process, plain whatever was asked for of others. */
  ManagedChannel toEmbeddedWorker() {
    EmbeddedWorker worker = embedded == null ? EmbeddedWorker.start() : embedded;
    embedded = worker;
    return worker.channel();
  }

  @Override
  public void close() {
    open.forEach(ManagedChannel::shutdownNow);
    if (embedded != null) {
      embedded.close();
    }
  }
}
