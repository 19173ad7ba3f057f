package dev.remora.sglang;

import dev.remora.proto.SglangGenerate.GenerateComplete;
import dev.remora.proto.SglangGenerate.GenerateError;
import dev.remora.proto.SglangGenerate.GenerateResponse;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A generation under way. It must be closed: closing one that has not ended cancels the call and
 * aborts the request on the worker. One thread reads; another may close.
 */
public final class Generation implements AutoCloseable {
  private final SglangClient client;
  private final String requestId;
  private final Context.CancellableContext context;
  private final Iterator<GenerateResponse> responses;
  private volatile boolean over; // the worker has nothing left to do
  private @Nullable GenerationEnd end;

  Generation(
      SglangClient client,
      String requestId,
      Context.CancellableContext context,
      Iterator<GenerateResponse> responses) {
    this.client = client;
    this.requestId = requestId;
    this.context = context;
    this.responses = responses;
  }

  /**
   * Waits for what the worker generates next.
   *
   * @return ids, at least one; empty where the generation has ended
   * @throws StatusRuntimeException if the worker, or the way to it, fails; CANCELLED after {@link
   *     #close()}
   */
  public Optional<GeneratedIds> next() {
    try {
      while (end == null && responses.hasNext()) {
        GenerateResponse response = responses.next();
        switch (response.getResponseCase()) {
          case CHUNK -> {
            if (response.getChunk().getTokenIdsCount() > 0) {
              return Optional.of(GeneratedIds.of(response.getChunk()));
            }
          }
          case COMPLETE -> end = end(response.getComplete());
          case ERROR -> throw failure(response.getError());
          case RESPONSE_NOT_SET -> {} // of a kind that later workers may send
        }
      }
    } catch (StatusRuntimeException e) {
      over = true;
      throw e;
    }
    over = true;
    return Optional.empty();
  }

  private static GenerationEnd end(GenerateComplete complete) {
    return new GenerationEnd(
        FinishReason.of(complete.getFinishReason()),
        complete.getPromptTokens(),
        complete.getCompletionTokens(),
        complete.getCachedTokens());
  }

  private static StatusRuntimeException failure(GenerateError error) {
    return Status.INTERNAL
        .withDescription(
            error.getMessage()
                + (error.getHttpStatusCode().isEmpty()
                    ? ""
                    : " (" + error.getHttpStatusCode() + ")"))
        .asRuntimeException();
  }

  /** How it ended; empty while it has not, and where the worker ended it without a word. */
  public Optional<GenerationEnd> end() {
    return Optional.ofNullable(end);
  }

  /** The name by which it can be aborted. */
  public String requestId() {
    return requestId;
  }

  /** Ends it, here and on the worker; nothing where it has ended. */
  @Override
  public void close() {
    context.cancel(null);
    if (!over) {
      over = true;
      client.abort(requestId, "the client has gone");
    }
  }
}
