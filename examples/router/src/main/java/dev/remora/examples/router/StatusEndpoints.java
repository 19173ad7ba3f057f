package dev.remora.examples.router;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is served, and whether it is. */
final class StatusEndpoints {
  private StatusEndpoints() {}

  /** {@code GET /v1/models}. */
  static final class ListModels extends Endpoint {
    private final Models models;

    ListModels(Models models) {
      super("GET");
      this.models = models;
    }

    @Override
    void serve(HttpExchange exchange) throws IOException {
      List<Map<String, Object>> data =
          models.all().stream().map(model -> entry(model.name())).toList();
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("object", "list");
      answer.put("data", data);
      answer(exchange, 200, Answers.json(answer));
    }

    private static Map<String, Object> entry(String name) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("id", name);
      entry.put("object", "model");
      entry.put("created", 0);
      entry.put("owned_by", "remora");
      return entry;
    }
  }

  /** {@code GET /health}: 200 where each model has a worker, else 503. */
  static final class Health extends Endpoint {
    private final Models models;

    Health(Models models) {
      super("GET");
      this.models = models;
    }

    @Override
    void serve(HttpExchange exchange) throws IOException {
      List<String> down =
          models.all().stream()
              .filter(model -> model.workers().isEmpty())
              .map(Model::name)
              .toList();
      if (!down.isEmpty()) {
        throw ApiException.unavailable("no worker is up for " + down, null);
      }
      answer(exchange, 200, "{}");
    }
  }
}
