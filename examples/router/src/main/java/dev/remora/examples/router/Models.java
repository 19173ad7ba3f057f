package dev.remora.examples.router;

import dev.remora.bundle.BundleDrift;
import dev.remora.bundle.ContentDigest;
import dev.remora.remote.DriftPolicy;
import dev.remora.remote.LoadListener;
import dev.remora.remote.LoadOptions;
import dev.remora.remote.ModelWorkers;
import dev.remora.remote.TokenizerRegistry;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The models that are served, with their workers and their tokenizers. Thread-safe. */
final class Models implements AutoCloseable {
  /** The model of workers that are given without a name; it serves names that no other has. */
  static final String DEFAULT = "default";

  private static final Duration A_REQUEST_WAITS = Duration.ofSeconds(10);

  private final List<ManagedChannel> channels = new CopyOnWriteArrayList<>();
  private final TokenizerRegistry registry = TokenizerRegistry.create();
  private final LoadOptions options =
      LoadOptions.builder().timeout(A_REQUEST_WAITS).listener(new Refreshing()).build();
  private final ModelWorkers workers = ModelWorkers.of(DriftPolicy.REFUSE, options);
  private final Map<String, Model> models = new ConcurrentSkipListMap<>();
  private final @Nullable Path directory;

  /**
   * @param directory the tokenizer's files for while no worker gives it; null for none
   */
  Models(@Nullable Path directory) {
    this.directory = directory;
  }

  /** Where the workers change over to another tokenizer, so does the router. */
  private final class Refreshing implements LoadListener {
    @Override
    public void modelChanged(String model, ContentDigest from, ContentDigest to) {
      CompletableFuture<Boolean> unused = registry.refreshAsync(model);
    }
  }

  /** Takes one more worker in; it gets requests once its tokenizer is found to be the others'. */
  CompletableFuture<BundleDrift> join(String model, String address) {
    Model served =
        models.computeIfAbsent(
            model, name -> new Model(name, workers, registry, directory, options));
    ManagedChannel channel =
        Grpc.newChannelBuilder(address, InsecureChannelCredentials.create()).build();
    channels.add(channel);
    served.watch(address, channel);
    return workers.join(model, channel);
  }

  /**
   * The model of a name.
   *
   * @throws ApiException if there is none
   */
  Model get(String name) {
    Model model = models.getOrDefault(name, models.get(DEFAULT));
    if (model == null) {
      throw ApiException.noSuchModel(name);
    }
    return model;
  }

  Collection<Model> all() {
    return models.values();
  }

  @Override
  public void close() {
    models.values().forEach(Model::close);
    workers.close();
    registry.close();
    channels.forEach(ManagedChannel::shutdownNow);
  }
}
