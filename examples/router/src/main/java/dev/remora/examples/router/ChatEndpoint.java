package dev.remora.examples.router;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.remora.LoadException;
import dev.remora.TokenizerException;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** {@code POST /v1/chat/completions}. */
final class ChatEndpoint implements HttpHandler {
  private static final int MAX_BODY_BYTES = 16 << 20;

  private final Supplier<Completions> open;

  /**
   * @param open gives what completes one request
   */
  ChatEndpoint(Supplier<Completions> open) {
    this.open = open;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getHttpContext().getPath().equals(exchange.getRequestURI().getPath())) {
        answer(exchange, 404, Answers.error("not_found", "no such path"));
      } else if (!exchange.getRequestMethod().equals("POST")) {
        answer(exchange, 405, Answers.error("method_not_allowed", "POST is expected"));
      } else {
        complete(exchange);
      }
    }
  }

  private void complete(HttpExchange exchange) throws IOException {
    try {
      byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES);
      ChatRequest request = ChatRequest.parse(new String(body, StandardCharsets.UTF_8));
      try (Completions completions = open.get()) {
        int[] promptIds = completions.promptIds(request);
        if (request.stream()) {
          stream(exchange, completions, request, promptIds);
        } else {
          whole(exchange, completions, request, promptIds);
        }
      }
    } catch (LoadException e) {
      answer(exchange, 503, Answers.error("no_tokenizer", e.getMessage()));
    } catch (ChatRequest.Invalid | TokenizerException e) {
      // A template refuses what it cannot render: that is the request's fault, and told so.
      answer(exchange, 400, Answers.error("invalid_request_error", e.getMessage()));
    } catch (StatusRuntimeException e) {
      answer(exchange, 502, Answers.error("worker_error", e.getMessage()));
    }
  }

  private static void whole(
      HttpExchange exchange, Completions completions, ChatRequest request, int[] promptIds)
      throws IOException {
    StringBuilder text = new StringBuilder();
    Completions.Outcome outcome = completions.complete(promptIds, request, text::append);
    answer(exchange, 200, Answers.whole(request, text.toString(), outcome));
  }

  private static void stream(
      HttpExchange exchange, Completions completions, ChatRequest request, int[] promptIds)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    try {
      Completions.Outcome outcome =
          completions.complete(
              promptIds, request, piece -> event(out, Answers.chunk(request, piece, null)));
      event(out, Answers.chunk(request, "", outcome.finishReason()));
      event(out, "[DONE]");
    } catch (StatusRuntimeException e) {
      event(out, Answers.error("worker_error", e.getMessage())); // the status line has gone out
    }
  }

  /** Throws where the client has gone, which ends the generation. */
  private static void event(OutputStream out, String data) throws IOException {
    out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
