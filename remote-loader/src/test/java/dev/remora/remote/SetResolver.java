package dev.remora.remote;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Names of the scheme {@code set}, each with the addresses that a test gives it. */
final class SetResolver extends NameResolverProvider {
  final Map<String, NameResolver.Listener2> listeners = new ConcurrentHashMap<>();
  final AtomicInteger refreshed = new AtomicInteger();

  @Override
  public NameResolver newNameResolver(URI target, NameResolver.Args args) {
    return new NameResolver() {
      @Override
      public String getServiceAuthority() {
        return "set";
      }

      @Override
      public void start(Listener2 listener) {
        listeners.put(target.toString(), listener);
      }

      @Override
      public void refresh() {
        refreshed.incrementAndGet();
      }

      @Override
      public void shutdown() {
        listeners.remove(target.toString());
      }
    };
  }

  NameResolver.Listener2 listener(String target) {
    return Objects.requireNonNull(listeners.get(target));
  }

  @SuppressWarnings("deprecation") // setAddressesOrError, which older gRPC has not
  void resolve(String target, TestWorker... workers) {
    List<EquivalentAddressGroup> addresses = new ArrayList<>();
    for (TestWorker worker : workers) {
      addresses.add(
          new EquivalentAddressGroup(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), worker.server().port())));
    }
    listener(target)
        .onResult(NameResolver.ResolutionResult.newBuilder().setAddresses(addresses).build());
  }

  @Override
  public String getDefaultScheme() {
    return "set";
  }

  @Override
  protected boolean isAvailable() {
    return true;
  }

  @Override
  protected int priority() {
    return 5;
  }
}
