package dev.remora.cli;

import dev.remora.Tokenizer;
import dev.remora.bundle.BundleDialect;
import dev.remora.bundle.BundleFormat;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.remote.LoadListener;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How long each step of a load took, and what arrived. */
final class StepTimes implements LoadListener {
  private final Map<String, Double> millis = new LinkedHashMap<>();
  private String received = "from a local directory";

  /** Step to milliseconds, in order: fetch, verify, unpack, build. */
  Map<String, Double> millis() {
    return Collections.unmodifiableMap(millis);
  }

  String received() {
    return received;
  }

  private void put(String step, Duration elapsed) {
    millis.put(step, elapsed.toNanos() / 1e6);
  }

  @Override
  public void verified(
      BundleDialect dialect, BundleFormat format, long bytes, Duration fetching, Duration hashing) {
    received = String.format(Locale.ROOT, "%,d bytes, %s dialect, %s", bytes, dialect, format);
    put("fetch", fetching);
    put("verify", hashing);
  }

  @Override
  public void unpacked(TokenizerBundle bundle, Duration elapsed) {
    put("unpack", elapsed);
  }

  @Override
  public void built(Tokenizer tokenizer, Duration elapsed) {
    put("build", elapsed);
  }
}
