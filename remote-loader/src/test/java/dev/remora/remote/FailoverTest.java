package dev.remora.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.Attempt;
import dev.remora.FingerprintException;
import dev.remora.LoadException;
import dev.remora.LoadStatus;
import dev.remora.Rule;
import dev.remora.TokenizerException;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.proto.TokenizerlessService;
import dev.remora.remote.stream.RawMarshaller;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ConnectivityState;
import io.grpc.ForwardingClientCall;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.TlsChannelCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rule C7 over real sockets: which failure leads where. */
@Timeout(60)
class FailoverTest {
  private static final char[] SECRET = "secret".toCharArray();
  private static final byte[] ZIP = Archives.zip(Map.of("config.json", Archives.utf8("{}")));
  private static final List<byte[]> GOOD = Messages.described("zip", ZIP);
  private static final List<byte[]> WRONG =
      List.of(Messages.metadata("zip", "00".repeat(32)), Messages.chunk(0, ZIP, true));

  private final List<Attempt> failed = new ArrayList<>();
  private final AtomicInteger failures = new AtomicInteger(); // read from other threads
  private final LoadOptions options =
      LoadOptions.builder()
          .services(List.of(ScriptedWorker.SERVICE))
          .backoff(Duration.ofMillis(10))
          .listener(
              new LoadListener() {
                @Override
                public void attemptFailed(Attempt attempt) {
                  failed.add(attempt);
                  failures.incrementAndGet();
                }
              })
          .build();
  private final List<ScriptedWorker> workers = new ArrayList<>();

  @AfterEach
  void close() {
    workers.forEach(ScriptedWorker::close);
  }

  private TokenizerBundle load(ScriptedWorker... inOrder) {
    workers.addAll(Arrays.asList(inOrder));
    List<? extends Channel> channels = workers.stream().map(ScriptedWorker::channel).toList();
    return RemoteTokenizerLoader.of(channels, options).loadBundle();
  }

  /** How each failed attempt ended: its status, or the kind of the refusal. */
  private List<String> outcomes() {
    return failed.stream().map(attempt -> attempt.outcome().toString()).toList();
  }

  @Test
  void unimplementedThenInternalThenGood_loadsFromTheThird() {
    load(
        ScriptedWorker.failing(Status.UNIMPLEMENTED),
        ScriptedWorker.failing(Status.INTERNAL.withDescription("no tokenizer here")),
        ScriptedWorker.sending(GOOD));
    assertEquals(List.of("UNIMPLEMENTED", "INTERNAL"), outcomes());
    Attempt second = failed.get(1);
    assertEquals("no tokenizer here (INTERNAL, rule C7)", second.detail());
    assertEquals(new Attempt.Failed(LoadStatus.INTERNAL), second.outcome());
    assertEquals(List.of(ScriptedWorker.SERVICE), second.services());
    assertEquals(workers.get(1).channel().authority(), second.worker());
    assertFalse(second.elapsed().isNegative());
  }

  @Test
  void allBad_oneExceptionWithEveryAttempt() {
    LoadException failure =
        assertThrows(
            LoadException.class,
            () ->
                load(
                    ScriptedWorker.failing(Status.UNIMPLEMENTED),
                    ScriptedWorker.failing(Status.INTERNAL),
                    ScriptedWorker.failing(Status.NOT_FOUND)));
    assertEquals(failed, failure.attempts());
    assertEquals(List.of("UNIMPLEMENTED", "INTERNAL", "NOT_FOUND"), outcomes());
    assertEquals(LoadStatus.NOT_FOUND, failure.status());
    assertEquals(Optional.of(Rule.C7), failure.rule());
    String message = String.valueOf(failure.getMessage());
    assertTrue(message.contains("INTERNAL: no description (INTERNAL, rule C7); "), message);
    assertTrue(message.endsWith(" NOT_FOUND"), "what is said once is not said twice: " + message);
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"FAILED_PRECONDITION", "INTERNAL", "NOT_FOUND", "UNKNOWN", "DATA_LOSS", "CANCELLED"})
  void statusOfAWorkerThatCannotServe_isNotRetried(Status.Code code) {
    load(ScriptedWorker.failing(code.toStatus()), ScriptedWorker.sending(GOOD));
    assertEquals(List.of(code.name()), outcomes());
    assertEquals(1, workers.get(0).calls.get());
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"UNAVAILABLE", "ABORTED", "RESOURCE_EXHAUSTED", "CANCELLED"})
  void passingStatus_isRetriedOnTheSameWorker(Status.Code code) {
    load(
        ScriptedWorker.scripted(
            (call, stream) -> {
              if (call < 2) {
                ScriptedWorker.send(stream, List.of(), code.toStatus());
              } else {
                ScriptedWorker.send(stream, GOOD, Status.OK);
              }
            }));
    assertEquals(List.of(code.name(), code.name()), outcomes());
  }

  @Test
  void streamThatBreaks_isStartedFromTheBeginning() {
    load(
        ScriptedWorker.scripted(
            (call, stream) ->
                ScriptedWorker.send(
                    stream,
                    call == 0 ? GOOD.subList(0, 1) : GOOD,
                    call == 0 ? Status.UNAVAILABLE : Status.OK)));
    assertEquals(List.of("UNAVAILABLE"), outcomes());
  }

  @Test
  void workerThatIsNotThere_isNamedWithTheReason() {
    ScriptedWorker gone = ScriptedWorker.sending(GOOD);
    gone.closeServer();
    workers.add(gone);
    LoadOptions two = options.toBuilder().maxAttempts(2).build();
    RemoteTokenizerLoader loader = RemoteTokenizerLoader.of(gone.channel(), two);
    LoadException failure = assertThrows(LoadException.class, loader::loadBundle);
    String message = String.valueOf(failure.getMessage());
    assertTrue(message.contains("Connection refused"), message);
  }

  @Test
  void passingStatus_isRetriedUntilTheWorkerIsUp_orMaxAttempts() {
    LoadOptions quick = options.toBuilder().maxAttempts(7).build();
    try (ScriptedWorker worker = ScriptedWorker.failing(Status.UNAVAILABLE)) {
      RemoteTokenizerLoader loader = RemoteTokenizerLoader.of(worker.channel(), quick);
      LoadException failure = assertThrows(LoadException.class, loader::loadBundle);
      assertEquals(7, worker.calls.get());
      assertTrue(String.valueOf(failure.getMessage()).endsWith(" UNAVAILABLE x7"));
    }
    load(
        ScriptedWorker.scripted(
            (call, stream) ->
                ScriptedWorker.send(
                    stream,
                    call < 6 ? List.of() : GOOD,
                    call < 6 ? Status.UNAVAILABLE : Status.OK)));
    assertEquals(7 + 6, failed.size());
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void interceptorThatThrows_failsTheAttempt_andTheNextWorkerIsTried(Moment moment) {
    try (ScriptedWorker one = ScriptedWorker.stallingAfter(List.of());
        ScriptedWorker other = ScriptedWorker.sending(GOOD)) {
      Channel throwing = ClientInterceptors.intercept(one.channel(), new Throwing(moment));
      RemoteTokenizerLoader.of(List.of(throwing, other.channel()), options).loadBundle();
    }
    assertEquals(List.of("INTERNAL"), outcomes());
    assertTrue(failed.get(0).detail().contains("thrown in " + moment), failed.get(0).detail());
  }

  private enum Moment {
    NEW_CALL,
    START,
    SEND_MESSAGE,
    HALF_CLOSE,
    REQUEST
  }

  private record Throwing(Moment moment) implements ClientInterceptor {
    private void at(Moment now) {
      if (now == moment) {
        throw new IllegalStateException("thrown in " + moment);
      }
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
        MethodDescriptor<Q, A> method, CallOptions callOptions, Channel next) {
      at(Moment.NEW_CALL);
      return new ForwardingClientCall.SimpleForwardingClientCall<>(
          next.newCall(method, callOptions)) {
        @Override
        public void start(Listener<A> listener, Metadata headers) {
          at(Moment.START);
          super.start(listener, headers);
        }

        @Override
        public void sendMessage(Q message) {
          at(Moment.SEND_MESSAGE);
          super.sendMessage(message);
        }

        @Override
        public void halfClose() {
          at(Moment.HALF_CLOSE);
          super.halfClose();
        }

        @Override
        public void request(int messages) {
          at(Moment.REQUEST);
          super.request(messages);
        }
      };
    }
  }

  @Test
  void interceptorThatThrows_leavesNoCallOpenOnTheWorker() throws InterruptedException {
    ScriptedWorker one = ScriptedWorker.stallingAfter(List.of());
    workers.add(one);
    ClientInterceptor late =
        new ClientInterceptor() {
          @Override
          public <Q, A> ClientCall<Q, A> interceptCall(
              MethodDescriptor<Q, A> method, CallOptions callOptions, Channel next) {
            return new ForwardingClientCall.SimpleForwardingClientCall<>(
                next.newCall(method, callOptions)) {
              @Override
              public void request(int messages) {
                while (one.calls.get() == 0) {
                  sleep(); // until the worker has the call
                }
                throw new IllegalStateException("thrown late");
              }
            };
          }
        };
    while (one.channel().getState(true) != ConnectivityState.READY) {
      sleep(); // a call on a channel that connects begins where its callbacks run
    }
    Channel throwing = ClientInterceptors.intercept(one.channel(), late);
    RemoteTokenizerLoader loader = RemoteTokenizerLoader.of(throwing, options);
    LoadException failure = assertThrows(LoadException.class, loader::loadBundle);
    assertEquals(LoadStatus.INTERNAL, failure.status());
    assertTrue(one.cancelled.await(10, TimeUnit.SECONDS));
  }

  private static void sleep() {
    try {
      Thread.sleep(5);
    } catch (InterruptedException e) {
      throw new AssertionError("it took too long", e);
    }
  }

  @Test
  void workerThatComesUpAfterTheRouter_isFound() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("localhost", port).usePlaintext().build();
    CompletableFuture<TokenizerBundle> bundle =
        CompletableFuture.supplyAsync(
            () -> RemoteTokenizerLoader.of(channel, options).loadBundle());
    while (failures.get() < 7) { // more than were made by default before
      Thread.sleep(5);
    }
    try (ScriptedWorker late = ScriptedWorker.onPort(port, GOOD)) {
      assertEquals(1, bundle.get(60, TimeUnit.SECONDS).files().size());
      assertEquals(1, late.calls.get());
    } finally {
      channel.shutdownNow();
    }
    assertEquals(Set.of("UNAVAILABLE"), Set.copyOf(outcomes()));
  }

  @Test
  void unimplemented_keepsWhatWasSaid() {
    Status said = Status.UNIMPLEMENTED.withDescription("route not found: set header x-model");
    LoadException failure =
        assertThrows(LoadException.class, () -> load(ScriptedWorker.failing(said)));
    assertEquals(LoadStatus.UNIMPLEMENTED, failure.status());
    String expected =
        "the worker has no GetTokenizer; it said: route not found: set header x-model"
            + " (UNIMPLEMENTED, rule C7)";
    assertEquals(expected, failure.getMessage());
    assertEquals(expected, failed.get(0).detail());
  }

  @ParameterizedTest
  @EnumSource(TokenizerlessService.class)
  void engineWithAServiceOfItsOwn_isNamed(TokenizerlessService service) throws IOException {
    MethodDescriptor<byte[], byte[]> method =
        MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(service.fullName() + "/" + service.harmlessMethod())
            .setRequestMarshaller(RawMarshaller.INSTANCE)
            .setResponseMarshaller(RawMarshaller.INSTANCE)
            .build();
    Server server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(
                ServerServiceDefinition.builder(service.fullName())
                    .addMethod(
                        method,
                        ServerCalls.asyncUnaryCall(
                            (request, answer) -> {
                              answer.onNext(request);
                              answer.onCompleted();
                            }))
                    .build())
            .build()
            .start();
    ManagedChannel channel =
        Grpc.newChannelBuilderForAddress(
                "localhost", server.getPort(), InsecureChannelCredentials.create())
            .build();
    try {
      RemoteTokenizerLoader loader = RemoteTokenizerLoader.of(channel, LoadOptions.DEFAULT);
      LoadException failure = assertThrows(LoadException.class, loader::loadBundle);
      assertEquals(LoadStatus.UNIMPLEMENTED, failure.status());
      String message = String.valueOf(failure.getMessage());
      assertTrue(message.contains("no GetTokenizer, but " + service.fullName()), message);
      assertTrue(message.contains(service.engine()), message);
    } finally {
      channel.shutdownNow();
      server.shutdownNow();
    }
  }

  /** A channel's own pauses grow to two minutes, longer than most loads. */
  @Test
  void workerThatIsTriedAgain_isConnectedToAtOnce() {
    AtomicInteger resets = new AtomicInteger();
    try (ScriptedWorker worker = ScriptedWorker.failing(Status.UNAVAILABLE)) {
      Channel counting =
          new ForwardingChannel(worker.channel()) {
            @Override
            public void resetConnectBackoff() {
              resets.incrementAndGet();
              super.resetConnectBackoff();
            }
          };
      LoadOptions thrice = options.toBuilder().maxAttempts(3).build();
      RemoteTokenizerLoader loader = RemoteTokenizerLoader.of(counting, thrice);
      assertThrows(LoadException.class, loader::loadBundle);
    }
    assertEquals(3, resets.get());
  }

  @Test
  void workerWithAnUntrustedCertificate_isToldOf(@TempDir Path folder) throws Exception {
    Path store = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "RSA",
                "-dname",
                "CN=localhost",
                "-storepass",
                "secret",
                "-keystore",
                store.toString())
            .inheritIO()
            .start();
    assertEquals(0, keytool.waitFor());
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(KeyStore.getInstance(store.toFile(), SECRET), SECRET);
    Server server =
        Grpc.newServerBuilderForPort(
                0, TlsServerCredentials.newBuilder().keyManager(keys.getKeyManagers()).build())
            .build()
            .start();
    ManagedChannel channel =
        Grpc.newChannelBuilderForAddress(
                "localhost", server.getPort(), TlsChannelCredentials.create())
            .build();
    try {
      LoadOptions once = options.toBuilder().maxAttempts(1).build();
      RemoteTokenizerLoader loader = RemoteTokenizerLoader.of(channel, once);
      LoadException failure = assertThrows(LoadException.class, loader::loadBundle);
      assertEquals(LoadStatus.UNAVAILABLE, failure.status());
      String message = String.valueOf(failure.getMessage());
      assertTrue(message.contains("unable to find valid certification path"), message);
    } finally {
      channel.shutdownNow();
      server.shutdownNow();
    }
  }

  @Test
  void supplierThatThrows_isATypedFailure_thatTheListenerHears() {
    AssertionError thrown = new AssertionError("no workers today");
    List<TokenizerException> heard = new ArrayList<>();
    LoadOptions listening =
        options.toBuilder()
            .listener(
                new LoadListener() {
                  @Override
                  public void failed(TokenizerException failure) {
                    heard.add(failure);
                  }
                })
            .build();
    RemoteTokenizerLoader loader =
        RemoteTokenizerLoader.of(
            () -> {
              throw thrown;
            },
            listening);
    LoadException failure = assertThrows(LoadException.class, loader::load);
    assertEquals(LoadStatus.INTERNAL, failure.status());
    assertSame(thrown, failure.getCause());
    assertEquals(List.of(failure), heard);
    ExecutionException later =
        assertThrows(ExecutionException.class, () -> loader.loadAsync().get(10, TimeUnit.SECONDS));
    assertInstanceOf(LoadException.class, later.getCause());
  }

  @Test
  void loadOnTheOnlyThreadOfTheChannelsExecutor_works() throws Exception {
    ExecutorService single = Executors.newSingleThreadExecutor();
    try (ScriptedWorker worker = ScriptedWorker.sending(GOOD)) {
      ManagedChannel channel =
          NettyChannelBuilder.forTarget(worker.channel().authority())
              .usePlaintext()
              .executor(single)
              .build();
      LoadOptions impatient = options.toBuilder().idleTimeout(Duration.ofSeconds(5)).build();
      RemoteTokenizerLoader loader = RemoteTokenizerLoader.of(channel, impatient);
      single.submit(loader::loadBundle).get();
      channel.shutdownNow();
    } finally {
      single.shutdownNow();
    }
    assertEquals(List.of(), outcomes());
  }

  @Test
  void maxAttempts_boundsTheAttemptsOfEachWorker() {
    LoadOptions two = options.toBuilder().maxAttempts(2).build();
    try (ScriptedWorker one = ScriptedWorker.failing(Status.UNAVAILABLE);
        ScriptedWorker other = ScriptedWorker.failing(Status.ABORTED)) {
      RemoteTokenizerLoader loader =
          RemoteTokenizerLoader.of(List.of(one.channel(), other.channel()), two);
      LoadException failure = assertThrows(LoadException.class, loader::loadBundle);
      assertEquals(List.of("UNAVAILABLE", "ABORTED", "UNAVAILABLE", "ABORTED"), outcomes());
      assertEquals(failed, failure.attempts());
      assertEquals(2, one.calls.get());
      assertEquals(2, other.calls.get());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"UNAUTHENTICATED", "PERMISSION_DENIED"})
  void refusalOfTheCaller_stopsTheLoad(Status.Code code) {
    LoadException failure =
        assertThrows(
            LoadException.class,
            () -> load(ScriptedWorker.failing(code.toStatus()), ScriptedWorker.sending(GOOD)));
    assertEquals(code.name(), failure.status().name());
    assertEquals(0, workers.get(1).calls.get());
  }

  @Test
  void wrongFingerprint_isFetchedElsewhereFirst() {
    load(ScriptedWorker.sending(WRONG), ScriptedWorker.sending(GOOD));
    assertEquals(List.of("fingerprint"), outcomes());
    assertEquals(1, workers.get(0).calls.get());
  }

  @Test
  void wrongFingerprintOnce_theOnlyWorkerIsAskedAgain() {
    load(
        ScriptedWorker.scripted(
            (call, stream) -> ScriptedWorker.send(stream, call == 0 ? WRONG : GOOD, Status.OK)));
    assertEquals(List.of("fingerprint"), outcomes());
  }

  @Test
  void wrongFingerprintEverywhere_keepsItsType() {
    FingerprintException failure =
        assertThrows(
            FingerprintException.class,
            () -> load(ScriptedWorker.sending(WRONG), ScriptedWorker.sending(WRONG)));
    assertEquals(2, failure.attempts().size());
    assertEquals(Messages.sha256(ZIP), failure.actual());
  }

  @Test
  void unknownService_theNextNameIsAsked() {
    LoadOptions two =
        options.toBuilder().services(List.of("no.such.Service", ScriptedWorker.SERVICE)).build();
    try (ScriptedWorker worker = ScriptedWorker.sending(GOOD)) {
      RemoteTokenizerLoader.of(worker.channel(), two).loadBundle();
    }
    assertEquals(List.of(), failed);
  }

  @Test
  void noServiceAtAll_isOneAttemptThatNamesThemAll() {
    LoadOptions two = options.toBuilder().services(List.of("no.A", "no.B")).build();
    try (ScriptedWorker worker = ScriptedWorker.sending(GOOD)) {
      assertThrows(
          LoadException.class, () -> RemoteTokenizerLoader.of(worker.channel(), two).loadBundle());
    }
    assertEquals(List.of("no.A", "no.B"), failed.get(0).services());
    assertEquals(1, failed.size());
  }

  @Test
  void workersOfASupplier_areAskedForAtEachLoad() {
    try (ScriptedWorker first = ScriptedWorker.sending(GOOD);
        ScriptedWorker second = ScriptedWorker.sending(GOOD)) {
      List<Channel> current = new ArrayList<>(List.of(first.channel()));
      RemoteTokenizerLoader loader = RemoteTokenizerLoader.of(() -> current, options);
      loader.loadBundle();
      current.set(0, second.channel());
      loader.loadBundle();
      assertEquals(1, second.calls.get());
    }
  }

  @Test
  void failureOfACall_serializesWithItsAttempts_thoughItsCauseDoesNot() throws Exception {
    LoadException failure =
        assertThrows(
            LoadException.class,
            () -> load(ScriptedWorker.failing(Status.NOT_FOUND.withDescription("no such model"))));
    assertInstanceOf(StatusException.class, failure.getCause());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(failure);
    }
    ByteArrayInputStream written = new ByteArrayInputStream(bytes.toByteArray());
    try (ObjectInputStream in = new ObjectInputStream(written)) {
      LoadException read = (LoadException) in.readObject();
      assertEquals(failure.status(), read.status());
      assertEquals(failure.rule(), read.rule());
      assertEquals(failed, read.attempts());
      assertEquals(failure.getMessage(), read.getMessage());
      assertEquals(
          String.valueOf(failure.getCause()), Objects.requireNonNull(read.getCause()).getMessage());
    }
  }

  @Test
  void noWorkers_isALoadFailure() {
    LoadException failure = assertThrows(LoadException.class, this::load);
    assertEquals(LoadStatus.NOT_FOUND, failure.status());
  }
}
