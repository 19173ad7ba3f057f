package dev.remora.examples.router;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** {@code POST /v1/chat/completions}. */
final class ChatEndpoint extends Endpoint {
  private final Models models;

  ChatEndpoint(Models models) {
    super("POST");
    this.models = models;
  }

  @Override
  void serve(HttpExchange exchange) throws IOException {
    ChatRequest request = ChatRequest.of(body(exchange));
    Model model = models.get(request.model());
    try (Completion completion = requested(model::complete)) {
      Completion.Prepared prepared = requested(() -> completion.prepare(request));
      Answers answers = new Answers(request, prepared.request().requestId(), completion);
      if (request.stream()) {
        stream(exchange, completion, prepared, answers);
      } else {
        Delta whole = new Delta();
        Completion.Outcome outcome = worked(() -> completion.run(prepared, whole::add));
        answer(exchange, 200, answers.whole(whole, outcome));
      }
    }
  }

  private static void stream(
      HttpExchange exchange, Completion completion, Completion.Prepared prepared, Answers answers)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    try {
      event(out, answers.begin());
      Completion.Outcome outcome =
          worked(() -> completion.run(prepared, delta -> event(out, answers.chunk(delta))));
      event(out, answers.end(outcome));
      if (answers.tellsUsage()) {
        event(out, answers.usage(outcome));
      }
    } catch (ApiException e) {
      event(out, Answers.error(e)); // the status line has gone out
    }
    event(out, "[DONE]");
  }

  /** Throws where the client has gone, which ends the generation. */
  private static void event(OutputStream out, String data) throws IOException {
    out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
