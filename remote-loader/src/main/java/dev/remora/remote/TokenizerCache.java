package dev.remora.remote;

import dev.remora.BundleException;
import dev.remora.Rule;
import dev.remora.bundle.ContentDigest;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.guard.BuildGuard;
import dev.remora.remote.cache.BundleStore;
import dev.remora.remote.stream.LoadDeadline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bundles that workers gave last, in a directory, so that a router can start while no worker is
 * up: see {@link TokenizerSource#keptIn}.
 *
 * <p>There is one folder for each {@link ContentDigest}, written under another name and then
 * renamed; every byte that is read is compared with its SHA-256, and a damaged bundle is removed
 * and missed, never used. What is least recently used goes when the directory has more bytes than
 * it may. Several processes may share a directory. Whoever can write to it chooses the tokenizer.
 *
 * <p>Immutable and thread-safe.
 */
public final class TokenizerCache {
  /** How many bytes a directory may have unless it is told otherwise: 1 GiB. */
  public static final long DEFAULT_MAX_BYTES = 1L << 30;

  private static final Duration UNBOUNDED = Duration.ofDays(1_000);
  private static final Logger LOGGER = LoggerFactory.getLogger(TokenizerCache.class);

  private final Path directory;
  private final long maxBytes;
  private final BundleStore store;

  private TokenizerCache(Path directory, long maxBytes) {
    this.directory = directory;
    this.maxBytes = maxBytes;
    this.store = new BundleStore(directory);
  }

  /** The cache in a directory, of at most {@link #DEFAULT_MAX_BYTES}. It need not be there yet. */
  public static TokenizerCache at(Path directory) {
    return at(directory, DEFAULT_MAX_BYTES);
  }

  /**
   * The cache in a directory.
   *
   * @param maxBytes how many bytes its files may have together; the bundle that was stored last
   *     stays, whatever it has
   * @throws IllegalArgumentException if that is below 1
   */
  public static TokenizerCache at(Path directory, long maxBytes) {
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxBytes is " + maxBytes);
    }
    return new TokenizerCache(directory, maxBytes);
  }

  /** Keeps a bundle. A load does not fail because it cannot be kept. */
  void keep(String name, TokenizerBundle bundle) {
    try {
      store.store(name, bundle);
      store.prune(maxBytes, bundle.digest().hex());
    } catch (IOException | RuntimeException e) {
      LOGGER.warn("{} cannot keep the bundle of '{}': {}", directory, name, e.toString());
    }
  }

  boolean has(String name) {
    return store.hasName(name);
  }

  /**
   * A bundle in the directory.
   *
   * @param digest its content digest, in lower-case hex
   * @param model the model's name as the worker gave it
   * @param bytes the length of its files
   * @param used when it was last kept or read
   */
  public record Entry(String digest, Optional<String> model, long bytes, Instant used) {
    private static List<Entry> of(List<BundleStore.Stored> stored) {
      return stored.stream()
          .map(each -> new Entry(each.digest(), each.model(), each.bytes(), each.used()))
          .toList();
    }
  }

  private interface Look {
    List<BundleStore.Stored> at(BundleStore store) throws IOException;
  }

  /**
   * What is there, the least recently used first; not verified.
   *
   * @throws BundleException with rule L1 if the directory cannot be read
   */
  public List<Entry> entries() {
    return look(BundleStore::list);
  }

  /**
   * Reads every bundle, and removes those that are damaged.
   *
   * @return what was removed
   * @throws BundleException with rule L1 if the directory cannot be read
   * @throws dev.remora.LoadException if the thread was interrupted
   */
  public List<Entry> verify() {
    LoadDeadline interrupt = LoadDeadline.after(UNBOUNDED);
    return look(files -> files.verify(interrupt));
  }

  /**
   * Removes what is least recently used until the directory has no more bytes than it may, and what
   * ended processes left. It is done whenever a bundle is kept.
   *
   * @return the bundles that were removed
   * @throws BundleException with rule L1 if the directory cannot be read or changed
   */
  public List<Entry> prune() {
    return look(files -> files.prune(maxBytes, ""));
  }

  private List<Entry> look(Look look) {
    try {
      return Entry.of(look.at(store));
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private BundleException unusable(IOException e) {
    return new BundleException(Rule.L1, null, directory + " cannot be used: " + e, e);
  }

  /** The last bundle of a name; empty if there is none. */
  Optional<TokenizerBundle> lastKnown(String name, BuildGuard guard) {
    try {
      return store.byName(name, guard);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** The bundle that was sent with a wire fingerprint; empty if there is none. */
  Optional<TokenizerBundle> sentAs(String fingerprint, BuildGuard guard) {
    try {
      return store.byFingerprint(fingerprint, guard);
    } catch (IOException e) {
      LOGGER.warn("{} cannot be read: {}", directory, e.toString());
      return Optional.empty();
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TokenizerCache that
        && directory.equals(that.directory)
        && maxBytes == that.maxBytes;
  }

  @Override
  public int hashCode() {
    return directory.hashCode();
  }

  /** The directory and how many bytes it may have. */
  @Override
  public String toString() {
    return "TokenizerCache[" + directory + ", maxBytes=" + maxBytes + "]";
  }
}
