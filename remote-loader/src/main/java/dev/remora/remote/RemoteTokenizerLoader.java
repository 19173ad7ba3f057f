package dev.remora.remote;

import dev.remora.Tokenizer;
import dev.remora.TokenizerException;
import dev.remora.bundle.TokenizerBundle;
import io.grpc.Channel;
import io.grpc.Context;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the tokenizer of an inference worker: asks for it by {@code GetTokenizer}, checks its
 * fingerprint, unpacks it in memory and builds it.
 *
 * <p>Several workers are tried in their order. A failure is followed as its gRPC status asks: the
 * next service name, the next worker, the same again after a pause, or the end; all within one
 * deadline. An exception carries every attempt.
 *
 * <p>The channels stay the caller's: they are never shut down, and their interceptors, credentials
 * and limits hold. Thread-safe; each load is independent.
 */
public final class RemoteTokenizerLoader {
  private static final Logger LOGGER = LoggerFactory.getLogger(RemoteTokenizerLoader.class);

  private final Supplier<List<Channel>> workers;
  private final LoadOptions options;

  private RemoteTokenizerLoader(Supplier<List<Channel>> workers, LoadOptions options) {
    this.workers = workers;
    this.options = options;
  }

  /** A loader from one worker. */
  public static RemoteTokenizerLoader of(Channel worker, LoadOptions options) {
    return of(List.of(worker), options);
  }

  /** A loader from the first of several workers that gives a tokenizer. */
  public static RemoteTokenizerLoader of(List<? extends Channel> workers, LoadOptions options) {
    return new RemoteTokenizerLoader(new Fixed(List.copyOf(workers)), options);
  }

  /** Workers that stay the same; a record, so that loaders of the same channels are equal. */
  private record Fixed(List<Channel> channels) implements Supplier<List<Channel>> {
    @Override
    public List<Channel> get() {
      return channels;
    }
  }

  /** The same where the workers change: the supplier is asked at the begin of each load. */
  public static RemoteTokenizerLoader of(Supplier<List<Channel>> workers, LoadOptions options) {
    return new RemoteTokenizerLoader(workers, options);
  }

  /**
   * Loads the tokenizer and waits for it. An interrupt cancels the load and stays set.
   *
   * @throws TokenizerException with {@link TokenizerException#attempts()}: the last failure, a
   *     {@link dev.remora.LoadException} where no worker answered as asked
   */
  public Tokenizer load() {
    return run(this::build);
  }

  private Tokenizer build(TokenizerBundle bundle, ModelClaims claims) {
    Tokenizer tokenizer = BuiltTokenizer.build(bundle, options);
    try {
      claims.check(tokenizer);
      return tokenizer;
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  /**
   * Loads the verified bundle alone, of which no tokenizer is built.
   *
   * @throws TokenizerException as {@link #load()}
   */
  public TokenizerBundle loadBundle() {
    return run((bundle, claims) -> bundle);
  }

  /**
   * Loads the tokenizer on a thread of its own. Cancelling the future, or completing it otherwise,
   * cancels the load and its RPC. The future fails with what {@link #load()} throws.
   */
  public CompletableFuture<Tokenizer> loadAsync() {
    return async(Context.current(), this::build, Tokenizer::close);
  }

  /**
   * Runs a load on a thread of its own.
   *
   * @param context the gRPC context of its calls
   * @param discard gets what was loaded where nobody else will, as the future was completed before
   */
  <T> CompletableFuture<T> async(Context context, BundleUse<T> use, Consumer<T> discard) {
    CompletableFuture<T> future = new CompletableFuture<>();
    AtomicBoolean finished = new AtomicBoolean();
    Runnable load =
        () -> {
          try {
            T loaded = run(use);
            finished.set(true);
            if (!future.complete(loaded)) {
              discard.accept(loaded);
            }
          } catch (Throwable e) {
            finished.set(true);
            future.completeExceptionally(e);
          }
        };
    Thread thread = new Thread(context.wrap(load), "remora-load");
    thread.setDaemon(true);
    CompletableFuture<T> unused =
        future.whenComplete(
            (loaded, failure) -> {
              if (!finished.get()) { // somebody else completed it
                thread.interrupt();
              }
            });
    thread.start();
    return future;
  }

  private <T> T run(BundleUse<T> use) {
    LoadDeadline deadline = LoadDeadline.after(options.timeout());
    long start = System.nanoTime();
    try {
      T loaded = new Failover(workers.get(), options, deadline).run(use);
      LOGGER.info("loaded in {} ms: {}", (System.nanoTime() - start) / 1_000_000, loaded);
      return loaded;
    } catch (TokenizerException e) {
      LOGGER.info(
          "no tokenizer after {} ms: {}", (System.nanoTime() - start) / 1_000_000, e.getMessage());
      options.listener().failed(e);
      throw e;
    }
  }

  LoadOptions options() {
    return options;
  }

  /** Whether the other asks the same channels, or the same supplier, with equal options. */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof RemoteTokenizerLoader that
            && workers.equals(that.workers)
            && options.equals(that.options));
  }

  @Override
  public int hashCode() {
    return Objects.hash(workers, options);
  }
}
