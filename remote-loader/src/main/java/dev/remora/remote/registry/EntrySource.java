package dev.remora.remote.registry;

import dev.remora.Tokenizer;
import dev.remora.bundle.ContentDigest;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.engine.EngineChoice;
import dev.remora.core.guard.BuildGuard;
import dev.remora.remote.stream.BundleUse;
import io.grpc.Context;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Where the tokenizer of a name is loaded from. Equal sources load from the same place. */
public interface EntrySource {
  /**
   * Begins a load on a thread of its own. Cancelling the future cancels the load.
   *
   * @param context the gRPC context of its calls
   * @param discard gets what was loaded if the future was completed before
   */
  <T> CompletableFuture<LoadedFrom<T>> load(Context context, BundleUse<T> use, Consumer<T> discard);

  /** The same, from those sources only that come before this place, for one round of attempts. */
  EntrySource before(int place);

  /**
   * Builds the tokenizer of a bundle.
   *
   * @param guard ends it early
   */
  Tokenizer build(TokenizerBundle bundle, BuildGuard guard);

  /** The engine that builds. */
  EngineChoice engine();

  /** Tells that a name has another tokenizer now. */
  void swapped(String name, ContentDigest from, ContentDigest to);
}
