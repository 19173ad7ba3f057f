package dev.remora.micrometer;

import dev.remora.Tokenizer;
import dev.remora.remote.LoadListener;
import dev.remora.remote.TokenizerRegistry;
import dev.remora.routing.CachingTokenizer;
import dev.remora.routing.KvEventListener;
import dev.remora.routing.PrefixIndex;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.util.function.ToDoubleFunction;

/**
 * Remora's meters, all of whose names begin with {@code remora.}; docs/integrations.md lists them.
 * No meter sees text or ids. Thread-safe.
 *
 * <p>A binder keeps what it measures only as long as its owner does.
 */
public final class RemoraMetrics {
  private RemoraMetrics() {}

  /**
   * Counts and times loads: give it to {@link dev.remora.remote.LoadOptions}. Each load is a timer
   * {@code remora.load} with the kind and the rule of its failure.
   */
  public static LoadListener loads(MeterRegistry meters) {
    ObservationRegistry observations = ObservationRegistry.create();
    observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
    return loads(meters, observations);
  }

  /**
   * The same, but each load is an observation {@code remora.load}, and what its calls observe are
   * its children; whether it is timed or traced is up to the handlers of the registry.
   */
  public static LoadListener loads(MeterRegistry meters, ObservationRegistry observations) {
    return new LoadMeters(meters, observations);
  }

  /** Gauges of the names, tokenizers and leases of a registry, and counters of its refreshes. */
  public static MeterBinder registry(TokenizerRegistry registry, Tag... tags) {
    Tags all = Tags.of(tags);
    return meters -> {
      Meters<TokenizerRegistry> of = new Meters<>(meters, registry, all);
      of.gauge("remora.registry.names", "names", r -> r.statistics().names());
      of.gauge("remora.registry.tokenizers", "tokenizers", r -> r.statistics().tokenizers());
      of.gauge("remora.registry.leases", "leases", r -> r.statistics().leases());
      of.counter("remora.registry.refreshes", "calls", "success", r -> r.statistics().refreshes());
      of.counter(
          "remora.registry.refreshes", "calls", "failure", r -> r.statistics().failedRefreshes());
    };
  }

  /** What a prefix cache remembers and saves. */
  public static MeterBinder cache(CachingTokenizer cache, Tag... tags) {
    Tags all = Tags.of(tags);
    return meters -> {
      Meters<CachingTokenizer> of = new Meters<>(meters, cache, all);
      of.counter("remora.prefix.cache.texts", "texts", "hit", c -> c.statistics().hits());
      of.counter(
          "remora.prefix.cache.texts",
          "texts",
          "miss",
          c -> {
            CachingTokenizer.Statistics now = c.statistics();
            return now.texts() - now.hits();
          });
      of.counter("remora.prefix.cache.tokens", "tokens", "hit", c -> c.statistics().idsReused());
      of.counter("remora.prefix.cache.tokens", "tokens", "miss", c -> c.statistics().idsEncoded());
      of.gauge("remora.prefix.cache.parts", "parts", c -> c.statistics().parts());
      of.gauge("remora.prefix.cache.size", "bytes", c -> c.statistics().bytes());
      of.gauge("remora.prefix.cache.size.max", "bytes", c -> c.statistics().maxBytes());
    };
  }

  /** What an index of prefixes holds. */
  public static MeterBinder index(PrefixIndex index, Tag... tags) {
    Tags all = Tags.of(tags);
    return meters -> {
      Meters<PrefixIndex> of = new Meters<>(meters, index, all);
      of.gauge("remora.prefix.index.workers", "workers", i -> i.statistics().workers());
      of.gauge("remora.prefix.index.blocks", "blocks", i -> i.statistics().blocks());
      of.gauge("remora.prefix.index.blocks.max", "blocks", PrefixIndex::capacity);
      of.gauge(
          "remora.prefix.index.blocks.unusable", "blocks", i -> i.statistics().unusableBlocks());
      of.gauge("remora.prefix.index.size", "bytes", i -> i.statistics().bytes());
    };
  }

  /** Counts what becomes of subscriptions to the workers' events of blocks. */
  public static KvEventListener kvEvents(MeterRegistry meters) {
    return new KvEventMeters(meters);
  }

  /**
   * A tokenizer that counts the texts and tokens that it encodes and the tokens that it decodes,
   * streams included. Its ids and texts are those of the tokenizer it is over, which it closes.
   *
   * @param tags such as the model's name
   */
  public static Tokenizer tokens(Tokenizer tokenizer, MeterRegistry meters, Tag... tags) {
    return new MeteredTokenizer(tokenizer, new TokenCounters(meters, Tags.of(tags)));
  }

  /** Registers meters of one object. */
  private record Meters<T>(MeterRegistry meters, T measured, Tags tags) {
    void gauge(String name, String unit, ToDoubleFunction<T> value) {
      Gauge.builder(name, measured, value).baseUnit(unit).tags(tags).register(meters);
    }

    void counter(String name, String unit, String result, ToDoubleFunction<T> value) {
      FunctionCounter.builder(name, measured, value)
          .baseUnit(unit)
          .tags(tags)
          .tag("result", result)
          .register(meters);
    }
  }
}
