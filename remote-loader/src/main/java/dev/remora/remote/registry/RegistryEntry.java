package dev.remora.remote.registry;

import dev.remora.LoadException;
import dev.remora.LoadStatus;
import dev.remora.Rule;
import dev.remora.Tokenizer;
import dev.remora.bundle.BundleInfo;
import dev.remora.bundle.ContentDigest;
import dev.remora.bundle.Fingerprint;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.guard.BuildGuard;
import dev.remora.remote.stream.BundleUse;
import io.grpc.Context;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One name of a registry: its tokenizer, the load that is under way, or the failure of the last
 * one. Thread-safe.
 */
public final class RegistryEntry {
  private final String name;
  private final EntrySource source;
  private final RegistryHome home;

  private volatile @Nullable Held current;

  // Guarded by this.
  private final Backoff backoff;
  private @Nullable Flight flight;
  private boolean retired;
  private Context context = Context.ROOT; // of the last load
  private int place; // of the source that serves
  private Duration seekPause = Duration.ZERO;
  private Future<?> seeking = CompletableFuture.completedFuture(null);

  /** A name that has no tokenizer yet. */
  public RegistryEntry(String name, EntrySource source, RegistryHome home) {
    this.name = name;
    this.source = source;
    this.home = home;
    this.backoff = new Backoff(home.backoff());
  }

  /** A share of a tokenizer, and what it was loaded as. Whoever has it releases it once. */
  record Held(
      SharedTokenizers.Shared tokenizer,
      ContentDigest digest,
      Fingerprint fingerprint,
      BundleInfo bundle) {
    @Override
    public String toString() {
      return tokenizer.toString();
    }
  }

  /** A load that is under way, and the future of those that wait for it. */
  private static final class Flight {
    final CompletableFuture<Held> landed = new CompletableFuture<>();
    final CompletableFuture<LoadedFrom<Held>> load;

    Flight(CompletableFuture<LoadedFrom<Held>> load) {
      this.load = load;
    }
  }

  /** The name, and whether it has a tokenizer, loads one or is retired. */
  @Override
  public synchronized String toString() {
    String state = retired ? "retired" : flight != null ? "loading" : "idle";
    return "RegistryEntry[" + name + ", " + state + ", current=" + current + "]";
  }

  /** What the registry calls it. */
  public String name() {
    return name;
  }

  /** Where the tokenizer is loaded from. */
  public EntrySource source() {
    return source;
  }

  /** Whether the name has a tokenizer now. */
  public boolean isLoaded() {
    return current != null;
  }

  /** A lease, at once or when the load lands; null if this entry is retired. */
  public @Nullable CompletableFuture<Tokenizer> acquire() {
    Tokenizer lease = lease();
    if (lease != null) {
      return CompletableFuture.completedFuture(lease);
    }
    CompletableFuture<Held> landed = flight(false);
    return landed == null ? null : leaseWhen(landed);
  }

  private CompletableFuture<Tokenizer> leaseWhen(CompletableFuture<Held> landed) {
    CompletableFuture<Tokenizer> result = new CompletableFuture<>();
    CompletableFuture<Held> unused =
        landed.whenCompleteAsync(
            (held, failure) -> {
              Tokenizer lease = failure == null ? lease() : null;
              if (lease == null) {
                result.completeExceptionally(failure == null ? removed() : failure);
              } else if (!result.complete(lease)) {
                lease.close(); // the caller gave it up
              }
            },
            home.callbacks());
    return result;
  }

  private LoadException removed() {
    return new LoadException(Rule.R1, LoadStatus.CANCELLED, "'" + name + "' was removed", null);
  }

  private @Nullable Tokenizer lease() {
    for (Held held = current; held != null; held = current) {
      if (held.tokenizer().retain()) {
        return new LeasedTokenizer(held.tokenizer(), held.bundle());
      }
    }
    return null;
  }

  /** Whether the tokenizer is another one after a load; null if none is held or on its way. */
  public @Nullable CompletableFuture<Boolean> refresh() {
    Held before = current;
    CompletableFuture<Held> landed = flight(true);
    return landed == null
        ? null
        : landed.thenApplyAsync(
            held -> before == null || !held.digest().equals(before.digest()), home.callbacks());
  }

  /** The load under way, or a new one; null if this entry is retired, or not to be refreshed. */
  private synchronized @Nullable CompletableFuture<Held> flight(boolean refresh) {
    if (retired) {
      return null;
    }
    if (flight != null) {
      return flight.landed;
    }
    if (refresh) {
      return current == null ? null : start(source, Context.current().fork());
    }
    Throwable recent = backoff.current();
    return recent == null
        ? start(source, Context.current().fork())
        : CompletableFuture.failedFuture(recent);
  }

  /** Tries what is preferred to the source that serves. */
  private synchronized void seekBetter() {
    if (!retired && flight == null && place > 0) {
      CompletableFuture<Held> unused = start(source.before(place), context);
    }
  }

  /**
   * Begins a load.
   *
   * @param forked what the caller's context carries; that the caller goes away does not end it
   */
  private CompletableFuture<Held> start(EntrySource from, Context forked) {
    context = forked;
    Flight started = new Flight(from.load(forked, new Use(), held -> held.tokenizer().release()));
    flight = started;
    CompletableFuture<LoadedFrom<Held>> unused =
        started.load.whenComplete(
            (served, failure) -> {
              if (served == null) {
                boolean retired = failure == null || failure instanceof CancellationException;
                fail(started, retired ? removed() : failure);
              } else {
                land(started, served);
              }
            });
    return started.landed;
  }

  private final class Use implements BundleUse<Held> {
    @Override
    public Optional<Held> known(String fingerprint) {
      Held held = current;
      if (held == null) {
        return Optional.empty();
      }
      boolean same =
          held.fingerprint().verifiedSha256().filter(fingerprint::equalsIgnoreCase).isPresent();
      return same && held.tokenizer().retain() ? Optional.of(held) : Optional.empty();
    }

    @Override
    public Held use(TokenizerBundle bundle, BuildGuard guard, ModelCheck modelCheck) {
      SharedTokenizers.Shared shared = home.tokenizers().obtain(bundle, source, guard);
      try {
        List<String> names = modelCheck.names(shared.tokenizer());
        BundleInfo info =
            shared.tokenizer().bundle().ofModel(bundle.modelIdentifier().orElse(null), names);
        return new Held(shared, bundle.digest(), bundle.fingerprint(), info);
      } catch (Throwable e) {
        shared.release();
        throw e;
      }
    }
  }

  private void land(Flight landing, LoadedFrom<Held> served) {
    Held held = served.value();
    Held before;
    synchronized (this) {
      flight = null;
      backoff.succeeded();
      before = retired ? held : current;
      current = retired ? null : held;
      place = served.place();
      seekLater(home.backoff().initial());
    }
    home.failed().remove(this);
    if (before != null) {
      before.tokenizer().release();
    }
    try {
      if (before != null && !before.digest().equals(held.digest())) {
        source.swapped(name, before.digest(), held.digest());
      }
      landing.landed.complete(held);
    } catch (Throwable e) {
      landing.landed.completeExceptionally(e);
    }
  }

  /** While a source serves that is not the preferred one, better ones are sought now and then. */
  private void seekLater(Duration pause) {
    if (!retired && place > 0) {
      seekPause = pause;
      seeking.cancel(false);
      seeking = home.later().schedule(this::seekBetter, pause.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void fail(Flight landing, Throwable failure) {
    boolean unused;
    synchronized (this) {
      flight = null;
      unused = current == null && !retired;
      if (unused) {
        backoff.failed(failure);
      } else {
        seekLater(home.backoff().next(seekPause));
      }
    }
    if (unused) {
      home.failed().add(this);
    }
    landing.landed.completeExceptionally(failure);
  }

  /** Ends this entry if it neither holds nor loads a tokenizer; whether it has ended now. */
  public boolean retireIfUnused() {
    boolean ended;
    synchronized (this) {
      retired |= current == null && flight == null;
      ended = retired;
    }
    if (ended) {
      home.failed().remove(this);
    }
    return ended;
  }

  /** Ends this entry: its load is cancelled, its tokenizer is released. */
  public void retire() {
    Flight cancelled;
    Held released;
    synchronized (this) {
      retired = true;
      cancelled = flight;
      released = current;
      current = null;
      seeking.cancel(false);
    }
    home.failed().remove(this);
    if (cancelled != null) {
      cancelled.load.cancel(true);
    }
    if (released != null) {
      released.tokenizer().release();
    }
  }
}
