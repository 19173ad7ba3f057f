package dev.remora.remote.workers;

import io.grpc.ChannelLogger;
import io.grpc.EquivalentAddressGroup;
import io.grpc.ManagedChannel;
import io.grpc.NameResolver;
import io.grpc.NameResolverRegistry;
import io.grpc.Status;
import io.grpc.SynchronizationContext;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers behind one name, such as that of a headless service: each address is one, joins while
 * the name has it, and leaves when the name has it no more. Thread-safe.
 */
public final class ResolvedWorkers implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(ResolvedWorkers.class);

  /** As long as gRPC's resolver keeps an answer of the DNS. */
  private static final long REFRESH_SECONDS = 30;

  private static final int DEFAULT_PORT = 443; // as for gRPC's own channels

  private final String target;
  private final ModelGroup group;
  private final GroupHome home;
  private final Function<SocketAddress, ManagedChannel> connect;
  private final NameResolver resolver;
  private final SynchronizationContext resolving =
      new SynchronizationContext(
          (thread, failure) -> LOGGER.warn("a name cannot be resolved", failure));

  private Future<?> refreshing = CompletableFuture.completedFuture(null);

  // Guarded by this.
  private final Map<SocketAddress, ManagedChannel> channels = new HashMap<>();
  private boolean closed;

  /**
   * The workers of a name; {@link #start} resolves it.
   *
   * @param target as gRPC takes it, such as {@code dns:///workers:50051}
   * @param connect opens the channel to one address
   * @throws IllegalArgumentException if no resolver takes the name
   */
  public ResolvedWorkers(
      String target,
      ModelGroup group,
      GroupHome home,
      Function<SocketAddress, ManagedChannel> connect) {
    this.target = target;
    this.group = group;
    this.home = home;
    this.connect = connect;
    NameResolver.Args args =
        NameResolver.Args.newBuilder()
            .setDefaultPort(DEFAULT_PORT)
            .setProxyDetector(address -> null)
            .setSynchronizationContext(resolving)
            .setScheduledExecutorService(home.later())
            .setOffloadExecutor(home.asking())
            .setServiceConfigParser(new NoServiceConfig())
            .setChannelLogger(new NoLog())
            .build();
    this.resolver = resolver(target, args);
  }

  /** By the registry's factory, which gRPC has had in every version. */
  private static NameResolver resolver(String target, NameResolver.Args args) {
    NameResolver.Factory factory = NameResolverRegistry.getDefaultRegistry().asFactory();
    NameResolver resolver = resolver(factory, uri(target), args);
    if (resolver == null) {
      resolver = resolver(factory, uri(factory.getDefaultScheme() + ":///" + target), args);
    }
    if (resolver == null) {
      throw new IllegalArgumentException("no resolver takes " + target);
    }
    return resolver;
  }

  private static @Nullable NameResolver resolver(
      NameResolver.Factory factory, @Nullable URI uri, NameResolver.Args args) {
    return uri == null || uri.getScheme() == null ? null : factory.newNameResolver(uri, args);
  }

  private static @Nullable URI uri(String target) {
    try {
      return new URI(target);
    } catch (URISyntaxException e) {
      return null; // as gRPC's own channels do, it is tried as a name
    }
  }

  /** Resolves the name, now and again and again. */
  public void start() {
    resolving.execute(() -> resolver.start(new Listener()));
    synchronized (this) {
      if (!closed) {
        refreshing =
            home.later()
                .scheduleWithFixedDelay(
                    this::refresh, REFRESH_SECONDS, REFRESH_SECONDS, TimeUnit.SECONDS);
      }
    }
  }

  /** Resolves the name again. */
  public void refresh() {
    resolving.execute(resolver::refresh);
  }

  private final class Listener extends NameResolver.Listener2 {
    /** Written for what gRPC had before 1.66 too, when no result was a failure. */
    @Override
    @SuppressWarnings("deprecation") // getAddressesOrError, which frameworks' older gRPC has not
    public void onResult(NameResolver.ResolutionResult result) {
      List<EquivalentAddressGroup> addresses;
      try {
        addresses = result.getAddresses();
      } catch (IllegalStateException e) { // there are none, but a status
        onError(Status.UNAVAILABLE.withDescription(result.toString()));
        return;
      }
      update(addresses);
    }

    @Override
    public void onError(Status failure) {
      LOGGER.warn("{} cannot be resolved, its workers stay: {}", target, failure);
    }
  }

  private synchronized void update(List<EquivalentAddressGroup> groups) {
    if (closed) {
      return;
    }
    Set<SocketAddress> addresses = new LinkedHashSet<>();
    groups.forEach(same -> addresses.add(same.getAddresses().get(0)));
    for (SocketAddress gone : Set.copyOf(channels.keySet())) {
      if (!addresses.contains(gone)) {
        leave(channels.remove(gone));
      }
    }
    for (SocketAddress address : addresses) {
      if (!channels.containsKey(address)) {
        join(address);
      }
    }
  }

  private void join(SocketAddress address) {
    ManagedChannel channel;
    try {
      channel = connect.apply(address);
    } catch (RuntimeException e) {
      LOGGER.warn("no channel to {} of {}", address, target, e);
      return; // it is tried again when the name is resolved again
    }
    channels.put(address, channel);
    CompletableFuture<?> unused =
        group
            .join(channel)
            .whenComplete(
                (drift, failure) -> {
                  if (failure != null) {
                    LOGGER.debug("{} of {} was not compared", address, target, failure);
                  }
                });
  }

  private void leave(@Nullable ManagedChannel channel) {
    if (channel != null) {
      group.leave(channel);
      channel.shutdown();
    }
  }

  /** All of them leave, and their channels end. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      refreshing.cancel(false);
      List.copyOf(channels.values()).forEach(this::leave);
      channels.clear();
    }
    resolving.execute(resolver::shutdown);
  }

  @Override
  public String toString() {
    return "workers of " + target;
  }

  private static final class NoServiceConfig extends NameResolver.ServiceConfigParser {
    @Override
    public NameResolver.ConfigOrError parseServiceConfig(Map<String, ?> config) {
      return NameResolver.ConfigOrError.fromConfig(config);
    }
  }

  private static final class NoLog extends ChannelLogger {
    @Override
    public void log(ChannelLogLevel level, String message) {}

    @Override
    public void log(ChannelLogLevel level, String message, Object... arguments) {}
  }
}
