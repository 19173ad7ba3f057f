package dev.remora.remote;

import dev.remora.LoadException;
import dev.remora.LoadStatus;
import dev.remora.Rule;
import dev.remora.Tokenizer;
import dev.remora.TokenizerException;
import dev.remora.remote.registry.Backoff;
import dev.remora.remote.registry.EntrySource;
import dev.remora.remote.registry.FailedEntries;
import dev.remora.remote.registry.RegistryEntry;
import dev.remora.remote.registry.RegistryHome;
import dev.remora.remote.registry.SelfCheck;
import dev.remora.remote.registry.SharedTokenizers;
import dev.remora.remote.registry.Waiting;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * The tokenizers of a router by model name: each is loaded once, shared, refreshed while it serves,
 * and closed when nobody holds it.
 *
 * <pre>{@code
 * try (Tokenizer tokenizer = registry.acquire("llama-3", loader)) {
 *   int[] ids = tokenizer.encode(prompt).ids();
 * }
 * }</pre>
 *
 * <p>What {@link #acquire} returns is a lease: closing it gives the tokenizer back, and until then
 * it stays the same tokenizer, whatever is refreshed or removed meanwhile. Names whose bundles hold
 * the same files share one tokenizer; its {@link Tokenizer#bundle()} is that of the name that was
 * loaded first.
 *
 * <p>Thread-safe; acquiring what is loaded takes no lock.
 */
public final class TokenizerRegistry implements AutoCloseable {
  private static final int MAX_FAILED_NAMES = 1_000;

  private final ConcurrentMap<String, RegistryEntry> entries = new ConcurrentHashMap<>();
  private final RegistryHome home;
  private final LongAdder refreshes = new LongAdder();
  private final LongAdder failedRefreshes = new LongAdder();
  private volatile boolean closed;

  private TokenizerRegistry(Builder builder) {
    this.home =
        new RegistryHome(
            new SharedTokenizers(builder.selfCheck),
            new Backoff.Range(builder.backoff, builder.maxBackoff),
            new FailedEntries(MAX_FAILED_NAMES, this::forget),
            RegistryHome.newCallbacks(),
            RegistryHome.newLater());
  }

  /**
   * What a registry holds, and how its names were refreshed.
   *
   * @param names the names that have a tokenizer
   * @param tokenizers the tokenizers that are open, for names or for leases alone; those included
   *     that are being built
   * @param leases the leases that were given out and not closed
   * @param refreshes the calls of {@link #refresh} that succeeded
   * @param failedRefreshes those that failed
   */
  public record Statistics(
      int names, int tokenizers, int leases, long refreshes, long failedRefreshes) {}

  /** A registry with the defaults. */
  public static TokenizerRegistry create() {
    return builder().build();
  }

  /** A builder that begins at the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * A lease on the tokenizer of this name, which is loaded if it is not there. Calls for the same
   * name wait for the same load, and its failure is the failure of each; until the backoff ends,
   * that failure (the same exception) also answers later calls. The last 1,000 names that failed
   * are remembered so. A caller that is interrupted, or whose gRPC context ends, stops waiting; the
   * load goes on for the others.
   *
   * @param name the model's name, as the application calls it
   * @param source where it is loaded from
   * @throws LoadException with rule R1 and status ALREADY_EXISTS if the name has a tokenizer, or a
   *     load under way, from a source that does not equal this one
   * @throws TokenizerException as {@link RemoteTokenizerLoader#load()}; rule R2 where the tokenizer
   *     fails the self-check
   * @throws IllegalStateException if the registry is closed
   */
  public Tokenizer acquire(String name, RemoteTokenizerLoader source) {
    return Waiting.on(acquireAsync(name, source));
  }

  /**
   * Like {@link #acquire}, without waiting: the future fails with what that throws. Cancelling the
   * future gives up the lease; the load goes on. What depends on the future runs on a thread of its
   * own, or at once where the tokenizer is there: it holds up neither the load nor other callers.
   */
  public CompletableFuture<Tokenizer> acquireAsync(String name, RemoteTokenizerLoader source) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(source, "source");
    EntrySource wanted = new LoaderSource(source);
    while (true) {
      RegistryEntry present = entries.get(name); // computeIfAbsent may lock
      RegistryEntry entry =
          present != null
              ? present
              : entries.computeIfAbsent(name, absent -> entry(absent, wanted));
      if (closed) {
        remove(name); // close() may have passed by before the name was entered
        throw new IllegalStateException("the registry is closed");
      }
      if (entry.source().equals(wanted)) {
        CompletableFuture<Tokenizer> lease = entry.acquire();
        if (lease != null) {
          return lease;
        }
      } else if (!entry.retireIfUnused()) {
        return CompletableFuture.failedFuture(
            new LoadException(
                Rule.R1, LoadStatus.ALREADY_EXISTS, "'" + name + "' has another source", null));
      }
      entries.remove(name, entry); // it was removed, or its last load failed: begin again
    }
  }

  private RegistryEntry entry(String name, EntrySource source) {
    return new RegistryEntry(name, source, home);
  }

  private void forget(RegistryEntry failed) {
    if (failed.retireIfUnused()) {
      entries.remove(failed.name(), failed);
    }
  }

  /**
   * Fetches the bundle of this name again; if its content digest differs, later leases get the new
   * tokenizer. If it fails, the old one goes on serving. If the worker announces the fingerprint of
   * the bundle that is held, the call ends after its first message (rule A5). Joins a load of the
   * name that is under way.
   *
   * @return whether the name has another tokenizer now
   * @throws LoadException with status NOT_FOUND if the name has no tokenizer
   * @throws TokenizerException as {@link #acquire}
   */
  public boolean refresh(String name) {
    return Waiting.on(refreshAsync(name));
  }

  /** Like {@link #refresh}, without waiting; cancelling the future does not end the refresh. */
  public CompletableFuture<Boolean> refreshAsync(String name) {
    RegistryEntry entry = entries.get(name);
    CompletableFuture<Boolean> refreshed = entry == null ? null : entry.refresh();
    return refreshed != null
        ? refreshed.whenComplete(
            (changed, failure) -> (failure == null ? refreshes : failedRefreshes).increment())
        : CompletableFuture.failedFuture(
            new LoadException(
                Rule.R1, LoadStatus.NOT_FOUND, "'" + name + "' has no tokenizer", null));
  }

  /** What the registry holds now, and how often it was refreshed so far. */
  public Statistics statistics() {
    return new Statistics(
        names().size(),
        home.tokenizers().open(),
        home.tokenizers().leases(),
        refreshes.sum(),
        failedRefreshes.sum());
  }

  /** The names that have a tokenizer now, sorted, as a new set. */
  public Set<String> names() {
    Set<String> names = new TreeSet<>();
    entries.forEach(
        (name, entry) -> {
          if (entry.isLoaded()) {
            names.add(name);
          }
        });
    return names;
  }

  /**
   * Forgets a name, and cancels its load. Leases stay valid; the tokenizer closes with the last
   * one.
   *
   * @return whether the name was known
   */
  public boolean remove(String name) {
    RegistryEntry entry = entries.remove(name);
    if (entry == null) {
      return false;
    }
    entry.retire();
    return true;
  }

  /** Removes every name; later calls of {@link #acquire} throw {@link IllegalStateException}. */
  @Override
  public void close() {
    closed = true;
    entries.keySet().forEach(this::remove);
    home.later().shutdownNow();
  }

  /** The names that have a tokenizer now, and whether the registry is closed. */
  @Override
  public String toString() {
    return "TokenizerRegistry[names=" + names() + (closed ? ", closed]" : "]");
  }

  /** Builds a {@link TokenizerRegistry}. Not thread-safe. */
  public static final class Builder {
    private Duration backoff = Duration.ofSeconds(1);
    private Duration maxBackoff = Duration.ofMinutes(1);
    private Consumer<Tokenizer> selfCheck = SelfCheck::check;

    private Builder() {}

    /**
     * How long a failed load is not tried again, from 0; doubles with each further failure. Default
     * 1 s.
     */
    public Builder backoff(Duration backoff) {
      this.backoff = Objects.requireNonNull(backoff, "backoff");
      return this;
    }

    /** Where the doubling of the backoff ends, at least the backoff. Default 1 min. */
    public Builder maxBackoff(Duration maxBackoff) {
      this.maxBackoff = Objects.requireNonNull(maxBackoff, "maxBackoff");
      return this;
    }

    /**
     * What a tokenizer must pass before it serves: what the check throws fails the load. Default:
     * text in several scripts has ids, and those ids have text.
     */
    public Builder selfCheck(Consumer<Tokenizer> check) {
      this.selfCheck = Objects.requireNonNull(check, "check");
      return this;
    }

    /**
     * The registry.
     *
     * @throws IllegalArgumentException if the backoff is negative or above its maximum, or that is
     *     above 292 years; the message names the setting, or both
     */
    public TokenizerRegistry build() {
      Checks.requireNotNegative("backoff", backoff);
      Checks.requireNotNegative("maxBackoff", maxBackoff);
      Checks.requireAtMost("backoff", backoff, "maxBackoff", maxBackoff);
      return new TokenizerRegistry(this);
    }
  }
}
