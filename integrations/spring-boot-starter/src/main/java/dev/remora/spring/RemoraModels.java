package dev.remora.spring;

import dev.remora.Tokenizer;
import dev.remora.TokenizerException;
import dev.remora.bundle.BundleInfo;
import dev.remora.remote.LoadListener;
import dev.remora.remote.LoadOptions;
import dev.remora.remote.RemoteTokenizerLoader;
import dev.remora.remote.TokenizerCache;
import dev.remora.remote.TokenizerRegistry;
import dev.remora.remote.TokenizerSource;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * The models of {@link RemoraProperties}: loaded in the background when the application starts,
 * refreshed while it runs, and let go when it stops.
 *
 * <p>Thread-safe.
 */
public final class RemoraModels implements SmartInitializingSingleton, AutoCloseable {
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final RemoraProperties properties;
  private final TokenizerRegistry registry;
  private final Map<String, RemoteTokenizerLoader> loaders = new TreeMap<>();
  private final Map<String, ManagedChannel> channels = new LinkedHashMap<>();
  private final Map<String, Throwable> failures = new ConcurrentHashMap<>();
  private final ScheduledThreadPoolExecutor later =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread thread = new Thread(task, "remora-refresh");
            thread.setDaemon(true);
            return thread;
          });

  RemoraModels(
      RemoraProperties properties,
      TokenizerRegistry registry,
      RemoraChannels connections,
      LoadListener listener) {
    this.properties = properties;
    this.registry = registry;
    properties
        .models()
        .forEach(
            (name, model) ->
                loaders.put(
                    name,
                    RemoteTokenizerLoader.of(
                        source(name, model, connections), options(model, listener))));
  }

  private TokenizerSource source(
      String name, RemoraProperties.Model model, RemoraChannels connections) {
    List<TokenizerSource> sources = new ArrayList<>();
    if (!model.workers().isEmpty()) {
      List<ManagedChannel> workers = new ArrayList<>();
      for (String address : model.workers()) {
        workers.add(channels.computeIfAbsent(address, connections::connect));
      }
      TokenizerSource source = TokenizerSource.workers(workers);
      sources.add(
          properties.cache() == null
              ? source
              : source.keptIn(TokenizerCache.at(properties.cache()), name));
    }
    if (model.directory() != null) {
      sources.add(TokenizerSource.directory(model.directory()));
    }
    if (sources.isEmpty()) {
      throw new IllegalArgumentException(
          "remora.models." + name + " must have workers or a directory");
    }
    return sources.size() == 1
        ? sources.get(0)
        : TokenizerSource.firstOf(sources, TokenizerSource.MOVES_ON);
  }

  private LoadOptions options(RemoraProperties.Model model, LoadListener listener) {
    LoadOptions.Builder options =
        LoadOptions.builder()
            .timeout(properties.timeout())
            .engine(properties.engine())
            .expectedFingerprint(model.fingerprint())
            .listener(listener);
    if (properties.idleTimeout() != null) {
      options.idleTimeout(properties.idleTimeout());
    }
    if (properties.maxAttempts() != null) {
      options.maxAttempts(properties.maxAttempts());
    }
    if (!properties.services().isEmpty()) {
      options.services(properties.services());
    }
    return options.build();
  }

  /** The names of the models, sorted. */
  public Set<String> names() {
    return Collections.unmodifiableSet(loaders.keySet());
  }

  /**
   * A lease on the tokenizer of a model, which is loaded if it is not there; to be closed.
   *
   * @throws TokenizerException if it cannot be loaded, as {@link TokenizerRegistry#acquire}
   * @throws IllegalArgumentException if the configuration has no such model
   */
  public Tokenizer acquire(String model) {
    return registry.acquire(model, loader(model));
  }

  private RemoteTokenizerLoader loader(String model) {
    RemoteTokenizerLoader loader = loaders.get(model);
    if (loader == null) {
      throw new IllegalArgumentException("no model '" + model + "' in remora.models");
    }
    return loader;
  }

  /** What the tokenizer of a model was built from; empty while it has none. Does not load it. */
  Optional<BundleInfo> bundle(String model) {
    if (!registry.names().contains(model)) {
      return Optional.empty();
    }
    try (Tokenizer lease = acquire(model)) {
      return Optional.of(lease.bundle());
    } catch (TokenizerException | IllegalStateException e) {
      return Optional.empty(); // it was removed between
    }
  }

  /** Why the last load of a model failed; null if it did not, or is under way. */
  @Nullable Throwable failure(String model) {
    return failures.get(model);
  }

  /** Begins to load and, from then on, to refresh. */
  @Override
  public void afterSingletonsInstantiated() {
    loaders.keySet().forEach(this::load);
    long nanos = properties.refresh().toNanos();
    if (nanos > 0) {
      var unused = later.scheduleWithFixedDelay(this::refresh, nanos, nanos, TimeUnit.NANOSECONDS);
    }
  }

  private void load(String model) {
    CompletableFuture<Void> unused =
        registry
            .acquireAsync(model, loader(model))
            .handle(
                (lease, failure) -> {
                  if (failure == null) {
                    failures.remove(model);
                    lease.close(); // the registry keeps it
                  } else {
                    failures.put(model, cause(failure));
                    again(model);
                  }
                  return null;
                });
  }

  private void again(String model) {
    if (!later.isShutdown()) {
      var unused = later.schedule(() -> load(model), AGAIN.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  /** A refresh that fails changes nothing: the old tokenizer serves, and the listener is told. */
  private void refresh() {
    for (String model : registry.names()) {
      if (loaders.containsKey(model)) {
        CompletableFuture<Boolean> unused = registry.refreshAsync(model);
      }
    }
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /**
   * Ends loads and refreshes, and closes the channels once their calls have ended, or after the
   * timeout of the properties. Leases stay valid until they are closed.
   */
  @Override
  public void close() {
    later.shutdownNow();
    loaders.keySet().forEach(registry::remove);
    channels.values().forEach(ManagedChannel::shutdown);
    long end = System.nanoTime() + properties.shutdownTimeout().toNanos();
    for (ManagedChannel channel : channels.values()) {
      try {
        if (!channel.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          channel.shutdownNow();
        }
      } catch (InterruptedException e) {
        channels.values().forEach(ManagedChannel::shutdownNow);
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
