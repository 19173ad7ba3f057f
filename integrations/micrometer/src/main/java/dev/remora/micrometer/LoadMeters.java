package dev.remora.micrometer;

import dev.remora.Attempt;
import dev.remora.Rule;
import dev.remora.Tokenizer;
import dev.remora.TokenizerException;
import dev.remora.bundle.BundleDialect;
import dev.remora.bundle.BundleDrift;
import dev.remora.bundle.BundleFormat;
import dev.remora.bundle.ContentDigest;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.remote.LoadListener;
import dev.remora.remote.TokenizerSource;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Loads as observations, and their steps as meters. */
final class LoadMeters implements LoadListener {
  private static final String NONE = "none";

  private final MeterRegistry meters;
  private final ObservationRegistry observations;

  LoadMeters(MeterRegistry meters, ObservationRegistry observations) {
    this.meters = meters;
    this.observations = observations;
  }

  /** Tells the observation of a load from those of others on the same thread. */
  private static final class LoadContext extends Observation.Context {}

  @Override
  @SuppressWarnings("MustBeClosedChecker") // closed by ended()
  public void started(TokenizerSource source) {
    Observation.createNotStarted("remora.load", LoadContext::new, observations)
        .contextualName("load tokenizer")
        .lowCardinalityKeyValue("kind", NONE)
        .lowCardinalityKeyValue("rule", NONE)
        .highCardinalityKeyValue("source", source.toString())
        .start()
        .openScope();
  }

  @Override
  public void serving(TokenizerSource source, List<TokenizerException> passedOver) {
    ended(null);
  }

  @Override
  public void failed(TokenizerException failure) {
    ended(failure);
  }

  private void ended(@Nullable TokenizerException failure) {
    Observation.Scope scope = observations.getCurrentObservationScope();
    if (scope == null) {
      return; // a registry that observes nothing
    }
    Observation load = scope.getCurrentObservation();
    if (load.getContext() instanceof LoadContext) {
      if (failure != null) {
        load.lowCardinalityKeyValue("kind", failure.kind().code())
            .lowCardinalityKeyValue("rule", failure.rule().map(Rule::name).orElse(NONE))
            .error(failure);
      }
      scope.close();
      load.stop();
    }
  }

  @Override
  public void verified(
      BundleDialect dialect, BundleFormat format, long bytes, Duration fetching, Duration hashing) {
    DistributionSummary.builder("remora.load.size")
        .baseUnit("bytes")
        .tag("format", format.toString())
        .register(meters)
        .record((double) bytes);
    step("fetch", fetching);
    step("hash", hashing);
  }

  @Override
  public void unpacked(TokenizerBundle bundle, Duration elapsed) {
    step("unpack", elapsed);
  }

  @Override
  public void built(Tokenizer tokenizer, Duration elapsed) {
    step("build", elapsed);
  }

  private void step(String step, Duration elapsed) {
    meters.timer("remora.load.step", "step", step).record(elapsed);
  }

  @Override
  public void attemptFailed(Attempt attempt) {
    count("remora.load.attempts.failed", "outcome", attempt.outcome().toString());
  }

  @Override
  public void mismatched(String worker, Rule rule, String problem) {
    count("remora.load.mismatches", "rule", rule.name());
  }

  @Override
  public void movedOn(TokenizerSource from, TokenizerException failure, TokenizerSource to) {
    count("remora.load.fallbacks", "kind", failure.kind().code());
  }

  @Override
  public void swapped(String name, ContentDigest from, ContentDigest to) {
    meters.counter("remora.registry.swaps").increment();
  }

  @Override
  public void workerMatches(String model, String worker, ContentDigest digest) {
    count("remora.workers.compared", "result", "equal");
  }

  @Override
  public void workerDrifted(String model, String worker, BundleDrift drift, boolean serves) {
    count("remora.workers.compared", "result", "drift");
  }

  @Override
  public void workerNotCompared(String model, String worker, TokenizerException failure) {
    count("remora.workers.compared", "result", "failure");
  }

  @Override
  public void modelChanged(String model, ContentDigest from, ContentDigest to) {
    meters.counter("remora.models.changed").increment();
  }

  private void count(String name, String tag, String value) {
    meters.counter(name, tag, value).increment();
  }

  @Override
  public String toString() {
    return "RemoraMetrics.loads";
  }
}
