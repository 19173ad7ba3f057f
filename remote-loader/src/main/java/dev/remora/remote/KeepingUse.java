package dev.remora.remote;

import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.guard.BuildGuard;
import dev.remora.remote.Sources.Kept;
import dev.remora.remote.stream.BundleUse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A use of bundles that keeps the one of which something was made in a cache. */
final class KeepingUse<T> implements BundleUse<T> {
  private final BundleUse<T> use;
  private final Kept kept;
  private final BuildGuard guard;
  private @Nullable TokenizerBundle used;

  KeepingUse(BundleUse<T> use, Kept kept, BuildGuard guard) {
    this.use = use;
    this.kept = kept;
    this.guard = guard;
  }

  /** Runs a load with this use, and keeps its bundle. */
  T keep(Failover failover) {
    T made = failover.run(this);
    if (used != null) {
      kept.cache().keep(kept.name(), used);
    }
    return made;
  }

  @Override
  public Optional<T> known(String fingerprint) {
    return use.known(fingerprint);
  }

  @Override
  public Optional<TokenizerBundle> stored(String fingerprint) {
    return kept.cache().sentAs(fingerprint, guard);
  }

  @Override
  public boolean buildsTokenizer() {
    return use.buildsTokenizer();
  }

  @Override
  public T use(TokenizerBundle bundle, BuildGuard until, ModelCheck modelCheck) {
    T made = use.use(bundle, until, modelCheck);
    used = bundle;
    return made;
  }
}
