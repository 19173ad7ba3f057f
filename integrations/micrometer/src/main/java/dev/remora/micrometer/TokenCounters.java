package dev.remora.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * What tokenizers did.
 *
 * @param texts the texts that were encoded or counted
 * @param encoded the tokens that they have
 * @param decoded the tokens that became text
 */
record TokenCounters(Counter texts, Counter encoded, Counter decoded) {
  TokenCounters(MeterRegistry meters, Tags tags) {
    this(
        counter(meters, "remora.texts.encoded", "texts", tags),
        counter(meters, "remora.tokens.encoded", "tokens", tags),
        counter(meters, "remora.tokens.decoded", "tokens", tags));
  }

  private static Counter counter(MeterRegistry meters, String name, String unit, Tags tags) {
    return Counter.builder(name).baseUnit(unit).tags(tags).register(meters);
  }

  void countEncoded(int tokens) {
    texts.increment();
    encoded.increment(tokens);
  }
}
