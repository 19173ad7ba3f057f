package dev.remora.examples.router;

import dev.remora.routing.IndexedWorker;
import dev.remora.routing.KvEventClient;
import dev.remora.routing.PrefixIndex;
import io.grpc.Channel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Which worker gets a request: the one that holds most of its prompt already, of several the one
 * with the fewest requests under way, of these each in turn. A worker that tells nothing of its
 * blocks counts as one that holds none.
 */
final class WorkerChoice implements AutoCloseable {
  private static final int BLOCKS = 4_000_000;

  private final PrefixIndex index = PrefixIndex.withCapacity(BLOCKS);
  private final Map<Channel, Watched> watched = new ConcurrentHashMap<>();
  private final AtomicInteger turn = new AtomicInteger();

  /** A worker, what it tells, and how many requests it has. */
  private record Watched(IndexedWorker worker, KvEventClient events, AtomicInteger running) {}

  /** A worker for one request; closed when the request ends. */
  record Chosen(Channel channel, AtomicInteger running) implements AutoCloseable {
    @Override
    public void close() {
      running.decrementAndGet();
    }
  }

  /** Listens to what a worker tells of its blocks from now on. */
  void watch(String address, Channel channel) {
    watched.computeIfAbsent(
        channel,
        added -> {
          IndexedWorker worker = index.addByContent(address + " " + turn.getAndIncrement());
          return new Watched(worker, KvEventClient.subscribe(added, worker), new AtomicInteger());
        });
  }

  /**
   * The worker for a prompt.
   *
   * @param serving the channels of those that may be chosen, all watched
   */
  Chosen choose(List<Channel> serving, int[] promptIds) {
    if (serving.isEmpty()) {
      throw ApiException.worker("no worker is up", null);
    }
    Map<String, Integer> held = index.match(promptIds);
    int first = Math.floorMod(turn.getAndIncrement(), serving.size());
    Channel best = serving.get(first);
    for (int step = 1; step < serving.size(); step++) {
      Channel next = serving.get((first + step) % serving.size());
      best = isBetter(next, best, held) ? next : best;
    }
    AtomicInteger running = of(best).running();
    running.incrementAndGet();
    return new Chosen(best, running);
  }

  private boolean isBetter(Channel one, Channel other, Map<String, Integer> held) {
    int heldByOne = held.getOrDefault(of(one).worker().name(), 0);
    int heldByOther = held.getOrDefault(of(other).worker().name(), 0);
    return heldByOne == heldByOther
        ? of(one).running().get() < of(other).running().get()
        : heldByOne > heldByOther;
  }

  private Watched of(Channel channel) {
    Watched known = watched.get(channel);
    if (known == null) {
      throw new IllegalStateException("a worker that is not watched");
    }
    return known;
  }

  @Override
  public void close() {
    watched.values().forEach(known -> known.events().close());
  }
}
