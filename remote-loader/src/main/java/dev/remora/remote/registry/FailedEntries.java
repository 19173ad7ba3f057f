package dev.remora.remote.registry;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The names whose last load failed. Anybody may ask a router for any name, so only so many are
 * remembered, and the one that failed longest ago is forgotten first. Thread-safe.
 */
public final class FailedEntries {
  private final int bound;
  private final Consumer<RegistryEntry> forget;
  private final Set<RegistryEntry> entries = new LinkedHashSet<>(); // guarded by this

  /**
   * @param bound how many are remembered
   * @param forget gets the one that is no longer
   */
  public FailedEntries(int bound, Consumer<RegistryEntry> forget) {
    this.bound = bound;
    this.forget = forget;
  }

  void add(RegistryEntry entry) {
    RegistryEntry oldest = replace(entry);
    if (oldest != null) {
      forget.accept(oldest);
    }
  }

  private synchronized @Nullable RegistryEntry replace(RegistryEntry entry) {
    entries.remove(entry);
    entries.add(entry);
    if (entries.size() <= bound) {
      return null;
    }
    Iterator<RegistryEntry> all = entries.iterator();
    RegistryEntry oldest = all.next();
    all.remove();
    return oldest;
  }

  synchronized void remove(RegistryEntry entry) {
    entries.remove(entry);
  }

  @Override
  public synchronized String toString() {
    return entries.size() + " failed names";
  }
}
