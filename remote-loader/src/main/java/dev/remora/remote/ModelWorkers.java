package dev.remora.remote;

import dev.remora.LimitException;
import dev.remora.Rule;
import dev.remora.TokenizerException;
import dev.remora.bundle.BundleDrift;
import dev.remora.bundle.ContentDigest;
import dev.remora.core.guard.BuildGuard;
import dev.remora.remote.registry.Backoff;
import dev.remora.remote.registry.RegistryHome;
import dev.remora.remote.workers.Connections;
import dev.remora.remote.workers.GroupHome;
import dev.remora.remote.workers.ModelGroup;
import dev.remora.remote.workers.ResolvedWorkers;
import dev.remora.remote.workers.WorkerEvents;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * Which workers serve which model of a router, and whether they have one tokenizer: beside a {@link
 * TokenizerRegistry}, which loads from {@link #source}.
 *
 * <pre>{@code
 * ModelWorkers workers = ModelWorkers.of(DriftPolicy.REFUSE, options); // one for the process
 * workers.join("llama-3", channel); // when a worker comes up
 * Tokenizer tokenizer =
 *     registry.acquire("llama-3", RemoteTokenizerLoader.of(workers.source("llama-3"), options));
 * List<Channel> serving = workers.channels("llama-3"); // whom to send the ids to
 * }</pre>
 *
 * <p>A worker that joins is asked for its bundle, which is compared with the model's by content
 * digest. Of a worker that announces a wire fingerprint that is known, only the first message is
 * read (rule A5); what a worker says by {@code GetModelInfo} is compared too, as {@link
 * LoadOptions#modelInfoCheck()} says. Where the digest is another one, the bundles are compared
 * file by file, for which the model's is fetched again from a worker that has it: none is held. The
 * {@link DriftPolicy} says what happens then, and the {@link LoadListener} of the options is told.
 *
 * <p>A worker is asked again when its connection was lost, which a restart does, provided its
 * channel is a {@link ManagedChannel}; when it did not answer, after a pause from 1 s to 1 min; and
 * by {@link #recheck}. Until it has answered it keeps its standing. Eight workers are asked at
 * once.
 *
 * <p>Channels are the caller's, but for those that {@link #joinAll} opens. Thread-safe; looking at
 * who serves takes no lock.
 */
public final class ModelWorkers implements AutoCloseable {
  private static final int MAX_MODELS = 10_000;
  private static final Backoff.Range BACKOFF =
      new Backoff.Range(Duration.ofSeconds(1), Duration.ofMinutes(1));

  private final GroupHome home;
  private final ConcurrentMap<String, Model> models = new ConcurrentHashMap<>(); // changed by this
  private boolean closed; // guarded by this

  private ModelWorkers(DriftPolicy policy, LoadOptions options) {
    this.home =
        new GroupHome(
            new WorkerInquiry(options),
            new ListenerEvents(options.listener()),
            policy == DriftPolicy.ACCEPT,
            policy == DriftPolicy.MAJORITY,
            BACKOFF,
            new Connections(),
            GroupHome.newAsking(),
            RegistryHome.newCallbacks(),
            RegistryHome.newLater());
  }

  /**
   * Models without workers.
   *
   * @param policy what happens to a worker of another content
   * @param options how workers are asked, each once at a time
   */
  public static ModelWorkers of(DriftPolicy policy, LoadOptions options) {
    Objects.requireNonNull(policy, "policy");
    Objects.requireNonNull(options, "options");
    return new ModelWorkers(policy, options);
  }

  /**
   * Takes a worker in, or asks it again. It serves once it has been compared.
   *
   * @param model the model's name, as the application calls it
   * @return how its bundle differs from the model's: {@link BundleDrift#isNone()} where it does
   *     not. It fails with the {@link TokenizerException} of a load if the worker does not answer
   *     or has no tokenizer, and is asked again later; with rule W1 if it leaves before; and with a
   *     {@link LimitException} (rule W2) above 1,000 workers of a model or 10,000 models
   * @throws IllegalStateException if this is closed
   */
  public CompletableFuture<BundleDrift> join(String model, Channel worker) {
    Objects.requireNonNull(worker, "worker");
    try {
      return known(model).group().join(worker);
    } catch (LimitException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * Takes in every worker behind a name: each address that gRPC's resolver gives is one, joins and
   * leaves with it. The name is resolved again every 30 s and with each {@link #recheck}; where it
   * cannot be resolved, its workers stay.
   *
   * @param target the name as gRPC takes it, such as {@code dns:///workers:50051}, of a headless
   *     service for instance
   * @param connect opens the channel to one address; it is shut down when the address leaves
   * @throws IllegalArgumentException if no resolver takes the name
   * @throws LimitException with rule W2 above 10,000 models
   * @throws IllegalStateException if this is closed
   */
  public void joinAll(
      String model, String target, Function<SocketAddress, ManagedChannel> connect) {
    Objects.requireNonNull(connect, "connect");
    synchronized (this) {
      Model known = known(model);
      ResolvedWorkers workers = new ResolvedWorkers(target, known.group(), home, connect);
      ResolvedWorkers before = known.names().put(target, workers);
      if (before != null) {
        before.close();
      }
      workers.start();
    }
  }

  /**
   * Forgets a worker: {@link #channels} has it no more when this returns.
   *
   * @return whether it was one of the model's
   */
  public boolean leave(String model, Channel worker) {
    Model known = models.get(model);
    return known != null && known.group().leave(worker);
  }

  /**
   * Forgets every worker behind a name, and shuts their channels down.
   *
   * @param target the name as it was given to {@link #joinAll}
   * @return whether it was one of the model's
   */
  public synchronized boolean leaveAll(String model, String target) {
    Model known = models.get(model);
    ResolvedWorkers workers = known == null ? null : known.names().remove(target);
    if (workers != null) {
      workers.close();
    }
    return workers != null;
  }

  /**
   * Forgets a model and its workers. A model whose workers have left, one by one, is still known:
   * the next one that joins is compared with its content.
   *
   * @return whether it was known
   */
  public synchronized boolean remove(String model) {
    Model known = models.remove(model);
    if (known != null) {
      known.close();
    }
    return known != null;
  }

  /**
   * The channels of the workers that serve a model, in the order in which they joined, as a list
   * that does not change. Those that are down now are among them if they served before.
   */
  public List<Channel> channels(String model) {
    Model known = models.get(model);
    return known == null ? List.of() : known.group().serving();
  }

  /**
   * The workers of a model that were compared, each with how its bundle differs from the model's,
   * in the order in which they joined, as a map that does not change.
   */
  public Map<Channel, BundleDrift> compared(String model) {
    Model known = models.get(model);
    return known == null ? Map.of() : known.group().compared();
  }

  /**
   * Asks every worker of a model again, such as before a {@link TokenizerRegistry#refresh}.
   *
   * @return what {@link #compared} gives when all have answered or failed
   */
  public CompletableFuture<Map<Channel, BundleDrift>> recheck(String model) {
    Model known = models.get(model);
    if (known == null) {
      return CompletableFuture.completedFuture(Map.of());
    }
    synchronized (this) {
      known.names().values().forEach(ResolvedWorkers::refresh);
    }
    return known.group().recheck();
  }

  /** The names of the models, sorted, as a new set. */
  public Set<String> models() {
    return new TreeSet<>(models.keySet());
  }

  /**
   * The workers of a model as a source of its tokenizer. A load waits for workers that have not
   * been compared yet, and takes no bundle but one of the model's content, unless drift is accepted
   * (rule W1): a worker that has another one, as it was restarted, is passed over and asked again.
   */
  public TokenizerSource source(String model) {
    return new Sources.Joined(this, Objects.requireNonNull(model, "model"));
  }

  /** Those that serve, once there is any; see {@link ModelGroup#awaitServing}. */
  List<Channel> await(String model, boolean patient, BuildGuard guard) {
    Model known = models.get(model);
    return known == null ? List.of() : known.group().awaitServing(patient, guard);
  }

  /** Refuses what is not the model's content, unless drift is accepted. */
  void check(String model, ContentDigest digest) {
    Model known = models.get(model);
    if (known != null) {
      known.group().check(digest);
    }
  }

  private synchronized Model known(String model) {
    if (closed) {
      throw new IllegalStateException("the workers are closed");
    }
    Model there = models.get(Objects.requireNonNull(model, "model"));
    if (there != null) {
      return there;
    }
    if (models.size() == MAX_MODELS) {
      throw new LimitException(Rule.W2, "models", MAX_MODELS, MAX_MODELS + 1L);
    }
    Model created = new Model(new ModelGroup(model, home), new HashMap<>());
    models.put(model, created);
    return created;
  }

  /** Forgets every model; later calls of {@link #join} throw {@link IllegalStateException}. */
  @Override
  public synchronized void close() {
    closed = true;
    models.keySet().forEach(this::remove);
    home.asking().shutdownNow();
    home.later().shutdownNow();
  }

  /** The models and how many workers serve each. */
  @Override
  public String toString() {
    return "ModelWorkers" + models.values();
  }

  /** A model, and the names behind which it has workers. */
  private record Model(ModelGroup group, Map<String, ResolvedWorkers> names) {
    private void close() {
      names.values().forEach(ResolvedWorkers::close);
      group.close();
    }

    @Override
    public String toString() {
      return group.toString();
    }
  }

  private record ListenerEvents(LoadListener listener) implements WorkerEvents {
    @Override
    public void matches(String model, String worker, ContentDigest digest) {
      listener.workerMatches(model, worker, digest);
    }

    @Override
    public void drifted(String model, String worker, BundleDrift drift, boolean serves) {
      listener.workerDrifted(model, worker, drift, serves);
    }

    @Override
    public void notCompared(String model, String worker, TokenizerException failure) {
      listener.workerNotCompared(model, worker, failure);
    }

    @Override
    public void changed(String model, ContentDigest from, ContentDigest to) {
      listener.modelChanged(model, from, to);
    }
  }
}
