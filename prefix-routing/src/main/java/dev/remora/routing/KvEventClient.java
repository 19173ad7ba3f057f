package dev.remora.routing;

import dev.remora.proto.KvEvents.KvBlock;
import dev.remora.proto.KvEvents.KvBlocksRemoved;
import dev.remora.proto.KvEvents.KvBlocksStored;
import dev.remora.proto.KvEvents.KvCacheEvent;
import dev.remora.proto.KvEvents.KvEventBatch;
import io.grpc.Channel;
import io.grpc.Status;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells a worker of a {@link PrefixIndex} what it holds, by the worker's SubscribeKvEvents, until
 * it is closed. The channel stays the caller's.
 *
 * <ul>
 *   <li>A batch whose number is not above the last one is dropped, unless the worker's clock says
 *       that it is new: then the worker has begun to count again, and its blocks are forgotten.
 *   <li>Where numbers are missing, the worker is asked once to send again what follows the last
 *       one. If they are missing still, its blocks are forgotten, and the stream goes on as it is:
 *       most workers cannot send again.
 *   <li>OUT_OF_RANGE and DATA_LOSS: the worker's blocks are forgotten, and it is asked anew.
 *   <li>UNIMPLEMENTED: the next service is asked; after the last one, none.
 *   <li>Whatever else ends a call: it is made again after a pause, which doubles until events come.
 * </ul>
 *
 * <p>It has no thread of its own: events are taken in on the channel's. Thread-safe.
 */
public final class KvEventClient implements AutoCloseable {
  private final Channel channel;
  private final IndexedWorker worker;
  private final KvEventOptions options;

  // All guarded by this.
  private @Nullable KvEventCall call; // the one that counts; null while none is under way
  private int service; // of the options
  private boolean hasLast; // whether a batch was taken in since the blocks were last forgotten
  private long last; // its number
  private double lastTime;
  private boolean askedAgain; // for what is missing, and nothing was taken in since
  private boolean isFirst; // whether the next batch is the first one of its call
  private Duration pause;
  private boolean closed;

  private KvEventClient(Channel channel, IndexedWorker worker, KvEventOptions options) {
    this.channel = Objects.requireNonNull(channel);
    this.worker = Objects.requireNonNull(worker);
    this.options = options;
    this.pause = options.backoff();
  }

  /** Begins to listen to a worker, with the default options. */
  public static KvEventClient subscribe(Channel channel, IndexedWorker worker) {
    return subscribe(channel, worker, KvEventOptions.DEFAULT);
  }

  /**
   * Begins to listen to a worker.
   *
   * @param channel reaches the worker
   * @param worker is told; by this client alone
   */
  public static KvEventClient subscribe(
      Channel channel, IndexedWorker worker, KvEventOptions options) {
    KvEventClient client = new KvEventClient(channel, worker, options);
    client.begin();
    return client;
  }

  private void begin() {
    KvEventCall begun;
    long from;
    synchronized (this) {
      if (closed) {
        return;
      }
      begun = new KvEventCall(this, channel, options.services().get(service));
      call = begun;
      isFirst = true;
      from = hasLast ? last : 0;
    }
    begun.start(from);
  }

  /** Takes a batch of a call. */
  synchronized void received(KvEventCall from, KvEventBatch batch) {
    if (from != call) {
      return; // of a call that is over
    }
    long number = batch.getSequenceNumber();
    boolean begins = isFirst;
    isFirst = false;
    if (hasLast && Long.compareUnsigned(number, last) <= 0) {
      if (!isOfARestart(batch, begins)) {
        options.listener().repeated(worker.name(), number);
        return;
      }
      forget(KvEventListener.Reason.RESTART);
    } else if (hasLast && number != last + 1) {
      options.listener().gap(worker.name(), last, number);
      if (!askedAgain) {
        askedAgain = true;
        from.cancel();
        call = null;
        begin();
        return;
      }
      forget(KvEventListener.Reason.GAP);
    }
    hasLast = true;
    last = number;
    lastTime = batch.getTimestamp();
    askedAgain = false;
    pause = options.backoff();
    apply(batch);
  }

  /** Whether a batch with a number that was there is no repetition: by its time, if it has one. */
  private boolean isOfARestart(KvEventBatch batch, boolean begins) {
    return batch.getTimestamp() == 0
        ? begins && batch.getSequenceNumber() != last
        : batch.getTimestamp() > lastTime;
  }

  private void apply(KvEventBatch batch) {
    for (KvCacheEvent event : batch.getEventsList()) {
      switch (event.getDataCase()) {
        case STORED -> worker.apply(stored(event.getStored()));
        case REMOVED -> worker.apply(removed(event.getRemoved()));
        case CLEARED -> worker.clear();
        case DATA_NOT_SET -> {} // of a kind that is not known yet
      }
    }
    options.listener().applied(worker.name(), batch.getEventsCount());
  }

  private static KvEvent stored(KvBlocksStored stored) {
    OptionalLong parent =
        stored.hasParentBlockHash()
            ? OptionalLong.of(stored.getParentBlockHash())
            : OptionalLong.empty();
    return new KvEvent.Stored(
        parent, stored.getBlocksList().stream().map(KvEventClient::block).toList());
  }

  private static KvEvent.Block block(KvBlock block) {
    int[] ids = new int[block.getTokenIdsCount()];
    for (int index = 0; index < ids.length; index++) {
      ids[index] = block.getTokenIds(index);
    }
    return new KvEvent.Block(
        block.getBlockHash(),
        ids,
        block.hasLoraId() ? OptionalInt.of(block.getLoraId()) : OptionalInt.empty(),
        block.hasCacheLevel() ? OptionalInt.of(block.getCacheLevel()) : OptionalInt.empty());
  }

  private static KvEvent removed(KvBlocksRemoved removed) {
    long[] hashes = new long[removed.getBlockHashesCount()];
    for (int index = 0; index < hashes.length; index++) {
      hashes[index] = removed.getBlockHashes(index);
    }
    return new KvEvent.Removed(
        hashes,
        removed.hasCacheLevel() ? OptionalInt.of(removed.getCacheLevel()) : OptionalInt.empty());
  }

  private void forget(KvEventListener.Reason reason) {
    hasLast = false;
    worker.clear();
    options.listener().forgotten(worker.name(), reason);
  }

  /** A call has ended. */
  synchronized void ended(KvEventCall which, Status status) {
    if (which != call || closed) {
      return;
    }
    call = null;
    switch (status.getCode()) {
      case UNIMPLEMENTED -> {
        service++;
        if (service < options.services().size()) {
          begin();
        } else {
          service = 0;
          closed = true;
          forget(KvEventListener.Reason.ENDED);
          options.listener().unsupported(worker.name());
        }
        return;
      }
      case OUT_OF_RANGE, DATA_LOSS -> forget(KvEventListener.Reason.LOST);
      default -> {} // what is known stays until a batch tells otherwise
    }
    options.listener().disconnected(worker.name(), text(status), pause);
    CompletableFuture.delayedExecutor(pause.toNanos(), TimeUnit.NANOSECONDS).execute(this::begin);
    Duration twice = pause.multipliedBy(2);
    pause = twice.compareTo(options.maxBackoff()) > 0 ? options.maxBackoff() : twice;
  }

  private static String text(Status status) {
    String description = status.getDescription();
    return status.getCode() + (description == null ? "" : ": " + description);
  }

  /**
   * Ends the subscription and forgets the worker's blocks, as nothing would keep them true. The
   * worker stays in its index.
   */
  @Override
  public void close() {
    KvEventCall ended;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      ended = call;
      call = null;
      forget(KvEventListener.Reason.ENDED);
    }
    if (ended != null) {
      ended.cancel();
    }
  }

  @Override
  public String toString() {
    return "KvEventClient[" + worker.name() + ", " + options + "]";
  }
}
