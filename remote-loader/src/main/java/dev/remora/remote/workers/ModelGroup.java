package dev.remora.remote.workers;

import dev.remora.BundleException;
import dev.remora.LimitException;
import dev.remora.LoadException;
import dev.remora.LoadStatus;
import dev.remora.Rule;
import dev.remora.TokenizerException;
import dev.remora.bundle.BundleDrift;
import dev.remora.bundle.ContentDigest;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.core.guard.BuildGuard;
import dev.remora.remote.stream.CallFailure;
import dev.remora.remote.stream.LoadDeadline;
import dev.remora.remote.workers.WorkerQuery.Answer;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.SynchronizationContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One model: its workers, what each serves, and which content is the model's (rule W1).
 * Thread-safe. What listeners are told and futures complete with is queued under the lock and told
 * outside of it, in order.
 */
public final class ModelGroup {
  private static final Logger LOGGER = LoggerFactory.getLogger(ModelGroup.class);
  private static final int MAX_WORKERS = 1_000;
  private static final long GLANCE_MILLIS = 50;
  private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final String model;
  private final GroupHome home;
  private final SynchronizationContext telling =
      new SynchronizationContext(
          (thread, failure) -> LOGGER.warn("a listener of workers failed", failure));

  private volatile Standing standing = new Standing(List.of(), Map.of());

  // Guarded by this.
  private final Map<Channel, Member> members = new LinkedHashMap<>();
  private final Map<ContentDigest, BundleDrift> drifts = new HashMap<>(); // from the model's
  private final Set<ContentDigest> comparing = new HashSet<>();
  private @Nullable ServedBundle current;
  private boolean closed;

  /** A model without workers. */
  public ModelGroup(String model, GroupHome home) {
    this.model = model;
    this.home = home;
  }

  /** How the workers stand, for those who only look. */
  private record Standing(List<Channel> serving, Map<Channel, BundleDrift> compared) {}

  /** Those that serve the model, in the order in which they joined. */
  public List<Channel> serving() {
    return standing.serving();
  }

  /** How each that was compared differs from the model. */
  public Map<Channel, BundleDrift> compared() {
    return standing.compared();
  }

  /** Takes a worker in, or asks it again; the future gives how it differs from the model. */
  public CompletableFuture<BundleDrift> join(Channel channel) {
    CompletableFuture<BundleDrift> result = new CompletableFuture<>();
    Member member;
    synchronized (this) {
      if (closed) {
        return CompletableFuture.failedFuture(gone());
      }
      member = members.get(channel);
      if (member == null) {
        if (members.size() == MAX_WORKERS) {
          return CompletableFuture.failedFuture(
              new LimitException(
                  Rule.W2, "workers of '" + model + "'", MAX_WORKERS, MAX_WORKERS + 1L));
        }
        member =
            new Member(
                channel,
                Context.current().fork(),
                home.backoff().initial(),
                (lost, connected) -> connectionChanged(channel, lost, connected));
        members.put(channel, member);
      }
      member.waiting.add(result);
      ask(member);
    }
    home.connections().watch(channel, member.onConnection);
    return result;
  }

  /** Forgets a worker; whether it was one of the model's. */
  public boolean leave(Channel channel) {
    Member member;
    synchronized (this) {
      member = members.remove(channel);
      if (member == null) {
        return false;
      }
      leave(member);
      settle(Optional.empty());
    }
    home.connections().unwatch(channel, member.onConnection);
    telling.drain();
    return true;
  }

  private void leave(Member member) {
    member.left = true;
    member.retry.cancel(false);
    fail(member.waiting, gone());
    fail(member.answered, gone());
  }

  private LoadException gone() {
    return new LoadException(
        Rule.W1, LoadStatus.CANCELLED, "the worker is none of '" + model + "' any more", null);
  }

  /** Asks every worker again; the future gives what {@link #compared} gives then. */
  public CompletableFuture<Map<Channel, BundleDrift>> recheck() {
    List<CompletableFuture<BundleDrift>> all = new ArrayList<>();
    synchronized (this) {
      for (Member member : members.values()) {
        CompletableFuture<BundleDrift> result = new CompletableFuture<>();
        all.add(result);
        member.waiting.add(result);
        ask(member);
      }
    }
    CompletableFuture<?>[] each = all.toArray(new CompletableFuture<?>[0]);
    return CompletableFuture.allOf(each).handle((done, failure) -> compared());
  }

  /** Everybody leaves. */
  public void close() {
    List<Member> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(members.values());
      members.clear();
      left.forEach(this::leave);
      settle(Optional.empty());
    }
    left.forEach(member -> home.connections().unwatch(member.channel, member.onConnection));
    telling.drain();
  }

  /**
   * Those that serve, once there is any.
   *
   * @param patient whether workers that do not answer are waited for; those that were not asked yet
   *     always are
   * @return empty if there is no worker, or none that is worth waiting for
   * @throws TokenizerException what the last of them failed by if none is worth waiting for, or the
   *     guard's; it has the attempts of all that failed
   */
  public List<Channel> awaitServing(boolean patient, BuildGuard guard) {
    try {
      while (true) {
        guard.check();
        synchronized (this) {
          boolean hopeless =
              members.isEmpty() || (!patient && members.values().stream().noneMatch(Member::isNew));
          List<TokenizerException> failures = failures();
          if (serving().isEmpty() && hopeless && !failures.isEmpty()) {
            throw failures.get(failures.size() - 1);
          }
          if (!serving().isEmpty() || hopeless) {
            return serving();
          }
          wait(GLANCE_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw LoadDeadline.cancelled(e);
    } catch (TokenizerException e) {
      throw e.withAttempts(
          failures().stream().flatMap(failure -> failure.attempts().stream()).toList());
    }
  }

  /** Why workers could not be compared. */
  private synchronized List<TokenizerException> failures() {
    List<TokenizerException> failures = new ArrayList<>();
    for (Member member : members.values()) {
      if (member.failure != null) {
        failures.add(member.failure);
      }
    }
    return failures;
  }

  /**
   * Refuses what a worker gave that had the model's content when it was last asked, and asks all
   * again.
   *
   * @throws BundleException with rule W1
   */
  public void check(ContentDigest digest) {
    ServedBundle expected;
    synchronized (this) {
      expected = current;
    }
    if (expected != null && !home.acceptsDrift() && !expected.digest().equals(digest)) {
      CompletableFuture<Map<Channel, BundleDrift>> unused = recheck();
      throw new BundleException(
          Rule.W1, null, "the worker has content " + digest + ", its model " + expected.digest());
    }
  }

  /**
   * A connection that is lost may mean a restart, and a new one another worker. While a question is
   * under way, its end tells whether that answers it.
   */
  private synchronized void connectionChanged(Channel channel, boolean lost, boolean connected) {
    Member member = members.get(channel);
    if (member != null) {
      member.lost |= lost;
      member.connected |= connected;
      if (!member.isAsked) {
        askForConnection(member, true);
      }
    }
  }

  /** Where connections come and go, the worker is asked once a second. */
  private void askForConnection(Member member, boolean evenIfConnected) {
    boolean isDue = member.lost || (member.connected && evenIfConnected);
    member.lost = false;
    member.connected = false;
    if (isDue) {
      askAfter(Math.max(0, member.askedAt + REST_NANOS - System.nanoTime()), member);
    }
  }

  private void askAfter(long nanos, Member member) {
    member.retry.cancel(false);
    member.retry = home.later().schedule(() -> askLater(member), nanos, TimeUnit.NANOSECONDS);
  }

  /** Asks a worker, now or once it has answered the question that is under way. */
  private void ask(Member member) {
    member.retry.cancel(false);
    if (member.isAsked) {
      member.askAgain = true;
      return;
    }
    member.isAsked = true;
    member.askedAt = System.nanoTime();
    List<CompletableFuture<BundleDrift>> waiting = member.waiting;
    member.waiting = new ArrayList<>();
    Map<String, ServedBundle> known = new HashMap<>();
    for (Member other : members.values()) {
      ServedBundle served = other.served;
      if (served != null) {
        served.fingerprint().verifiedSha256().ifPresent(sha256 -> known.put(sha256, served));
      }
    }
    home.asking().execute(member.context.wrap(() -> ask(member, known, waiting)));
  }

  private void ask(
      Member member,
      Map<String, ServedBundle> known,
      List<CompletableFuture<BundleDrift>> waiting) {
    Answer answer = null;
    TokenizerException failure = null;
    try {
      answer =
          home.query()
              .ask(
                  member.channel,
                  sha256 -> Optional.ofNullable(known.get(sha256.toLowerCase(Locale.ROOT))));
    } catch (TokenizerException e) {
      failure = e;
    } catch (RuntimeException | Error e) {
      failure = CallFailure.unexpected("the question", e);
    }
    synchronized (this) {
      member.isAsked = false;
      if (member.left) {
        fail(waiting, gone());
      } else if (answer != null) {
        took(member, answer.served());
        member.answered.addAll(waiting);
        settle(answer.bundle());
      } else if (failure != null) {
        failed(member, failure);
        fail(waiting, failure);
        settle(Optional.empty());
      }
      if (!member.left) {
        askForConnection(member, failure != null);
      }
      if (member.askAgain && !member.left) {
        member.askAgain = false;
        ask(member);
      }
    }
    telling.drain();
  }

  private void took(Member member, ServedBundle served) {
    member.served = served;
    member.failure = null;
    member.pause = home.backoff().initial();
  }

  /** What is only not up keeps its standing: the router sees by itself that it is not. */
  private void failed(Member member, TokenizerException failure) {
    boolean isDown =
        failure instanceof LoadException load && load.status() != LoadStatus.UNIMPLEMENTED;
    if (!isDown) {
      member.served = null;
      member.told = null;
      fail(member.answered, failure);
    }
    member.failure = failure;
    askAfter(member.pause.toNanos(), member);
    member.pause = home.backoff().next(member.pause);
    tell(() -> home.events().notCompared(model, member.name(), failure));
  }

  private synchronized void askLater(Member member) {
    if (!member.left) {
      ask(member);
    }
  }

  /**
   * Finds the model's content, and how each worker stands to it.
   *
   * @param bundle the one that was just read, if any
   */
  private void settle(Optional<TokenizerBundle> bundle) {
    ServedBundle before = current;
    current = chosen();
    if (before != null && current != null && !before.digest().equals(current.digest())) {
      ContentDigest from = before.digest();
      ContentDigest to = current.digest();
      drifts.clear();
      tell(() -> home.events().changed(model, from, to));
    }
    List<Channel> serving = new ArrayList<>();
    Map<Channel, BundleDrift> compared = new LinkedHashMap<>();
    Set<ContentDigest> present = new HashSet<>();
    for (Member member : members.values()) {
      if (member.served == null || current == null) {
        continue;
      }
      ContentDigest digest = member.served.digest();
      present.add(digest);
      boolean isModels = digest.equals(current.digest());
      boolean serves = isModels || home.acceptsDrift();
      if (serves) {
        serving.add(member.channel);
      }
      BundleDrift drift = isModels ? BundleDrift.NONE : drifts.get(digest);
      if (drift == null) {
        compare(current, member.served, bundle);
      } else {
        compared.put(member.channel, drift);
        tell(member, drift, serves);
      }
    }
    drifts.keySet().retainAll(present);
    standing = new Standing(List.copyOf(serving), Collections.unmodifiableMap(compared));
    notifyAll();
  }

  private @Nullable ServedBundle chosen() {
    Map<ContentDigest, Integer> counts = new LinkedHashMap<>();
    Map<ContentDigest, ServedBundle> byDigest = new HashMap<>();
    for (Member member : members.values()) {
      if (member.served != null) {
        counts.merge(member.served.digest(), 1, Integer::sum);
        byDigest.putIfAbsent(member.served.digest(), member.served);
      }
    }
    if (counts.isEmpty()) {
      return current;
    }
    int most = home.followsMajority() ? Collections.max(counts.values()) : 1;
    if (current != null && counts.getOrDefault(current.digest(), 0) >= most) {
      return current;
    }
    counts.values().removeIf(count -> count < most);
    return byDigest.get(counts.keySet().iterator().next());
  }

  private void tell(Member member, BundleDrift drift, boolean serves) {
    if (!drift.equals(member.told) && member.served != null) {
      member.told = drift;
      ContentDigest digest = member.served.digest();
      tell(
          () -> {
            if (drift.isNone()) {
              home.events().matches(model, member.name(), digest);
            } else {
              home.events().drifted(model, member.name(), drift, serves);
            }
          });
    }
    List<CompletableFuture<BundleDrift>> answered = List.copyOf(member.answered);
    member.answered.clear();
    tell(() -> answered.forEach(future -> future.completeAsync(() -> drift, home.callbacks())));
  }

  private void tell(Runnable event) {
    telling.executeLater(event);
  }

  private void fail(
      Collection<CompletableFuture<BundleDrift>> futures, TokenizerException failure) {
    List<CompletableFuture<BundleDrift>> failed = List.copyOf(futures);
    futures.clear();
    tell(
        () ->
            home.callbacks()
                .execute(() -> failed.forEach(future -> future.completeExceptionally(failure))));
  }

  /** Compares two contents; their bundles are fetched again, as none is held. */
  private void compare(
      ServedBundle expected, ServedBundle actual, Optional<TokenizerBundle> bundle) {
    if (!comparing.add(actual.digest())) {
      return;
    }
    List<Channel> ofExpected = channelsOf(expected.digest());
    List<Channel> ofActual = channelsOf(actual.digest());
    Optional<TokenizerBundle> read = bundle.filter(fresh -> fresh.digest().equals(actual.digest()));
    home.asking()
        .execute(
            () -> {
              Optional<TokenizerBundle> one = fetch(expected.digest(), ofExpected);
              Optional<TokenizerBundle> two =
                  read.isPresent() ? read : fetch(actual.digest(), ofActual);
              BundleDrift drift = compare(expected, actual, one, two);
              synchronized (this) {
                comparing.remove(actual.digest());
                if (current != null && current.digest().equals(expected.digest())) {
                  drifts.put(actual.digest(), drift);
                }
                settle(Optional.empty());
              }
              telling.drain();
            });
  }

  private List<Channel> channelsOf(ContentDigest digest) {
    return members.values().stream()
        .filter(member -> member.served != null && member.served.digest().equals(digest))
        .map(member -> member.channel)
        .toList();
  }

  private Optional<TokenizerBundle> fetch(ContentDigest digest, List<Channel> channels) {
    for (Channel channel : channels) {
      try {
        TokenizerBundle bundle = home.query().fetch(channel);
        if (bundle.digest().equals(digest)) {
          return Optional.of(bundle);
        }
      } catch (TokenizerException e) {
        LOGGER.debug("{} is not there to be compared with", channel.authority(), e);
      } catch (RuntimeException | Error e) { // such as a listener's: those who wait need an answer
        LOGGER.warn("{} cannot be compared with", channel.authority(), e);
      }
    }
    return Optional.empty();
  }

  /** The files alone are compared where no worker has one of the bundles any more. */
  private BundleDrift compare(
      ServedBundle expected,
      ServedBundle actual,
      Optional<TokenizerBundle> one,
      Optional<TokenizerBundle> two) {
    try {
      return one.isPresent() && two.isPresent()
          ? home.query().compare(one.get(), two.get())
          : home.query().compare(expected, actual);
    } catch (RuntimeException | Error e) {
      LOGGER.warn("two bundles cannot be compared", e);
      return home.query().compare(expected, actual);
    }
  }

  @Override
  public String toString() {
    return "'" + model + "', served by " + serving().size() + " workers";
  }
}
