package dev.remora.remote.registry;

import dev.remora.remote.stream.LoadDeadline;
import io.grpc.Context;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Blocking on a future as rule C4 asks: an interrupt or the end of the caller's context ends it.
 */
public final class Waiting {
  private Waiting() {}

  /** The future's value, or the unchecked exception with which it failed. */
  public static <T> T on(CompletableFuture<T> future) {
    Context context = Context.current();
    Context.CancellationListener listener = ended -> future.cancel(true);
    context.addListener(listener, Runnable::run);
    try {
      return future.get();
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw LoadDeadline.cancelled(e);
    } catch (CancellationException e) {
      throw LoadDeadline.ended(context, e);
    } catch (ExecutionException e) {
      throw unchecked(e.getCause() == null ? e : e.getCause());
    } finally {
      context.removeListener(listener);
    }
  }

  private static RuntimeException unchecked(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException exception
        ? exception
        : new IllegalStateException(failure);
  }
}
