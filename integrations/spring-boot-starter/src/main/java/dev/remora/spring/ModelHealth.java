package dev.remora.spring;

import dev.remora.bundle.BundleInfo;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the models are, whatever version of Boot asks.
 *
 * @param state that of the model that is worst off
 * @param details a line for each model
 */
record ModelHealth(State state, Map<String, Object> details) {
  enum State {
    UP,
    LOADING,
    FAILED
  }

  static ModelHealth of(RemoraModels models) {
    State worst = State.UP;
    Map<String, Object> details = new LinkedHashMap<>();
    for (String model : models.names()) {
      BundleInfo bundle = models.bundle(model).orElse(null);
      Throwable failure = models.failure(model);
      State state = bundle != null ? State.UP : failure == null ? State.LOADING : State.FAILED;
      details.put(
          model,
          bundle != null
              ? "loaded, " + bundle.proof()
              : failure == null ? "loading" : failure.toString());
      worst = state.compareTo(worst) > 0 ? state : worst;
    }
    return new ModelHealth(worst, details);
  }
}
