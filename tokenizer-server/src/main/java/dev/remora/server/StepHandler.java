package dev.remora.server;

import com.google.protobuf.Message;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Answers each call of a method with steps, and counts the calls.
 *
 * @param <Q> the request
 */
final class StepHandler<Q extends Message> implements ServerCallHandler<Q, Message> {
  private final Responder<Q> responder;
  private final ScheduledExecutorService timer;
  private final CallCounts counts;
  private final Set<Answer> answers = ConcurrentHashMap.newKeySet();

  interface Responder<Q> {
    /**
     * Answers a call.
     *
     * @param number the number of the call, from 0
     * @param answer has no steps yet
     */
    void respond(int number, Q request, Answer answer);
  }

  StepHandler(Responder<Q> responder, ScheduledExecutorService timer, CallCounts counts) {
    this.responder = responder;
    this.timer = timer;
    this.counts = counts;
  }

  @Override
  public ServerCall.Listener<Q> startCall(ServerCall<Q, Message> call, Metadata headers) {
    Answer answer = new Answer(call, timer, counts::messageSent);
    answers.add(answer);
    call.request(1);
    return new Listener(counts.started(), answer);
  }

  /** Ends the calls that wait for something else than their client. */
  void abandonWaiting() {
    answers.forEach(Answer::abandon);
  }

  private final class Listener extends ServerCall.Listener<Q> {
    private final int number;
    private final Answer answer;
    private @Nullable Q request;

    Listener(int number, Answer answer) {
      this.number = number;
      this.answer = answer;
    }

    @Override
    public void onMessage(Q message) {
      request = message;
    }

    @Override
    public void onHalfClose() {
      if (request != null) {
        responder.respond(number, request, answer);
      }
    }

    @Override
    public void onReady() {
      answer.advance();
    }

    @Override
    public void onCancel() {
      forget();
      counts.cancelled();
    }

    @Override
    public void onComplete() {
      forget();
      counts.completed();
    }

    private void forget() {
      answer.stop();
      answers.remove(answer);
    }
  }
}
