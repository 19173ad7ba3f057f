package dev.remora.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.TokenizerException;
import dev.remora.bundle.BundleDrift;
import dev.remora.bundle.ContentDigest;
import dev.remora.remote.registry.Backoff;
import dev.remora.remote.registry.RegistryHome;
import dev.remora.remote.workers.Connections;
import dev.remora.remote.workers.GroupHome;
import dev.remora.remote.workers.ModelGroup;
import dev.remora.remote.workers.ResolvedWorkers;
import dev.remora.remote.workers.WorkerEvents;
import dev.remora.server.Fault;
import dev.remora.server.TokenizerServer;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.NameResolverRegistry;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * When workers are asked again, each reason alone: where a pause would do as well, it is an hour
 * long.
 */
@Timeout(60)
class AskingAgainTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();
  private final Connections connections = new Connections();
  private final Later later = new Later();

  /** Remembers pauses; what is done every so often is done at once. */
  private static final class Later extends ScheduledThreadPoolExecutor {
    private final List<Duration> pauses = new CopyOnWriteArrayList<>();

    private Later() {
      super(1);
      setRemoveOnCancelPolicy(true);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
      pauses.add(Duration.ofNanos(unit.toNanos(delay)));
      return super.schedule(task, delay, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(
        Runnable task, long first, long delay, TimeUnit unit) {
      pauses.add(Duration.ofNanos(unit.toNanos(delay)));
      return super.scheduleWithFixedDelay(task, 1, 1, TimeUnit.MILLISECONDS);
    }
  }

  private static final class NoEvents implements WorkerEvents {
    @Override
    public void matches(String model, String worker, ContentDigest digest) {}

    @Override
    public void drifted(String model, String worker, BundleDrift drift, boolean serves) {}

    @Override
    public void notCompared(String model, String worker, TokenizerException failure) {}

    @Override
    public void changed(String model, ContentDigest from, ContentDigest to) {}
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  private GroupHome home(Duration pause) {
    GroupHome home =
        new GroupHome(
            new WorkerInquiry(LoadOptions.DEFAULT),
            new NoEvents(),
            false,
            false,
            new Backoff.Range(pause, HOUR),
            connections,
            GroupHome.newAsking(),
            RegistryHome.newCallbacks(),
            later);
    open.add(home.asking()::shutdownNow);
    open.add(later::shutdownNow);
    return home;
  }

  private ModelGroup group(GroupHome home) {
    ModelGroup group = new ModelGroup("m", home);
    open.add(0, group::close);
    return group;
  }

  private ManagedChannel channel(int port) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("localhost", port).usePlaintext().build();
    open.add(channel::shutdownNow);
    return channel;
  }

  private void serve(int port) throws IOException {
    open.add(DriftingFiles.PLAIN.at(port));
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(10); // the test's own timeout ends it
    }
  }

  private static void assertNotUp(ModelGroup group, Channel channel) {
    assertThrows(ExecutionException.class, () -> group.join(channel).get(30, TimeUnit.SECONDS));
    assertEquals(List.of(), group.serving());
  }

  /** The router's own requests, for instance, connect the channel. */
  @Test
  void workerWhoseConnectionIsBack_isAskedAtOnce() throws Exception {
    int port = freePort();
    ManagedChannel channel = channel(port);
    ModelGroup group = group(home(HOUR));
    assertNotUp(group, channel);
    serve(port);
    channel.resetConnectBackoff();
    channel.getState(true);
    await(() -> group.serving().equals(List.of(channel)));
  }

  /** Nobody tells of the connection of a channel behind interceptors. */
  @Test
  void workerThatWasNotUp_isAskedAfterAPause() throws Exception {
    int port = freePort();
    Channel channel =
        ClientInterceptors.intercept(
            channel(port), MetadataUtils.newAttachHeadersInterceptor(new Metadata()));
    ModelGroup group = group(home(Duration.ofMillis(20)));
    assertNotUp(group, channel);
    serve(port);
    await(() -> group.serving().equals(List.of(channel)));
  }

  @Test
  void pauses_double_andAreShortAgainAfterAnAnswer() throws Exception {
    int port = freePort();
    ManagedChannel channel = channel(port);
    ModelGroup group = group(home(HOUR.dividedBy(8)));
    for (int time = 0; time < 5; time++) {
      assertNotUp(group, channel);
    }
    List<Duration> pauses = List.of(HOUR.dividedBy(8), HOUR.dividedBy(4), HOUR.dividedBy(2), HOUR);
    assertEquals(pauses, later.pauses.subList(0, 4));
    assertEquals(HOUR, later.pauses.get(4), "no longer than the longest");
    TokenizerServer server = DriftingFiles.PLAIN.at(port);
    await(() -> group.recheck().join().containsKey(channel));
    int before = later.pauses.size();
    server.close();
    Duration shortest = HOUR.dividedBy(8); // as its connection was lost, and nobody is there
    await(() -> later.pauses.lastIndexOf(shortest) >= before);
  }

  /** Who asks while a question is under way gets the answer to the next one. */
  @Test
  void questionsWhileOneIsUnderWay_areAnswered() throws Exception {
    TestWorker slow =
        TestWorker.serving(
            DriftingFiles.PLAIN.server().chunkSize(500).fault(Fault.parse("trickle:20ms")));
    open.add(slow);
    ModelGroup group = group(home(HOUR));
    CompletableFuture<BundleDrift> first = group.join(slow.channel());
    CompletableFuture<BundleDrift> second = group.join(slow.channel());
    CompletableFuture<Map<Channel, BundleDrift>> all = group.recheck();
    assertTrue(first.get(30, TimeUnit.SECONDS).isNone());
    assertTrue(second.get(30, TimeUnit.SECONDS).isNone());
    assertEquals(1, all.get(30, TimeUnit.SECONDS).size());
  }

  /** Workers come and go; a channel keeps no listener of one that left. */
  @Test
  void channelWhoseWorkerLeft_isNotWatched() throws Exception {
    TestWorker worker = DriftingFiles.PLAIN.worker();
    open.add(worker.channel()::shutdownNow);
    ModelGroup group = group(home(HOUR));
    assertTrue(group.join(worker.channel()).get(30, TimeUnit.SECONDS).isNone());
    assertEquals("1 connections", connections.toString());
    assertTrue(group.leave(worker.channel()));
    worker.server().close(); // whereupon its state changes
    await(() -> connections.toString().equals("0 connections"));
  }

  /** Its connections are those that a test says. */
  private static final class ScriptedConnection extends ForwardingChannel {
    private ConnectivityState state = ConnectivityState.CONNECTING;
    private Runnable callback = () -> {};

    private ScriptedConnection(ManagedChannel channel) {
      super(channel);
    }

    @Override
    public synchronized ConnectivityState getState(boolean connect) {
      return state;
    }

    @Override
    public synchronized void notifyWhenStateChanged(ConnectivityState from, Runnable told) {
      callback = told;
    }

    /** What is told late is told of the last state only. */
    private void become(ConnectivityState... states) {
      Runnable told;
      synchronized (this) {
        state = states[states.length - 1];
        told = callback;
      }
      told.run();
    }
  }

  /** Between the answer and the restart nobody had told that there was a connection at all. */
  @Test
  void connectionThatWasLostBeforeItWasTold_isNoticed() throws Exception {
    TestWorker worker = DriftingFiles.PLAIN.worker();
    open.add(worker);
    ScriptedConnection channel = new ScriptedConnection(worker.channel());
    GroupHome home = home(HOUR);
    ModelGroup group = group(home);
    assertTrue(group.join(channel).get(30, TimeUnit.SECONDS).isNone());
    channel.become(ConnectivityState.READY, ConnectivityState.IDLE);
    await(() -> worker.server().calls() == 2);
    await(() -> ((ThreadPoolExecutor) home.asking()).getActiveCount() == 0);
    channel.become(ConnectivityState.CONNECTING);
    channel.become(
        ConnectivityState.READY, ConnectivityState.IDLE, ConnectivityState.TRANSIENT_FAILURE);
    channel.become(ConnectivityState.READY);
    await(() -> worker.server().calls() == 3);
  }

  @Test
  void connectionsThatComeAndGo_areAQuestionASecond() throws Exception {
    TestWorker worker = DriftingFiles.PLAIN.worker();
    open.add(worker);
    ScriptedConnection channel = new ScriptedConnection(worker.channel());
    ModelGroup group = group(home(HOUR));
    assertTrue(group.join(channel).get(30, TimeUnit.SECONDS).isNone());
    long start = System.nanoTime();
    for (int time = 0; time < 1_000; time++) {
      channel.become(ConnectivityState.READY);
      channel.become(ConnectivityState.IDLE);
      Thread.sleep(1);
    }
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
    int calls = worker.server().calls();
    assertTrue(calls <= seconds + 2, calls + " calls in " + seconds + " s");
  }

  @Test
  void name_isResolvedAgainEvery30Seconds() throws Exception {
    SetResolver resolver = new SetResolver();
    NameResolverRegistry.getDefaultRegistry().register(resolver);
    open.add(() -> NameResolverRegistry.getDefaultRegistry().deregister(resolver));
    GroupHome home = home(HOUR);
    ResolvedWorkers workers =
        new ResolvedWorkers("set:///again", group(home), home, address -> channel(1));
    workers.start();
    await(() -> resolver.refreshed.get() > 2);
    assertEquals(List.of(Duration.ofSeconds(30)), later.pauses);
    workers.close();
    int refreshed = resolver.refreshed.get();
    Thread.sleep(50); // it is resolved again every millisecond here
    assertTrue(resolver.refreshed.get() <= refreshed + 1);
  }
}
