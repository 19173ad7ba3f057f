package dev.remora.server;

import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.IntFunction;

/** Answers calls of GetTokenizer with steps, and counts them. */
final class GetTokenizerHandler implements ServerCallHandler<Empty, Message> {
  private final IntFunction<List<Step>> script;
  private final ScheduledExecutorService timer;
  private final CallCounts counts;
  private final Set<Answer> answers = ConcurrentHashMap.newKeySet();

  /**
   * @param script the steps for the call of each number, from 0
   */
  GetTokenizerHandler(
      IntFunction<List<Step>> script, ScheduledExecutorService timer, CallCounts counts) {
    this.script = script;
    this.timer = timer;
    this.counts = counts;
  }

  @Override
  public ServerCall.Listener<Empty> startCall(ServerCall<Empty, Message> call, Metadata headers) {
    List<Step> steps = script.apply(counts.started());
    Answer answer = new Answer(call, steps, timer, counts::messageSent);
    answers.add(answer);
    call.request(1);
    return new Listener(answer);
  }

  /** Ends the calls that wait for something else than their client. */
  void abandonWaiting() {
    answers.forEach(Answer::abandon);
  }

  private final class Listener extends ServerCall.Listener<Empty> {
    private final Answer answer;
    private boolean requested;

    Listener(Answer answer) {
      this.answer = answer;
    }

    @Override
    public void onHalfClose() {
      requested = true;
      answer.advance();
    }

    @Override
    public void onReady() {
      if (requested) {
        answer.advance();
      }
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
