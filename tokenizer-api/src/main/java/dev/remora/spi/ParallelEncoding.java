package dev.remora.spi;

import dev.remora.Encoding;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One batch over several threads. Whoever works takes the next text until there is none; the caller
 * works too, so each text is taken, whether the executor ever runs anything or not.
 */
final class ParallelEncoding {
  private final List<String> texts;
  private final Function<String, Encoding> encode;
  private final AtomicReferenceArray<@Nullable Encoding> encodings;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final CountDownLatch open;

  ParallelEncoding(List<String> texts, Function<String, Encoding> encode) {
    this.texts = new ArrayList<>(texts);
    this.encode = encode;
    this.encodings = new AtomicReferenceArray<>(texts.size());
    this.open = new CountDownLatch(texts.size());
  }

  List<Encoding> run(Executor executor) {
    lend(executor);
    work();
    awaitOthers();
    Throwable first = failure.get();
    if (first instanceof Error error) {
      throw error;
    }
    if (first != null) {
      throw (RuntimeException) first; // encoding declares no other
    }
    List<Encoding> all = new ArrayList<>(texts.size());
    for (int index = 0; index < texts.size(); index++) {
      all.add(encodings.get(index));
    }
    return List.copyOf(all);
  }

  private void lend(Executor executor) {
    int helpers = Math.min(texts.size(), Runtime.getRuntime().availableProcessors()) - 1;
    try {
      for (int helper = 0; helper < helpers; helper++) {
        executor.execute(this::work);
      }
    } catch (RejectedExecutionException e) {
      helpers = 0; // nobody is lent: the caller's thread does it
    }
  }

  private void work() {
    for (int index = next.getAndIncrement(); index < texts.size(); index = next.getAndIncrement()) {
      try {
        if (failure.get() == null) {
          encodings.set(index, encode.apply(texts.get(index)));
        }
      } catch (Throwable e) { // also an Error of a lent thread is the caller's
        failure.compareAndSet(null, e);
      } finally {
        open.countDown();
      }
    }
  }

  /** What other threads have taken ends with the text; an interrupt is kept for the caller. */
  private void awaitOthers() {
    boolean interrupted = false;
    while (open.getCount() > 0) {
      try {
        open.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
