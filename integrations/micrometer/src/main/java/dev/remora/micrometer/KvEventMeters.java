package dev.remora.micrometer;

import dev.remora.routing.KvEventListener;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;

/** Subscriptions to events of blocks, as counters. */
final class KvEventMeters implements KvEventListener {
  private final MeterRegistry meters;

  KvEventMeters(MeterRegistry meters) {
    this.meters = meters;
  }

  @Override
  public void applied(String worker, int events) {
    meters.counter("remora.kv.events").increment(events);
  }

  @Override
  public void repeated(String worker, long number) {
    meters.counter("remora.kv.repeats").increment();
  }

  @Override
  public void gap(String worker, long last, long received) {
    meters.counter("remora.kv.gaps").increment();
  }

  @Override
  public void forgotten(String worker, Reason reason) {
    meters.counter("remora.kv.forgotten", "reason", lower(reason)).increment();
  }

  @Override
  public void disconnected(String worker, String status, Duration pause) {
    meters.counter("remora.kv.disconnects").increment();
  }

  private static String lower(Reason reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return "RemoraMetrics.kvEvents";
  }
}
