package dev.remora.remote;

import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.guard.BuildGuard;
import dev.remora.remote.Sources.Joined;
import dev.remora.remote.stream.BundleUse;
import dev.remora.remote.stream.BundleUse.ModelCheck;
import java.util.Optional;

/** A use of those bundles that have their model's content: a worker may have been restarted. */
record ModelUse<T>(BundleUse<T> use, Joined source) implements BundleUse<T> {
  @Override
  public Optional<T> known(String fingerprint) {
    return use.known(fingerprint);
  }

  @Override
  public Optional<TokenizerBundle> stored(String fingerprint) {
    return use.stored(fingerprint);
  }

  @Override
  public boolean buildsTokenizer() {
    return use.buildsTokenizer();
  }

  @Override
  public T use(TokenizerBundle bundle, BuildGuard guard, ModelCheck modelCheck) {
    source.workers().check(source.model(), bundle.digest());
    return use.use(bundle, guard, modelCheck);
  }
}
