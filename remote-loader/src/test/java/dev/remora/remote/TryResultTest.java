package dev.remora.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.Attempt;
import dev.remora.BundleException;
import dev.remora.EngineException;
import dev.remora.ErrorKind;
import dev.remora.FingerprintException;
import dev.remora.LimitException;
import dev.remora.LoadException;
import dev.remora.LoadStatus;
import dev.remora.Rule;
import dev.remora.TemplateException;
import dev.remora.TokenizerException;
import dev.remora.remote.TryResult.Ended;
import dev.remora.remote.TryResult.Failed;
import dev.remora.remote.TryResult.NextStep;
import dev.remora.remote.TryResult.Refused;
import dev.remora.remote.TryResult.Unsuccessful;
import dev.remora.remote.stream.LoadDeadline;
import io.grpc.Context;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rule C7: what each end of a try means for the load. */
class TryResultTest {
  private static final LoadDeadline LATER = LoadDeadline.after(Duration.ofDays(1));

  @ParameterizedTest
  @EnumSource(value = Status.Code.class, mode = EnumSource.Mode.EXCLUDE, names = "OK")
  void everyStatusOfAWorker_isAFailureWithThatStatusAndTheStepOfTheRule(Status.Code code) {
    Unsuccessful<String> result = TryResult.of(code.toStatus().withDescription("no"), LATER);
    Failed<?> failed = assertInstanceOf(Failed.class, result);
    assertEquals(code.name(), failed.reason().status().name());
    assertEquals("no", failed.reason().problem());
    assertEquals(new Attempt.Failed(LoadStatus.valueOf(code.name())), result.outcome());
    NextStep expected =
        switch (code) {
          case UNAVAILABLE, ABORTED, RESOURCE_EXHAUSTED, CANCELLED -> NextStep.RETRY;
          case UNAUTHENTICATED, PERMISSION_DENIED -> NextStep.STOP;
          default -> NextStep.NEXT_WORKER;
        };
    assertEquals(expected, result.next());
  }

  @Test
  void everyLoadStatus_isAStatusOfGrpc() {
    List<String> codes = new ArrayList<>();
    Arrays.stream(Status.Code.values()).map(Enum::name).forEach(codes::add);
    codes.remove("OK");
    assertEquals(codes, Arrays.stream(LoadStatus.values()).map(Enum::name).toList());
  }

  @Test
  void messageThatThisSideRefusedForItsSize_isALimit() {
    Status status =
        Status.RESOURCE_EXHAUSTED.withDescription("gRPC message exceeds maximum size 10: 11");
    Unsuccessful<String> result = TryResult.of(status, LATER);
    LimitException limit = assertInstanceOf(LimitException.class, result.reason());
    assertEquals(10, limit.bound());
    assertEquals(11, limit.observed());
    assertEquals(new Attempt.Refused(ErrorKind.LIMIT, Rule.B1), result.outcome());
    assertEquals(NextStep.NEXT_WORKER, result.next());
  }

  @Test
  void statusWithAHugeNumber_isThatStatus() {
    Status status =
        Status.RESOURCE_EXHAUSTED.withDescription(
            "gRPC message exceeds maximum size 99999999999999999999: 99999999999999999999");
    assertEquals(NextStep.RETRY, TryResult.of(status, LATER).next());
  }

  @Test
  void errorOfTheJvm_endsTheLoad_otherErrorsDoNot() {
    assertEquals(NextStep.STOP, TryResult.unexpected(new OutOfMemoryError("heap")).next());
    assertEquals(NextStep.NEXT_WORKER, TryResult.unexpected(new StackOverflowError()).next());
    assertEquals(NextStep.NEXT_WORKER, TryResult.unexpected(new NoSuchMethodError("x")).next());
  }

  @Test
  void unpackedMessageAboveTheBound_isALimitThatNamesTheRemedy() {
    Status local =
        Status.CANCELLED
            .withDescription("Failed to read message.")
            .withCause(
                Status.RESOURCE_EXHAUSTED
                    .withDescription("Decompressed gRPC message exceeds maximum size 10")
                    .asRuntimeException());
    LimitException limit =
        assertInstanceOf(LimitException.class, TryResult.of(local, LATER).reason());
    assertEquals(10, limit.bound());
    assertEquals(11, limit.observed());
    assertTrue(limit.limit().contains("maxMessageBytes"), limit.limit());
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"CANCELLED", "DEADLINE_EXCEEDED", "UNAVAILABLE", "INTERNAL"})
  void statusAfterTheDeadline_isThatOfTheDeadline(Status.Code code) {
    LoadDeadline passed = LoadDeadline.after(Duration.ofNanos(1));
    Unsuccessful<String> result = TryResult.of(code.toStatus(), passed);
    assertEquals(new Attempt.Failed(LoadStatus.DEADLINE_EXCEEDED), result.outcome());
    assertEquals(Optional.of(Rule.C4), result.reason().rule());
    assertEquals(NextStep.STOP, result.next());
  }

  @Test
  void cancelledStatus_whileTheCallersContextIsCancelled_isACancelledLoad() throws Exception {
    Context.CancellableContext context = Context.current().withCancellation();
    context.cancel(null);
    Unsuccessful<String> result = context.call(() -> TryResult.of(Status.CANCELLED, LATER));
    assertInstanceOf(Ended.class, result);
    assertEquals(NextStep.STOP, result.next());
  }

  @Test
  void passedDeadline_isACancelledLoad() {
    LoadDeadline deadline = LoadDeadline.after(Duration.ofNanos(1));
    LoadException passed = assertThrows(LoadException.class, deadline::check);
    Unsuccessful<String> result = TryResult.of(passed);
    assertInstanceOf(Ended.class, result);
    assertEquals(new Attempt.Failed(LoadStatus.DEADLINE_EXCEEDED), result.outcome());
    assertEquals(NextStep.STOP, result.next());
  }

  private static void assertRefused(TokenizerException thrown, NextStep next) {
    Unsuccessful<String> result = TryResult.of(thrown);
    assertInstanceOf(Refused.class, result);
    assertEquals(new Attempt.Refused(thrown.kind(), thrown.rule().orElse(null)), result.outcome());
    assertEquals(next, result.next(), thrown.toString());
  }

  @Test
  void refusals_leadWhereTheirTypeSays() {
    assertRefused(new BundleException(Rule.A2, null, "a gap"), NextStep.NEXT_WORKER);
    assertRefused(new LimitException(Rule.C1, "entries", 1, 2), NextStep.NEXT_WORKER);
    assertRefused(new FingerprintException(Rule.A4, "aa", "bb"), NextStep.RETRY);
    assertRefused(new FingerprintException(Rule.C2, "aa", "bb"), NextStep.NEXT_WORKER);
    assertRefused(new EngineException("none", Map.of(), null), NextStep.NEXT_WORKER);
    assertRefused(new TemplateException("default", 1, "bad", null), NextStep.NEXT_WORKER);
  }
}
