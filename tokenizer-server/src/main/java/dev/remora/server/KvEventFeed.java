package dev.remora.server;

import com.google.protobuf.Message;
import dev.remora.proto.KvEvents.KvBlock;
import dev.remora.proto.KvEvents.KvBlocksRemoved;
import dev.remora.proto.KvEvents.KvBlocksStored;
import dev.remora.proto.KvEvents.KvCacheCleared;
import dev.remora.proto.KvEvents.KvCacheEvent;
import dev.remora.proto.KvEvents.KvEventBatch;
import dev.remora.proto.KvEvents.SubscribeKvEventsRequest;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What SubscribeKvEvents tells where there is no model: whatever a test has a worker hold, told to
 * all who listen at that moment; and what may go wrong with it. Numbers of batches begin at 1.
 *
 * <p>As with public workers, what was told before is not told again, unless {@link #replaying} says
 * otherwise. Thread-safe. To be served by one server.
 */
public final class KvEventFeed {
  private static final int UNKNOWN_PARENT = 0x0DDBA11;

  private final int blockSize;
  private final boolean replays;
  private final List<Subscriber> subscribers = new ArrayList<>();
  private final List<KvEventBatch> told = new ArrayList<>(); // since the last restart
  private long number;
  private int subscriptions;

  /** A client, and the steps that it is given. */
  private static final class Subscriber {
    private final Answer answer;
    private List<Step> steps = List.of();

    Subscriber(Answer answer) {
      this.answer = answer;
    }

    void send(Message message) {
      then(new Step.Send(message, Duration.ZERO), new Step.Stall());
    }

    void then(Step... more) {
      answer.divert(
          taken -> {
            List<Step> all = new ArrayList<>(steps.subList(taken, steps.size()));
            all.remove(new Step.Stall());
            all.addAll(List.of(more));
            steps = all;
            return all;
          });
    }
  }

  private KvEventFeed(int blockSize, boolean replays) {
    if (blockSize < 1) {
      throw new IllegalArgumentException("block size " + blockSize);
    }
    this.blockSize = blockSize;
    this.replays = replays;
  }

  /**
   * A feed of blocks of so many ids.
   *
   * @throws IllegalArgumentException if they are not positive
   */
  public static KvEventFeed ofBlockSize(int ids) {
    return new KvEventFeed(ids, false);
  }

  /**
   * A new feed like this one that sends again what a client asks for by its number, and answers
   * OUT_OF_RANGE to one that asks for what was not told yet.
   */
  public KvEventFeed replaying() {
    return new KvEventFeed(blockSize, true);
  }

  void subscribe(int call, SubscribeKvEventsRequest request, Answer answer) {
    Subscriber subscriber = new Subscriber(answer);
    answer.onStop(() -> forget(subscriber));
    synchronized (this) {
      long from = request.getStartSequenceNumber();
      if (replays && from > number) {
        subscriber.then(new Step.End(Status.OUT_OF_RANGE.withDescription("last is " + number)));
        return;
      }
      subscriptions++;
      subscribers.add(subscriber);
      subscriber.then(new Step.Stall());
      if (replays && from > 0) {
        told.stream().filter(batch -> batch.getSequenceNumber() >= from).forEach(subscriber::send);
      }
    }
  }

  private synchronized void forget(Subscriber subscriber) {
    subscribers.remove(subscriber);
  }

  /** How many calls have begun. */
  public synchronized int subscriptions() {
    return subscriptions;
  }

  /** How many clients are listening. */
  public synchronized int subscribers() {
    return subscribers.size();
  }

  /** The number of the last batch; 0 if there was none. */
  public synchronized long lastNumber() {
    return number;
  }

  /** Tells that all whole blocks of a prompt are held, by names that mean nothing to others. */
  public void stored(int... ids) {
    stored(ids, names(ids));
  }

  /**
   * The same by these names.
   *
   * @throws IllegalArgumentException if there are more or fewer names than whole blocks
   */
  public void stored(int[] ids, long[] names) {
    if (names.length != ids.length / blockSize) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%d names for %d blocks", names.length, ids.length / blockSize));
    }
    tell(event(stored(ids, names, 0)));
  }

  private KvBlocksStored.Builder stored(int[] ids, long[] names, int first) {
    KvBlocksStored.Builder stored = KvBlocksStored.newBuilder();
    for (int block = first; block < names.length; block++) {
      KvBlock.Builder one = KvBlock.newBuilder().setBlockHash(names[block]).setBlockSize(blockSize);
      for (int index = block * blockSize; index < (block + 1) * blockSize; index++) {
        one.addTokenIds(ids[index]);
      }
      stored.addBlocks(one);
    }
    return stored;
  }

  /** Names that stand for all ids up to the end of a block. */
  private long[] names(int[] ids) {
    long[] names = new long[ids.length / blockSize];
    long name = 20; // the names mean nothing: any numbers will do
    for (int index = 0; index < names.length * blockSize; index++) {
      name = (name ^ ids[index]) * 0x9E3779B97F4A7C15L;
      name ^= name >>> 29;
      names[index / blockSize] = name;
    }
    return names;
  }

  /**
   * Tells that the last whole block of a prompt is held no longer.
   *
   * @throws IllegalArgumentException if there is none
   */
  public void removed(int... ids) {
    long[] names = names(ids);
    if (names.length == 0) {
      throw new IllegalArgumentException("no whole block of " + blockSize + " ids");
    }
    tell(
        KvCacheEvent.newBuilder()
            .setRemoved(KvBlocksRemoved.newBuilder().addBlockHashes(names[names.length - 1])));
  }

  /** Tells that nothing is held any more. */
  public void cleared() {
    tell(KvCacheEvent.newBuilder().setCleared(KvCacheCleared.getDefaultInstance()));
  }

  /**
   * Tells that the blocks of a prompt are held, but for the first, and by a parent nobody knows.
   */
  public void unknownParent(int... ids) {
    tell(event(stored(ids, names(ids), 1).setParentBlockHash(UNKNOWN_PARENT)));
  }

  /** Loses a batch: numbers are missing, unless they are asked for of a feed that replays. */
  public synchronized void gap() {
    if (replays) {
      told.add(KvEventBatch.newBuilder().setSequenceNumber(number + 1).setTimestamp(now()).build());
    }
    number++;
  }

  /** Tells the last batch once more. */
  public synchronized void repeat() {
    told.stream().skip(told.size() - 1L).forEach(this::send);
  }

  /** Begins to count from 1 again, as a worker that is started again does; calls go on. */
  public synchronized void restart() {
    number = 0;
    told.clear();
  }

  /** Ends all calls with a status. */
  public synchronized void end(Status status) {
    for (Subscriber subscriber : List.copyOf(subscribers)) {
      subscriber.then(new Step.End(status));
    }
    subscribers.clear();
  }

  /**
   * Does what a line says: {@code stored IDS}, {@code removed IDS}, {@code unknown-parent IDS},
   * {@code cleared}, {@code gap}, {@code repeat}, {@code restart} or {@code end STATUS}. Ids stand
   * apart by spaces or commas.
   *
   * @throws IllegalArgumentException if the line says nothing of this
   */
  public void tell(String line) {
    Line.parse(line).tell(this);
  }

  private static KvCacheEvent.Builder event(KvBlocksStored.Builder stored) {
    return KvCacheEvent.newBuilder().setStored(stored);
  }

  private synchronized void tell(KvCacheEvent.Builder event) {
    KvEventBatch batch =
        KvEventBatch.newBuilder()
            .setSequenceNumber(++number)
            .setTimestamp(now())
            .addEvents(event.setEventId(number))
            .build();
    told.add(batch);
    send(batch);
  }

  private void send(KvEventBatch batch) {
    subscribers.forEach(subscriber -> subscriber.send(batch));
  }

  private static double now() {
    return System.currentTimeMillis() / 1000.0;
  }

  /**
   * What a feed is to do, as a line of a script: a word, and what it is done with.
   *
   * @param word such as {@code stored}
   * @param arguments such as ids
   */
  private record Line(String word, List<String> arguments) {
    private static final String WORDS =
        "stored IDS, removed IDS, unknown-parent IDS, cleared, gap, repeat, restart or end STATUS";

    static Line parse(String line) {
      List<String> words = Arrays.asList(line.strip().split("[\\s,]+"));
      return new Line(words.get(0), words.subList(1, words.size()));
    }

    void tell(KvEventFeed feed) {
      switch (word) {
        case "stored" -> feed.stored(ids());
        case "removed" -> feed.removed(ids());
        case "unknown-parent" -> feed.unknownParent(ids());
        case "end" -> feed.end(Status.fromCode(code()));
        default -> {
          if (!arguments.isEmpty()) {
            throw unknown();
          }
          tellWithoutArguments(feed);
        }
      }
    }

    private void tellWithoutArguments(KvEventFeed feed) {
      switch (word) {
        case "cleared" -> feed.cleared();
        case "gap" -> feed.gap();
        case "repeat" -> feed.repeat();
        case "restart" -> feed.restart();
        default -> throw unknown();
      }
    }

    private IllegalArgumentException unknown() {
      return new IllegalArgumentException("'" + this + "' is none of " + WORDS);
    }

    private int[] ids() {
      try {
        return arguments.stream().mapToInt(Integer::parseInt).toArray();
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("no ids: " + String.join(" ", arguments), e);
      }
    }

    private Status.Code code() {
      try {
        return Status.Code.valueOf(String.join(" ", arguments).toUpperCase(Locale.ROOT));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("no gRPC status: " + String.join(" ", arguments), e);
      }
    }

    @Override
    public String toString() {
      return (word + " " + String.join(" ", arguments)).strip();
    }
  }
}
