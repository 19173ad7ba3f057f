package dev.remora.server;

import com.google.protobuf.Message;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Takes the steps of one call, each message only when the client is ready for it: what the client
 * does not take is not held in memory.
 */
final class Answer {
  private final ServerCall<?, Message> call;
  private final ScheduledExecutorService timer;
  private final Runnable sent;
  private List<Step> steps = List.of();
  private int position;
  private int repeated;
  private Runnable onStop = () -> {};
  private boolean headersSent;
  private boolean ended;
  private boolean stalled;
  private boolean rested;
  private @Nullable Future<?> pause;

  /**
   * @param sent is run after each message
   */
  Answer(ServerCall<?, Message> call, ScheduledExecutorService timer, Runnable sent) {
    this.call = call;
    this.timer = timer;
    this.sent = sent;
  }

  /** What is done when the call has ended, however it did. */
  synchronized void onStop(Runnable work) {
    onStop = work;
  }

  /** Takes these steps, of which the last one is an end or has none. */
  void take(List<Step> given) {
    divert(taken -> given);
  }

  /**
   * Takes other steps from here on.
   *
   * @param rest gives them for the number of steps that were taken
   */
  synchronized void divert(IntFunction<List<Step>> rest) {
    steps = rest.apply(position);
    position = 0;
    stalled = false;
    rested = false;
    endPause();
    advance();
  }

  /** Goes on as far as possible now. */
  synchronized void advance() {
    while (isGoing() && take(steps.get(position))) {}
  }

  private boolean isGoing() {
    return !ended && !stalled && pause == null && position < steps.size();
  }

  /** Whether another step may be taken now. */
  private boolean take(Step step) {
    if (step instanceof Step.Send send) {
      boolean isSent = isRested(send.pause()) && sendIfReady(send.message());
      position += isSent ? 1 : 0;
      return isSent;
    }
    if (step instanceof Step.SendForever forever) {
      boolean isSent = isRested(forever.pause()) && sendIfReady(forever.messages().apply(repeated));
      repeated += isSent ? 1 : 0;
      return isSent;
    }
    if (step instanceof Step.End end) {
      ended = true;
      call.close(end.status(), new Metadata());
    } else {
      stalled = true;
    }
    return false;
  }

  /** Whether the pause before the next message is over; begins it if need be. */
  private boolean isRested(Duration wanted) {
    if (!rested && !wanted.isZero()) {
      pause = timer.schedule(this::resume, wanted.toNanos(), TimeUnit.NANOSECONDS);
      return false;
    }
    return true;
  }

  private synchronized void resume() {
    pause = null;
    rested = true;
    advance();
  }

  private boolean sendIfReady(Message message) {
    if (!call.isReady()) {
      return false;
    }
    if (!headersSent) {
      headersSent = true;
      call.sendHeaders(new Metadata());
    }
    call.sendMessage(message);
    sent.run();
    rested = false;
    return true;
  }

  /** The call has ended on its own. */
  synchronized void stop() {
    ended = true;
    endPause();
    onStop.run();
  }

  private void endPause() {
    if (pause != null) {
      pause.cancel(false);
      pause = null;
    }
  }

  /** The server is closing: ends the call if it waits for something else than the client. */
  synchronized void abandon() {
    if (!ended && (stalled || pause != null)) {
      stop();
      call.close(Status.UNAVAILABLE.withDescription("the server is closing"), new Metadata());
    }
  }
}
