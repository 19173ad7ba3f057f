package dev.remora.remote.registry;

import dev.remora.Tokenizer;
import dev.remora.bundle.ContentDigest;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.engine.EngineChoice;
import dev.remora.core.guard.BuildGuard;
import dev.remora.remote.stream.LoadDeadline;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The tokenizers that are open, one for each content and engine; each closes when its last holder
 * releases it. Thread-safe.
 */
public final class SharedTokenizers {
  private static final long GLANCE_MILLIS = 50;

  private final ConcurrentMap<Key, Shared> open = new ConcurrentHashMap<>();
  private final AtomicInteger leases = new AtomicInteger();
  private final Consumer<Tokenizer> selfCheck;

  /**
   * @param selfCheck what a new tokenizer must pass (rule R2)
   */
  public SharedTokenizers(Consumer<Tokenizer> selfCheck) {
    this.selfCheck = selfCheck;
  }

  private record Key(ContentDigest digest, EngineChoice engine) {}

  /** How many tokenizers are open, those included that are being built. */
  public int open() {
    return open.size();
  }

  /** How many leases were given out and not closed. */
  public int leases() {
    return leases.get();
  }

  /** The tokenizer of this bundle, held once more: the one that is open, or a new one. */
  Shared obtain(TokenizerBundle bundle, EntrySource source, BuildGuard guard) {
    Key key = new Key(bundle.digest(), source.engine());
    Shared shared = hold(key);
    try {
      shared.build(bundle, source, guard);
      return shared;
    } catch (Throwable e) {
      shared.release();
      throw e;
    }
  }

  private Shared hold(Key key) {
    while (true) {
      Shared fresh = new Shared(key);
      Shared there = open.putIfAbsent(key, fresh);
      if (there == null) {
        return fresh;
      }
      if (there.retain()) {
        return there;
      }
      open.remove(key, there); // it is closing
    }
  }

  /** A tokenizer and how many hold it. It begins with one holder. */
  final class Shared {
    private final Key key;
    private final AtomicInteger holders = new AtomicInteger(1);
    private final ReentrantLock building = new ReentrantLock();
    private volatile @Nullable Tokenizer tokenizer;

    private Shared(Key key) {
      this.key = key;
    }

    /** One holder more; false where it is closed. */
    boolean retain() {
      return holders.getAndUpdate(held -> held == 0 ? 0 : held + 1) > 0;
    }

    /** One holder less; the last one closes it. */
    void release() {
      if (holders.decrementAndGet() == 0) {
        open.remove(key, this);
        Tokenizer last = tokenizer;
        if (last != null) {
          last.close();
        }
      }
    }

    /** Turns a holding into a lease. */
    void lend() {
      leases.incrementAndGet();
    }

    /** Ends a lease. */
    void takeBack() {
      leases.decrementAndGet();
      release();
    }

    /** The tokenizer, for a holder. */
    Tokenizer tokenizer() {
      Tokenizer built = tokenizer;
      if (built == null) {
        throw new IllegalStateException("not built");
      }
      return built;
    }

    private void build(TokenizerBundle bundle, EntrySource source, BuildGuard guard) {
      lock(guard); // several names may get the same bundle at once: one builds
      try {
        if (tokenizer == null) {
          tokenizer = checked(source.build(bundle, guard));
        }
      } finally {
        building.unlock();
      }
    }

    /** Whoever waits for another's building still ends with its own load. */
    private void lock(BuildGuard guard) {
      try {
        while (!building.tryLock(GLANCE_MILLIS, TimeUnit.MILLISECONDS)) {
          guard.check();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw LoadDeadline.cancelled(e);
      }
    }

    private Tokenizer checked(Tokenizer built) {
      try {
        selfCheck.accept(built);
        return built;
      } catch (Throwable e) {
        built.close();
        throw e;
      }
    }

    @Override
    public String toString() {
      return String.valueOf(tokenizer);
    }
  }
}
