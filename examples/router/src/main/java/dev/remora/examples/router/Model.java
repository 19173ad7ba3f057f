package dev.remora.examples.router;

import dev.remora.Tokenizer;
import dev.remora.bundle.BundleInfo;
import dev.remora.remote.LoadOptions;
import dev.remora.remote.ModelWorkers;
import dev.remora.remote.RemoteTokenizerLoader;
import dev.remora.remote.TokenizerRegistry;
import dev.remora.remote.TokenizerSource;
import io.grpc.Channel;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One model: its workers, and the tokenizer and the templates that they all have. Thread-safe. */
final class Model implements AutoCloseable {
  private final String name;
  private final ModelWorkers workers;
  private final TokenizerRegistry registry;
  private final RemoteTokenizerLoader loader;
  private final WorkerChoice choice = new WorkerChoice();
  private volatile @Nullable Templates templates;

  Model(
      String name,
      ModelWorkers workers,
      TokenizerRegistry registry,
      @Nullable Path directory,
      LoadOptions options) {
    this.name = name;
    this.workers = workers;
    this.registry = registry;
    TokenizerSource source = workers.source(name);
    this.loader =
        RemoteTokenizerLoader.of(
            directory == null ? source : source.orElse(TokenizerSource.directory(directory)),
            options);
  }

  String name() {
    return name;
  }

  /** The workers that serve it now. */
  List<Channel> workers() {
    return workers.channels(name);
  }

  /** The tokenizer; to be closed. */
  Tokenizer tokenizer() {
    return registry.acquire(name, loader);
  }

  /** The templates beside a tokenizer of this model. */
  Templates templates(Tokenizer tokenizer) {
    BundleInfo bundle = tokenizer.bundle();
    Templates last = templates;
    if (last == null || !last.of().equals(bundle.digest())) {
      last = Templates.of(bundle);
      templates = last;
    }
    return last;
  }

  /** Takes a worker in, and listens to what it holds. */
  void watch(String address, Channel channel) {
    choice.watch(address, channel);
  }

  /** What completes one request, on the worker that holds most of its prompt. */
  Completion complete() {
    Tokenizer tokenizer = tokenizer();
    try {
      return new Completion(tokenizer, templates(tokenizer), this::choose);
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  private WorkerChoice.Chosen choose(int[] promptIds) {
    return choice.choose(workers(), promptIds);
  }

  @Override
  public void close() {
    choice.close();
  }
}
