package dev.remora.core.engine;

import dev.remora.Encoding;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Encodes many texts on the calling thread and, where an executor lends them, on others. Each takes
 * the next text until none is left, so that nothing waits for a task that has not begun: an
 * executor that is full, or that refuses, costs speed only. Of one call.
 */
final class Batch {
  private final List<String> texts;
  private final Function<String, Encoding> encoder;
  private final Encoding[] encodings;
  private final Thread caller = Thread.currentThread();
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private int helping; // guarded by this
  private boolean closed; // guarded by this

  Batch(List<String> texts, Function<String, Encoding> encoder) {
    this.texts = List.copyOf(texts);
    this.encoder = encoder;
    this.encodings = new Encoding[this.texts.size()];
  }

  /** The encodings, in the order of the texts; when it returns or throws, no task runs any more. */
  List<Encoding> encode(Executor executor) {
    int helpers = Math.min(texts.size(), Runtime.getRuntime().availableProcessors()) - 1;
    try {
      for (int helper = 0; helper < helpers; helper++) {
        executor.execute(this::help);
      }
    } catch (RejectedExecutionException e) {
      // This thread does what others would have done.
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    }
    work();
    close();
    Throwable first = failure.get();
    if (first instanceof Error error) {
      throw error;
    }
    if (first instanceof RuntimeException exception) {
      throw exception;
    }
    return List.copyOf(Arrays.asList(encodings));
  }

  private void help() {
    synchronized (this) {
      if (closed) {
        return; // the executor began this task after the call had ended
      }
      helping++;
    }
    try {
      work();
    } finally {
      synchronized (this) {
        helping--;
        notifyAll();
      }
    }
  }

  private void work() {
    try {
      while (failure.get() == null) {
        if (caller.isInterrupted()) {
          throw new CancellationException("the calling thread was interrupted");
        }
        if (Thread.currentThread().isInterrupted()) {
          return; // the executor wants its thread back; the calling thread goes on
        }
        int index = next.getAndIncrement();
        if (index >= texts.size()) {
          return;
        }
        encodings[index] = encoder.apply(texts.get(index));
      }
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    }
  }

  /** Lets no task begin, and waits for those that have: each ends with the text it is at. */
  private void close() {
    boolean interrupted = false;
    synchronized (this) {
      closed = true;
      while (helping > 0) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true;
          failure.compareAndSet(
              null, new CancellationException("the calling thread was interrupted"));
        }
      }
    }
    if (interrupted) {
      caller.interrupt();
    }
  }
}
