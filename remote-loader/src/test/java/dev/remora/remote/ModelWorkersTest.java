package dev.remora.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.Attempt;
import dev.remora.BundleException;
import dev.remora.LimitException;
import dev.remora.LoadException;
import dev.remora.LoadStatus;
import dev.remora.Rule;
import dev.remora.Tokenizer;
import dev.remora.TokenizerException;
import dev.remora.bundle.BundleDrift;
import dev.remora.bundle.BundleDrift.Difference;
import dev.remora.bundle.BundleDrift.Part;
import dev.remora.bundle.ContentDigest;
import dev.remora.proto.WorkerService;
import dev.remora.server.Fault;
import dev.remora.server.ModelInfo;
import dev.remora.server.TokenizerServer;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.NameResolverRegistry;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Workers that join, differ, restart and leave: over real sockets. */
@Timeout(120)
class ModelWorkersTest {
  private static final Difference TEMPLATE =
      new Difference(
          "tokenizer_config.json",
          Part.TEMPLATE,
          "chat_template line 2",
          Optional.of("user: {{ messages[0].content }}\n"),
          Optional.of("human: {{ messages[0].content }}\n"));
  private static final Difference MERGE =
      new Difference(
          "tokenizer.json", Part.MERGE, "merge 0", Optional.of("h e"), Optional.of("l l"));

  private final List<String> events = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();
  private final LoadOptions options =
      LoadOptions.builder()
          .listener(
              new LoadListener() {
                @Override
                public void workerMatches(String model, String worker, ContentDigest digest) {
                  events.add(worker + " matches");
                }

                @Override
                public void workerDrifted(
                    String model, String worker, BundleDrift drift, boolean serves) {
                  events.add(
                      worker + (serves ? " drifted, serves: " : " drifted, refused: ") + drift);
                }

                @Override
                public void workerNotCompared(
                    String model, String worker, TokenizerException failure) {
                  events.add(worker + " not compared: " + failure.kind());
                }

                @Override
                public void movedOn(
                    TokenizerSource from, TokenizerException failure, TokenizerSource to) {
                  events.add("moved on by " + failure.getMessage());
                }

                @Override
                public void modelChanged(String model, ContentDigest from, ContentDigest to) {
                  events.add(model + " changed");
                }
              })
          .build();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close(); // a server that was closed before says so in the log
    }
  }

  private ModelWorkers workers(DriftPolicy policy) {
    ModelWorkers workers = ModelWorkers.of(policy, options);
    open.add(workers);
    return workers;
  }

  private TestWorker worker(DriftingFiles files) {
    TestWorker worker = files.worker();
    open.add(worker);
    return worker;
  }

  private TokenizerServer at(int port, DriftingFiles files) throws IOException {
    TokenizerServer server = files.at(port);
    open.add(server);
    return server;
  }

  private static BundleDrift join(ModelWorkers workers, Channel channel) throws Exception {
    return workers.join("m", channel).get(60, TimeUnit.SECONDS);
  }

  private static TokenizerException failure(CompletableFuture<?> future) {
    ExecutionException thrown =
        assertThrows(ExecutionException.class, () -> future.get(60, TimeUnit.SECONDS));
    return assertInstanceOf(TokenizerException.class, thrown.getCause());
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(10); // the test's own timeout ends it
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  /** A channel of which nobody can tell whether it is connected. */
  private static Channel unwatched(TestWorker worker) {
    return ClientInterceptors.intercept(
        worker.channel(), MetadataUtils.newAttachHeadersInterceptor(new Metadata()));
  }

  @Test
  void equalWorkers_serve_andTheAnnouncedFingerprintIsEnough() throws Exception {
    TestWorker slow =
        TestWorker.serving(
            DriftingFiles.PLAIN.server().chunkSize(100).fault(Fault.parse("trickle:100ms")));
    open.add(slow);
    TestWorker first = worker(DriftingFiles.PLAIN);
    ModelWorkers workers = workers(DriftPolicy.REFUSE);
    assertTrue(join(workers, first.channel()).isNone());
    assertTrue(join(workers, slow.channel()).isNone());
    assertEquals(List.of(first.channel(), slow.channel()), workers.channels("m"));
    assertTrue(slow.server().awaitIdle(Duration.ofSeconds(5)));
    assertEquals(1, slow.server().cancelledCalls());
    assertTrue(slow.server().messagesSent() < 5, "sent " + slow.server().messagesSent());
    assertEquals(
        List.of(first.server().target() + " matches", slow.server().target() + " matches"), events);
  }

  /** Equal files in other archives: only their content says so. */
  @Test
  void equalFilesSentAsOtherBytes_areEqual() throws Exception {
    TestWorker later =
        TestWorker.serving(
            DriftingFiles.PLAIN.server().modified(Instant.parse("2026-01-01T00:00:00Z")));
    open.add(later);
    ModelWorkers workers = workers(DriftPolicy.REFUSE);
    assertTrue(join(workers, worker(DriftingFiles.PLAIN).channel()).isNone());
    assertTrue(join(workers, later.channel()).isNone());
  }

  @Test
  void driftedWorkers_areRefused_andFileAndMemberAreNamed() throws Exception {
    TestWorker plain = worker(DriftingFiles.PLAIN);
    TestWorker template = worker(DriftingFiles.OTHER_TEMPLATE);
    TestWorker merge = worker(DriftingFiles.OTHER_MERGE);
    ModelWorkers workers = workers(DriftPolicy.REFUSE);
    assertTrue(join(workers, plain.channel()).isNone());
    assertEquals(new BundleDrift(List.of(TEMPLATE), 0), join(workers, template.channel()));
    assertEquals(new BundleDrift(List.of(MERGE), 0), join(workers, merge.channel()));
    TestWorker second = worker(DriftingFiles.OTHER_MERGE);
    assertEquals(List.of(MERGE), join(workers, second.channel()).differences());
    assertTrue(workers.leave("m", second.channel()), "two against one count for nothing");
    assertEquals(List.of(plain.channel()), workers.channels("m"));
    assertEquals(
        Map.of(
            plain.channel(), BundleDrift.NONE,
            template.channel(), new BundleDrift(List.of(TEMPLATE), 0),
            merge.channel(), new BundleDrift(List.of(MERGE), 0)),
        workers.compared("m"));
    assertEquals(
        List.of(
            plain.server().target() + " matches",
            template.server().target() + " drifted, refused: " + TEMPLATE,
            merge.server().target() + " drifted, refused: " + MERGE,
            second.server().target() + " drifted, refused: " + MERGE),
        events);
  }

  @Test
  void driftedWorkers_areAccepted() throws Exception {
    TestWorker plain = worker(DriftingFiles.PLAIN);
    TestWorker template = worker(DriftingFiles.OTHER_TEMPLATE);
    TestWorker merge = worker(DriftingFiles.OTHER_MERGE);
    ModelWorkers workers = workers(DriftPolicy.ACCEPT);
    assertTrue(join(workers, plain.channel()).isNone());
    assertEquals(List.of(TEMPLATE), join(workers, template.channel()).differences());
    assertEquals(List.of(MERGE), join(workers, merge.channel()).differences());
    assertEquals(
        List.of(plain.channel(), template.channel(), merge.channel()), workers.channels("m"));
    assertTrue(events.contains(merge.server().target() + " drifted, serves: " + MERGE));
    plain.server().close();
    LoadOptions brief = options.toBuilder().timeout(Duration.ofSeconds(10)).build();
    Tokenizers.load(workers.source("m"), brief).close();
  }

  @Test
  void majority_isFollowed_andTheRegistryTakesItUp() throws Exception {
    TestWorker old = worker(DriftingFiles.PLAIN);
    TestWorker one = worker(DriftingFiles.OTHER_MERGE);
    TestWorker two = worker(DriftingFiles.OTHER_MERGE);
    ModelWorkers workers = workers(DriftPolicy.MAJORITY);
    RemoteTokenizerLoader loader = RemoteTokenizerLoader.of(workers.source("m"), options);
    try (TokenizerRegistry registry = TokenizerRegistry.create()) {
      assertTrue(join(workers, old.channel()).isNone());
      registry.acquire("m", loader).close();
      assertEquals(List.of(MERGE), join(workers, one.channel()).differences());
      assertEquals(List.of(old.channel()), workers.channels("m"), "a draw changes nothing");
      assertFalse(registry.refresh("m"));
      assertTrue(join(workers, two.channel()).isNone());
      assertEquals(List.of(one.channel(), two.channel()), workers.channels("m"));
      await(() -> workers.compared("m").size() == 3);
      Difference back =
          new Difference(
              "tokenizer.json", Part.MERGE, "merge 0", Optional.of("l l"), Optional.of("h e"));
      assertEquals(new BundleDrift(List.of(back), 0), workers.compared("m").get(old.channel()));
      assertTrue(registry.refresh("m"));
      assertFalse(join(workers, worker(DriftingFiles.PLAIN).channel()).isNone());
      assertEquals(List.of(one.channel(), two.channel()), workers.channels("m"), "another draw");
      await(() -> events.stream().filter("m changed"::equals).count() == 1);
    }
  }

  @Test
  void restartedWorker_isNoticedByItsConnection() throws Exception {
    TestWorker stays = worker(DriftingFiles.PLAIN);
    TestWorker restarts = worker(DriftingFiles.PLAIN);
    ModelWorkers workers = workers(DriftPolicy.REFUSE);
    assertTrue(join(workers, stays.channel()).isNone());
    assertTrue(join(workers, restarts.channel()).isNone());
    int port = restarts.server().port();
    restarts.server().close();
    TokenizerServer other = at(port, DriftingFiles.OTHER_TEMPLATE);
    String refused = other.target() + " drifted, refused: " + TEMPLATE;
    await(() -> events.contains(refused));
    assertEquals(List.of(stays.channel()), workers.channels("m"));
    other.close();
    at(port, DriftingFiles.PLAIN);
    await(() -> workers.channels("m").size() == 2);
  }

  /** When the last worker that has it is another one, so is the model. */
  @Test
  void contentThatNoWorkerHasAnyMore_isNotTheModels() throws Exception {
    TestWorker first = worker(DriftingFiles.PLAIN);
    TestWorker second = worker(DriftingFiles.OTHER_MERGE);
    ModelWorkers workers = workers(DriftPolicy.REFUSE);
    assertTrue(join(workers, first.channel()).isNone());
    assertFalse(join(workers, second.channel()).isNone());
    assertTrue(workers.leave("m", first.channel()));
    assertFalse(workers.leave("m", first.channel()));
    assertEquals(List.of(second.channel()), workers.channels("m"));
    assertEquals(Map.of(second.channel(), BundleDrift.NONE), workers.compared("m"));
    assertTrue(workers.leave("m", second.channel()));
    assertEquals(List.of(), workers.channels("m"));
    assertTrue(join(workers, first.channel()).isNone());
    assertEquals(2, events.stream().filter("m changed"::equals).count(), "and back");
    assertTrue(workers.remove("m"));
    assertEquals(Set.of(), workers.models());
  }

  @Test
  void driftFromAContentThatChanged_isComparedAgain() throws Exception {
    TestWorker first = worker(DriftingFiles.PLAIN);
    TestWorker merge = worker(DriftingFiles.OTHER_MERGE);
    TestWorker template = worker(DriftingFiles.OTHER_TEMPLATE);
    ModelWorkers workers = workers(DriftPolicy.REFUSE);
    assertTrue(join(workers, first.channel()).isNone());
    assertEquals(List.of(MERGE), join(workers, merge.channel()).differences());
    assertEquals(List.of(TEMPLATE), join(workers, template.channel()).differences());
    assertTrue(workers.leave("m", first.channel()));
    assertEquals(List.of(merge.channel()), workers.channels("m"));
    await(() -> workers.compared("m").size() == 2);
    Difference back =
        new Difference(
            "tokenizer.json", Part.MERGE, "merge 0", Optional.of("l l"), Optional.of("h e"));
    assertEquals(
        new BundleDrift(List.of(back, TEMPLATE), 0), workers.compared("m").get(template.channel()));
  }

  @Test
  void recheck_noticesWhatNoConnectionTells() throws Exception {
    TestWorker stays = worker(DriftingFiles.PLAIN);
    TestWorker restarts = worker(DriftingFiles.PLAIN);
    ModelWorkers workers = workers(DriftPolicy.REFUSE);
    Channel one = unwatched(stays);
    Channel two = unwatched(restarts);
    assertTrue(join(workers, one).isNone());
    assertTrue(join(workers, two).isNone());
    int port = restarts.server().port();
    restarts.server().close();
    at(port, DriftingFiles.OTHER_MERGE);
    restarts.channel().resetConnectBackoff();
    assertEquals(List.of(one, two), workers.channels("m"));
    Map<Channel, BundleDrift> compared = Map.of();
    while (!compared.containsKey(two) || compared.get(two).isNone()) {
      compared = workers.recheck("m").get(60, TimeUnit.SECONDS); // it may not be up yet
    }
    assertEquals(List.of(MERGE), compared.get(two).differences());
    assertEquals(List.of(one), workers.channels("m"));
  }

  /** A registry's refresh notices a restart too, and takes nothing of that worker. */
  @Test
  void load_takesNoBundleOfAnotherContent() throws Exception {
    TestWorker restarts = worker(DriftingFiles.PLAIN);
    TestWorker stays = worker(DriftingFiles.PLAIN);
    ModelWorkers workers = workers(DriftPolicy.REFUSE);
    Channel one = unwatched(restarts);
    Channel two = unwatched(stays);
    assertTrue(join(workers, one).isNone());
    assertTrue(join(workers, two).isNone());
    RemoteTokenizerLoader loader = RemoteTokenizerLoader.of(workers.source("m"), options);
    try (TokenizerRegistry registry = TokenizerRegistry.create()) {
      ContentDigest held;
      try (Tokenizer tokenizer = registry.acquire("m", loader)) {
        held = tokenizer.bundle().digest();
      }
      int port = restarts.server().port();
      restarts.server().close();
      TokenizerServer other = at(port, DriftingFiles.OTHER_MERGE);
      restarts.channel().resetConnectBackoff();
      while (other.calls() == 0) {
        assertFalse(registry.refresh("m"));
      }
      try (Tokenizer tokenizer = registry.acquire("m", loader)) {
        assertEquals(held, tokenizer.bundle().digest());
      }
      await(() -> workers.channels("m").equals(List.of(two)));
      stays.server().close();
      BundleException refused =
          assertThrows(
              BundleException.class, () -> workers.check("m", ContentDigest.of(List.of())));
      assertEquals(Optional.of(Rule.W1), refused.rule());
    }
  }

  @Test
  void workerThatIsNotUp_joinsWhenItIs() throws Exception {
    int port = freePort();
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("localhost", port).usePlaintext().build();
    open.add(channel::shutdownNow);
    ModelWorkers workers = workers(DriftPolicy.REFUSE);
    LoadException down = assertInstanceOf(LoadException.class, failure(workers.join("m", channel)));
    assertEquals(LoadStatus.UNAVAILABLE, down.status());
    assertEquals(List.of(), workers.channels("m"));
    at(port, DriftingFiles.PLAIN);
    await(() -> workers.channels("m").equals(List.of(channel)));
    assertEquals("localhost:" + port + " not compared: load", events.get(0));
  }

  @Test
  void workerThatIsDown_keepsItsStanding_untilItServesSomethingElse() throws Exception {
    TestWorker worker = worker(DriftingFiles.PLAIN);
    ModelWorkers workers = workers(DriftPolicy.REFUSE);
    assertTrue(join(workers, worker.channel()).isNone());
    int port = worker.server().port();
    worker.server().close();
    await(() -> events.contains("localhost:" + port + " not compared: load"));
    assertEquals(List.of(worker.channel()), workers.channels("m"));
    TokenizerServer broken =
        DriftingFiles.PLAIN.server().port(port).fault(Fault.noMessages()).start();
    open.add(broken);
    await(() -> events.contains(broken.target() + " not compared: bundle"));
    assertEquals(List.of(), workers.channels("m"));
  }

  /** Nobody has the model's bundle any more: the files are named, not what is in them. */
  @Test
  void driftFromAWorkerThatIsDown_namesTheFile() throws Exception {
    TestWorker first = worker(DriftingFiles.PLAIN);
    TestWorker second = worker(DriftingFiles.OTHER_MERGE);
    ModelWorkers workers = workers(DriftPolicy.REFUSE);
    Channel gone = unwatched(first);
    assertTrue(join(workers, gone).isNone());
    first.server().close();
    BundleDrift drift = join(workers, second.channel());
    assertEquals(
        List.of("tokenizer.json CONTENT"),
        drift.differences().stream().map(each -> each.file() + " " + each.part()).toList());
  }

  @Test
  void listenerThatThrowsWhileBundlesAreFetched_keepsNobodyWaiting() throws Exception {
    LoadOptions hostile =
        LoadOptions.builder()
            .listener(
                new LoadListener() {
                  @Override
                  public void attemptFailed(Attempt attempt) {
                    throw new IllegalStateException("no");
                  }
                })
            .build();
    ModelWorkers workers = ModelWorkers.of(DriftPolicy.REFUSE, hostile);
    open.add(workers);
    TestWorker first = worker(DriftingFiles.PLAIN);
    assertTrue(join(workers, unwatched(first)).isNone());
    first.server().close();
    BundleDrift drift = join(workers, worker(DriftingFiles.OTHER_MERGE).channel());
    assertEquals(Part.CONTENT, drift.differences().get(0).part());
  }

  @Test
  void modelInfoThatDoesNotFit_refusesTheWorker() throws Exception {
    ModelInfo info = new ModelInfo("m", "1", 100, List.of(), 0);
    TestWorker small = TestWorker.serving(DriftingFiles.PLAIN.server().modelInfo(info));
    open.add(small);
    ModelWorkers workers =
        ModelWorkers.of(
            DriftPolicy.REFUSE, options.toBuilder().modelInfoCheck(ModelInfoCheck.REFUSE).build());
    open.add(workers);
    assertTrue(join(workers, worker(DriftingFiles.PLAIN).channel()).isNone());
    assertEquals(Optional.of(Rule.M1), failure(workers.join("m", small.channel())).rule());
    ModelInfo otherEnd = new ModelInfo("m", "1", 266, List.of(3), 264);
    TestWorker other =
        TestWorker.serving(
            DriftingFiles.PLAIN.server().service(WorkerService.VLLM).modelInfo(otherEnd));
    open.add(other);
    assertEquals(Optional.of(Rule.M2), failure(workers.join("m", other.channel())).rule());
    assertEquals(1, workers.channels("m").size());
  }

  @Test
  void workerThatLeavesMeanwhile_isToldSo() throws Exception {
    TestWorker silent = TestWorker.serving(1, server -> server.fault(Fault.neverAnswers()));
    open.add(silent);
    ModelWorkers workers = workers(DriftPolicy.REFUSE);
    CompletableFuture<BundleDrift> joined = workers.join("m", silent.channel());
    assertTrue(workers.leave("m", silent.channel()));
    assertEquals(Optional.of(Rule.W1), failure(joined).rule());
    CompletableFuture<BundleDrift> closed = workers.join("m", silent.channel());
    workers.close();
    assertEquals(Optional.of(Rule.W1), failure(closed).rule());
    assertThrows(IllegalStateException.class, () -> workers.join("m", silent.channel()));
  }

  @Test
  void source_waitsForWorkersThatAreBeingCompared() throws Exception {
    TestWorker worker = worker(DriftingFiles.PLAIN);
    ModelWorkers workers = workers(DriftPolicy.REFUSE);
    TokenizerSource source = workers.source("m");
    LoadException nobody =
        assertThrows(LoadException.class, () -> Tokenizers.load(source, options));
    assertEquals(LoadStatus.NOT_FOUND, nobody.status());
    CompletableFuture<BundleDrift> joined = workers.join("m", worker.channel());
    Tokenizers.load(source, options).close();
    assertTrue(joined.get(60, TimeUnit.SECONDS).isNone());
    assertEquals(source, workers.source("m"));
  }

  @Test
  void source_whoseWorkersAreDown_movesOnOrWaitsUntilItsDeadline() throws Exception {
    int port = freePort();
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("localhost", port).usePlaintext().build();
    open.add(channel::shutdownNow);
    ModelWorkers workers = workers(DriftPolicy.REFUSE);
    failure(workers.join("m", channel));
    TestWorker other = worker(DriftingFiles.PLAIN);
    TokenizerSource source = workers.source("m").orElse(TokenizerSource.workers(other.channel()));
    Tokenizers.load(source, options).close();
    String why = events.get(events.size() - 1);
    assertTrue(why.startsWith("moved on by ") && why.contains("refused"), why);
    LoadOptions brief = options.toBuilder().timeout(Duration.ofMillis(300)).build();
    LoadException late =
        assertThrows(LoadException.class, () -> Tokenizers.load(workers.source("m"), brief));
    assertEquals(Optional.of(Rule.C4), late.rule());
    assertEquals("localhost:" + port, late.attempts().get(0).worker());
  }

  @Test
  void workersOfAModel_areBounded() {
    ModelWorkers workers = workers(DriftPolicy.REFUSE);
    List<CompletableFuture<BundleDrift>> joined = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      joined.add(workers.join("m", new Unreachable()));
    }
    LimitException limit =
        assertInstanceOf(LimitException.class, failure(workers.join("m", new Unreachable())));
    assertEquals(Optional.of(Rule.W2), limit.rule());
    assertEquals(1_000, limit.bound());
    workers.remove("m");
    for (CompletableFuture<BundleDrift> each : joined) {
      assertThrows(CompletionException.class, each::join);
    }
  }

  @Test
  void models_areBounded() {
    ModelWorkers workers = workers(DriftPolicy.REFUSE);
    for (int model = 0; model < 10_000; model++) {
      workers.joinAll("m" + model, "set:///" + model, address -> null);
    }
    LimitException limit =
        assertInstanceOf(LimitException.class, failure(workers.join("m", new Unreachable())));
    assertEquals(Optional.of(Rule.W2), limit.rule());
    assertEquals(10_000, limit.bound());
    assertThrows(LimitException.class, () -> workers.joinAll("m", "x", address -> null));
    assertTrue(workers.remove("m0"));
    assertEquals(LoadStatus.UNAVAILABLE, status(workers.join("m", new Unreachable())));
  }

  private static LoadStatus status(CompletableFuture<?> future) {
    return assertInstanceOf(LoadException.class, failure(future)).status();
  }

  private static final class Unreachable extends Channel {
    @Override
    public <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
      throw Status.UNAVAILABLE.asRuntimeException();
    }

    @Override
    public String authority() {
      return "nowhere";
    }
  }

  @Test
  void listenerThatThrows_changesNothing() throws Exception {
    LoadOptions hostile =
        LoadOptions.builder()
            .listener(
                new LoadListener() {
                  @Override
                  public void workerMatches(String model, String worker, ContentDigest digest) {
                    throw new IllegalStateException("no");
                  }
                })
            .build();
    ModelWorkers workers = ModelWorkers.of(DriftPolicy.REFUSE, hostile);
    open.add(workers);
    assertTrue(join(workers, worker(DriftingFiles.PLAIN).channel()).isNone());
    assertEquals(1, workers.channels("m").size());
  }

  @Test
  void nameOfSeveralAddresses_isOneSetOfWorkers() throws Exception {
    SetResolver resolver = new SetResolver();
    NameResolverRegistry.getDefaultRegistry().register(resolver);
    open.add(() -> NameResolverRegistry.getDefaultRegistry().deregister(resolver));
    Map<SocketAddress, ManagedChannel> channels = new ConcurrentHashMap<>();
    ModelWorkers workers = workers(DriftPolicy.REFUSE);
    workers.joinAll(
        "m",
        "set:///headless",
        address ->
            channels.computeIfAbsent(
                address, at -> NettyChannelBuilder.forAddress(at).usePlaintext().build()));
    TestWorker one = worker(DriftingFiles.PLAIN);
    TestWorker two = worker(DriftingFiles.PLAIN);
    TestWorker drifted = worker(DriftingFiles.OTHER_TEMPLATE);
    resolver.resolve("set:///headless", one, two);
    await(() -> workers.channels("m").size() == 2);
    List<Channel> before = workers.channels("m");
    resolver.resolve("set:///headless", two, drifted);
    await(() -> workers.compared("m").size() == 2);
    Channel stays = workers.channels("m").get(0);
    assertEquals(1, workers.channels("m").size());
    assertTrue(before.contains(stays), "an address that stays keeps its channel");
    assertEquals(1, channels.values().stream().filter(ManagedChannel::isShutdown).count());
    await(() -> events.stream().anyMatch(event -> event.endsWith(" refused: " + TEMPLATE)));
    resolver
        .listener("set:///headless")
        .onError(Status.UNAVAILABLE.withDescription("the DNS is down"));
    assertEquals(List.of(stays), workers.channels("m"));
    workers.recheck("m").get(60, TimeUnit.SECONDS);
    assertEquals(1, resolver.refreshed.get());
    assertTrue(workers.leaveAll("m", "set:///headless"));
    assertFalse(workers.leaveAll("m", "set:///headless"));
    assertEquals(List.of(), workers.channels("m"));
    assertTrue(channels.values().stream().allMatch(ManagedChannel::isShutdown));
    assertEquals(Map.of(), resolver.listeners);
  }

  /** A name that is given again, and a model that is removed, leave no channel open. */
  @Test
  void nameOfWorkers_isOneSet_untilTheModelIsRemoved() throws Exception {
    SetResolver resolver = new SetResolver();
    NameResolverRegistry.getDefaultRegistry().register(resolver);
    open.add(() -> NameResolverRegistry.getDefaultRegistry().deregister(resolver));
    List<ManagedChannel> channels = new CopyOnWriteArrayList<>();
    ModelWorkers workers = workers(DriftPolicy.REFUSE);
    TestWorker worker = worker(DriftingFiles.PLAIN);
    for (int time = 1; time <= 2; time++) {
      workers.joinAll(
          "m",
          "set:///again",
          address -> {
            channels.add(NettyChannelBuilder.forAddress(address).usePlaintext().build());
            return channels.get(channels.size() - 1);
          });
      resolver.resolve("set:///again", worker);
      assertEquals(time, channels.size());
    }
    assertTrue(channels.get(0).isShutdown());
    await(() -> workers.channels("m").equals(channels.subList(1, 2)));
    assertTrue(workers.remove("m"));
    assertTrue(channels.get(1).isShutdown());
    assertEquals(Map.of(), resolver.listeners);
  }

  @Test
  void nameOfTheDns_isResolvedByGrpc() throws Exception {
    TestWorker worker = worker(DriftingFiles.PLAIN);
    ModelWorkers workers = workers(DriftPolicy.REFUSE);
    workers.joinAll(
        "m",
        "localhost:" + worker.server().port(),
        address -> NettyChannelBuilder.forAddress(address).usePlaintext().build());
    await(() -> !workers.channels("m").isEmpty());
    assertThrows(
        IllegalArgumentException.class,
        () -> workers.joinAll("m", "dns://bad authority/x y", address -> null));
  }
}
