package dev.remora.remote;

import dev.remora.Tokenizer;
import dev.remora.TokenizerException;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.engine.Engines;
import dev.remora.core.guard.BuildGuard;
import dev.remora.remote.registry.LoadedFrom;
import dev.remora.remote.stream.BundleUse;
import dev.remora.remote.stream.BundleUse.ModelCheck;
import dev.remora.remote.stream.CallFailure;
import dev.remora.remote.stream.LoadDeadline;
import io.grpc.Channel;
import io.grpc.Context;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the tokenizer of an inference worker: asks for it by {@code GetTokenizer}, checks its
 * fingerprint, unpacks it in memory and builds it.
 *
 * <p>The tokenizer may also come from another {@link TokenizerSource}, such as a directory for when
 * no worker answers. Several workers are tried in order. What follows a failure depends on its gRPC
 * status: the next service name, the next worker, the same worker again after a pause, or the end;
 * all within one deadline (rule C7). An exception carries every attempt.
 *
 * <p>The channels stay the caller's: they are never shut down, and their interceptors, credentials
 * and limits hold.
 *
 * <p>Immutable and thread-safe; each load is independent.
 */
public final class RemoteTokenizerLoader {
  private static final Logger LOGGER = LoggerFactory.getLogger(RemoteTokenizerLoader.class);

  private final TokenizerSource source;
  private final LoadOptions options;
  private final SourceChain chain;

  private RemoteTokenizerLoader(TokenizerSource source, LoadOptions options, SourceChain chain) {
    this.source = source;
    this.options = options;
    this.chain = chain;
  }

  /** A loader from a source, which may be the first of several that works. */
  public static RemoteTokenizerLoader of(TokenizerSource source, LoadOptions options) {
    Objects.requireNonNull(options, "options");
    return new RemoteTokenizerLoader(source, options, SourceChain.of(source));
  }

  /** A loader that asks one worker. */
  public static RemoteTokenizerLoader of(Channel worker, LoadOptions options) {
    return of(TokenizerSource.workers(worker), options);
  }

  /**
   * A loader that asks several workers, in order, until one gives a tokenizer. The list is copied.
   */
  public static RemoteTokenizerLoader of(List<? extends Channel> workers, LoadOptions options) {
    return of(TokenizerSource.workers(workers), options);
  }

  /**
   * A loader for workers that change: the supplier is asked at the beginning of each load, on the
   * thread that loads. A load without workers fails with {@link dev.remora.LoadStatus#NOT_FOUND}.
   */
  public static RemoteTokenizerLoader of(Supplier<List<Channel>> workers, LoadOptions options) {
    return of(TokenizerSource.workers(workers), options);
  }

  /** A loader of the sources that come before this place, each for one round of attempts. */
  RemoteTokenizerLoader before(int place) {
    return new RemoteTokenizerLoader(source, options, chain.before(place));
  }

  /**
   * Loads the tokenizer and waits for it. An interrupt of the calling thread, or the end of its
   * gRPC context, cancels the load; the interrupt status stays set.
   *
   * @throws TokenizerException the last failure, with all {@link TokenizerException#attempts()}; a
   *     {@link dev.remora.LoadException} if the last worker that was tried did not answer
   */
  public Tokenizer load() {
    return run(this::build, Tokenizer::close).value();
  }

  private Tokenizer build(TokenizerBundle bundle, BuildGuard guard, ModelCheck modelCheck) {
    Tokenizer tokenizer = BuiltTokenizer.build(bundle, options, guard);
    try {
      List<String> names = modelCheck.names(tokenizer);
      return names.isEmpty()
          ? tokenizer
          : Engines.describedBy(
              tokenizer.bundle().ofModel(bundle.modelIdentifier().orElse(null), names), tokenizer);
    } catch (Throwable e) {
      tokenizer.close();
      throw e;
    }
  }

  /**
   * Loads the verified bundle only, and builds no tokenizer.
   *
   * @throws TokenizerException as {@link #load()} does
   */
  public TokenizerBundle loadBundle() {
    return run(new BundleAlone(), bundle -> {}).value();
  }

  private static final class BundleAlone implements BundleUse<TokenizerBundle> {
    @Override
    public boolean buildsTokenizer() {
      return false;
    }

    @Override
    public TokenizerBundle use(TokenizerBundle bundle, BuildGuard guard, ModelCheck modelCheck) {
      return bundle;
    }
  }

  /**
   * Loads the tokenizer on a new daemon thread, in the gRPC context of the caller. Cancelling the
   * future, or completing it in another way, cancels the load and its call. The future fails with
   * what {@link #load()} throws.
   */
  public CompletableFuture<Tokenizer> loadAsync() {
    return async(Context.current(), this::build, LoadedFrom::value, Tokenizer::close);
  }

  /**
   * Runs a load on a thread of its own.
   *
   * @param context the gRPC context of its calls
   * @param result what the future gives of what was served
   * @param discard gets what was loaded if the future was completed before
   */
  <T, R> CompletableFuture<R> async(
      Context context, BundleUse<T> use, Function<LoadedFrom<T>, R> result, Consumer<T> discard) {
    CompletableFuture<R> future = new CompletableFuture<>();
    AtomicBoolean finished = new AtomicBoolean();
    Runnable load =
        () -> {
          try {
            LoadedFrom<T> served = run(use, discard);
            finished.set(true);
            if (!future.complete(result.apply(served))) {
              discard.accept(served.value());
            }
          } catch (Throwable e) {
            finished.set(true);
            future.completeExceptionally(e);
          }
        };
    Thread thread = new Thread(context.wrap(load), "remora-load");
    thread.setDaemon(true);
    CompletableFuture<R> unused =
        future.whenComplete(
            (loaded, failure) -> {
              if (!finished.get()) { // somebody else completed it
                thread.interrupt();
              }
            });
    thread.start();
    return future;
  }

  private <T> LoadedFrom<T> run(BundleUse<T> use, Consumer<T> discard) {
    LoadDeadline deadline = LoadDeadline.after(options.timeout());
    long start = System.nanoTime();
    try {
      options.listener().started(source);
      LoadedFrom<T> loaded = new ChainLoad(chain, options, deadline).run(use, discard);
      LOGGER.info("loaded in {} ms: {}", (System.nanoTime() - start) / 1_000_000, loaded.value());
      return loaded;
    } catch (RuntimeException | Error e) {
      TokenizerException failure = // else a listener's
          e instanceof TokenizerException known ? known : CallFailure.unexpected("the load", e);
      LOGGER.info(
          "no tokenizer after {} ms: {}",
          (System.nanoTime() - start) / 1_000_000,
          failure.getMessage());
      options.listener().failed(failure);
      throw failure;
    }
  }

  LoadOptions options() {
    return options;
  }

  /** Whether the other has an equal source and equal options. */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof RemoteTokenizerLoader that
            && source.equals(that.source)
            && options.equals(that.options));
  }

  @Override
  public int hashCode() {
    return Objects.hash(source, options);
  }

  /** The source and the options. */
  @Override
  public String toString() {
    return "RemoteTokenizerLoader[" + source + ", " + options + "]";
  }
}
