package dev.remora.remote;

import dev.remora.Tokenizer;
import dev.remora.bundle.ContentDigest;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.engine.EngineChoice;
import dev.remora.core.guard.BuildGuard;
import dev.remora.remote.registry.EntrySource;
import dev.remora.remote.registry.LoadedFrom;
import dev.remora.remote.stream.BundleUse;
import io.grpc.Context;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A loader as a registry sees it. */
record LoaderSource(RemoteTokenizerLoader loader) implements EntrySource {
  @Override
  public <T> CompletableFuture<LoadedFrom<T>> load(
      Context context, BundleUse<T> use, Consumer<T> discard) {
    return loader.async(context, use, served -> served, discard);
  }

  @Override
  public EntrySource before(int place) {
    return new LoaderSource(loader.before(place));
  }

  @Override
  public Tokenizer build(TokenizerBundle bundle, BuildGuard guard) {
    return BuiltTokenizer.build(bundle, loader.options(), guard);
  }

  @Override
  public EngineChoice engine() {
    return loader.options().engineChoice();
  }

  @Override
  public void swapped(String name, ContentDigest from, ContentDigest to) {
    loader.options().listener().swapped(name, from, to);
  }
}
