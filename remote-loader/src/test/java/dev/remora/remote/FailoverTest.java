package dev.remora.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.Attempt;
import dev.remora.FingerprintException;
import dev.remora.LoadException;
import dev.remora.LoadStatus;
import dev.remora.Rule;
import dev.remora.bundle.TokenizerBundle;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rule C7 over real sockets: which failure leads where. */
class FailoverTest {
  private static final byte[] ZIP = Archives.zip(Map.of("config.json", Archives.utf8("{}")));
  private static final List<byte[]> GOOD = Messages.described("zip", ZIP);
  private static final List<byte[]> WRONG =
      List.of(Messages.metadata("zip", "00".repeat(32)), Messages.chunk(0, ZIP, true));

  private final List<Attempt> failed = new ArrayList<>();
  private final LoadOptions options =
      LoadOptions.builder()
          .services(List.of(ScriptedWorker.SERVICE))
          .backoff(Duration.ofMillis(10))
          .listener(
              new LoadListener() {
                @Override
                public void attemptFailed(Attempt attempt) {
                  failed.add(attempt);
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
      names = {"UNAVAILABLE", "ABORTED", "RESOURCE_EXHAUSTED"})
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
    LoadException failure = assertThrows(LoadException.class, () -> load(gone));
    String message = String.valueOf(failure.getMessage());
    assertTrue(message.contains("Connection refused"), message);
  }

  @Test
  void passingStatusForEver_endsAfterFiveTries() {
    LoadException failure =
        assertThrows(LoadException.class, () -> load(ScriptedWorker.failing(Status.UNAVAILABLE)));
    assertEquals(5, failure.attempts().size());
    assertEquals(5, workers.get(0).calls.get());
    assertTrue(String.valueOf(failure.getMessage()).endsWith(" UNAVAILABLE x5"));
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
