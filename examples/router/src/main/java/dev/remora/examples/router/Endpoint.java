package dev.remora.examples.router;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.remora.LoadException;
import dev.remora.TokenizerException;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;

/** One path of the API. What fails is answered as OpenAI's clients know failures. */
abstract class Endpoint implements HttpHandler {
  private static final Logger LOGGER = System.getLogger(Endpoint.class.getName());
  private static final int MAX_BODY_BYTES = 16 << 20;

  private final String method;

  Endpoint(String method) {
    this.method = method;
  }

  @Override
  public final void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        if (!exchange.getHttpContext().getPath().equals(exchange.getRequestURI().getPath())) {
          throw ApiException.noSuchPath();
        }
        if (!exchange.getRequestMethod().equals(method)) {
          throw ApiException.method(method);
        }
        serve(exchange);
      } catch (ApiException e) {
        answer(exchange, e.status(), Answers.error(e));
      } catch (RuntimeException e) {
        LOGGER.log(Level.ERROR, "a defect of the router", e);
        ApiException defect = ApiException.defect(e);
        answer(exchange, defect.status(), Answers.error(defect));
      }
    }
  }

  /**
   * Answers a request, unless it fails before anything was sent.
   *
   * @throws ApiException how it fails
   */
  abstract void serve(HttpExchange exchange) throws IOException;

  /** What does not depend on a worker, and fails for a request's own reasons. */
  interface Step<T> {
    T run();
  }

  static <T> T requested(Step<T> step) {
    try {
      return step.run();
    } catch (LoadException e) {
      throw ApiException.unavailable(String.valueOf(e.getMessage()), e);
    } catch (TokenizerException | IllegalArgumentException e) {
      // A template refuses what it cannot render: that is the request's fault, and told so.
      throw ApiException.invalid(null, String.valueOf(e.getMessage()), e);
    }
  }

  /** What fails for reasons of the worker. */
  interface Work<T> {
    T run() throws IOException;
  }

  static <T> T worked(Work<T> work) throws IOException {
    try {
      return work.run();
    } catch (TokenizerException | StatusRuntimeException e) {
      throw ApiException.worker(e.getMessage(), e);
    }
  }

  static JsonBody body(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
    if (body.length > MAX_BODY_BYTES) {
      throw ApiException.invalid(null, "the body is longer than " + MAX_BODY_BYTES, null);
    }
    return JsonBody.parse(new String(body, StandardCharsets.UTF_8));
  }

  static void answer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
