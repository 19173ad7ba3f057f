package dev.remora.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.remora.ReferenceVersion;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadOptionsTest {
  private static final String SHA = "0a".repeat(32);

  /** Longer than a long number of nanoseconds. */
  private static final Duration ENDLESS = Duration.ofDays(365 * 300);

  private static void assertRefused(
      UnaryOperator<LoadOptions.Builder> with, String... namedInTheMessage) {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class, () -> with.apply(LoadOptions.builder()).build());
    for (String name : namedInTheMessage) {
      assertTrue(String.valueOf(refusal.getMessage()).contains(name), refusal.getMessage());
    }
  }

  @Test
  void idleTimeout_aboveTheTimeout_isRefused() {
    assertRefused(
        options -> options.timeout(Duration.ofSeconds(10)).idleTimeout(Duration.ofSeconds(11)),
        "idleTimeout (PT11S)",
        "timeout (PT10S)");
  }

  @Test
  void idleTimeout_equalToTheTimeout_isAllowed() {
    Duration ten = Duration.ofSeconds(10);
    assertEquals(ten, LoadOptions.builder().timeout(ten).idleTimeout(ten).build().idleTimeout());
  }

  @Test
  void backoff_aboveTheTimeout_isRefused() {
    assertRefused(
        options -> options.timeout(Duration.ofSeconds(1)).backoff(Duration.ofSeconds(2)),
        "backoff (PT2S)",
        "timeout (PT1S)");
  }

  @Test
  void shortTimeout_aloneIsAllowed_andBoundsTheDefaults() {
    LoadOptions brief = LoadOptions.builder().timeout(Duration.ofMillis(50)).build();
    assertEquals(Duration.ofMillis(50), brief.idleTimeout());
    assertEquals(Duration.ofMillis(50), brief.backoff());
    LoadOptions again = brief.toBuilder().timeout(Duration.ofMinutes(1)).build();
    assertEquals(Duration.ofSeconds(20), again.idleTimeout(), "it was never set to 50 ms");
    assertEquals(Duration.ofMillis(200), again.backoff());
  }

  @Test
  void expectedFingerprint_withAMissingOneAllowed_isRefused() {
    assertRefused(
        options -> options.expectedFingerprint(SHA).allowMissingFingerprint(true),
        "allowMissingFingerprint",
        "expectedFingerprint");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0a", "zz0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a"})
  void expectedFingerprint_thatIsNoSha256_isRefused(String fingerprint) {
    assertRefused(options -> options.expectedFingerprint(fingerprint), "expectedFingerprint");
  }

  @Test
  void services_noneBlankOrDuplicate_areRefused() {
    assertRefused(options -> options.services(List.of()), "services", "empty");
    assertRefused(options -> options.services(List.of("a.B", "")), "services", "blank");
    assertRefused(options -> options.services(List.of(" \t")), "services", "blank");
    assertRefused(
        options -> options.services(List.of("a.B", "c.D", "a.B")), "services", "duplicate: a.B");
  }

  @Test
  void engine_blank_isRefused() {
    assertRefused(options -> options.engine(" "), "engine");
  }

  @Test
  void durations_thatAreNotPositiveOrOverflow_areRefused() {
    for (Duration duration : List.of(Duration.ZERO, Duration.ofNanos(-1), ENDLESS)) {
      assertRefused(options -> options.timeout(duration), "timeout must be");
      assertRefused(options -> options.idleTimeout(duration), "idleTimeout must be");
      assertRefused(options -> options.backoff(duration), "backoff must be");
    }
  }

  @Test
  void longestDuration_isAllowed() {
    Duration longest = Duration.ofNanos(Long.MAX_VALUE);
    assertEquals(longest, LoadOptions.builder().timeout(longest).build().timeout());
  }

  @Test
  void bounds_thatAreNotPositive_areRefused() {
    assertRefused(options -> options.maxAttempts(0), "maxAttempts");
    assertRefused(options -> options.maxStreamedBytes(0), "maxStreamedBytes");
    assertRefused(options -> options.maxUnpackedBytes(-1), "maxUnpackedBytes");
    assertRefused(options -> options.maxEntries(0), "maxEntries");
    assertRefused(options -> options.maxMessageBytes(0), "maxMessageBytes");
  }

  @Test
  void toBuilder_keepsEverySetting() {
    LoadOptions every =
        LoadOptions.builder()
            .timeout(Duration.ofSeconds(9))
            .idleTimeout(Duration.ofSeconds(8))
            .maxAttempts(7)
            .backoff(Duration.ofMillis(6))
            .services(List.of("a.B"))
            .maxStreamedBytes(5)
            .maxUnpackedBytes(4)
            .maxEntries(3)
            .maxMessageBytes(2)
            .expectedFingerprint(SHA)
            .engine("java")
            .trustBundles(true)
            .referenceVersion(ReferenceVersion.V0_23)
            .modelInfoCheck(ModelInfoCheck.OFF)
            .listener(LoadListener.NONE)
            .build();
    assertEquals(
        "LoadOptions[timeout=PT9S, idleTimeout=PT8S, maxAttempts=OptionalInt[7], backoff=PT0.006S,"
            + " services=[a.B], maxStreamedBytes=5, maxUnpackedBytes=4, maxEntries=3,"
            + " maxMessageBytes=OptionalInt[2], expectedFingerprint=Optional["
            + SHA
            + "], allowMissingFingerprint=false, engine=Optional[java], trustBundles=true,"
            + " referenceVersion=0.23, modelInfoCheck=OFF, listener=LoadListener.NONE]",
        every.toString());
    LoadOptions copy = every.toBuilder().build();
    assertEquals(every, copy);
    assertEquals(every.hashCode(), copy.hashCode());
    assertNotEquals(every, LoadOptions.DEFAULT);
    LoadOptions missing = LoadOptions.builder().allowMissingFingerprint(true).build();
    assertEquals(missing, missing.toBuilder().build());
    assertNotEquals(missing, LoadOptions.DEFAULT);
  }

  @Test
  void toString_namesEverySetting() {
    assertEquals(
        "LoadOptions[timeout=PT2M, idleTimeout=PT20S, maxAttempts=OptionalInt.empty, backoff=PT0.2S,"
            + " services=[a.B], maxStreamedBytes=209715200, maxUnpackedBytes=524288000,"
            + " maxEntries=50, maxMessageBytes=OptionalInt.empty,"
            + " expectedFingerprint=Optional.empty, allowMissingFingerprint=false,"
            + " engine=Optional.empty, trustBundles=false, referenceVersion=0.21,"
            + " modelInfoCheck=WARN, listener=LoadListener.NONE]",
        LoadOptions.builder().services(List.of("a.B")).build().toString());
  }

  @Test
  void registry_withABackoffAboveItsMaximum_isRefused() {
    TokenizerRegistry.Builder registry =
        TokenizerRegistry.builder()
            .backoff(Duration.ofSeconds(2))
            .maxBackoff(Duration.ofSeconds(1));
    String message =
        String.valueOf(assertThrows(IllegalArgumentException.class, registry::build).getMessage());
    assertTrue(message.contains("backoff (PT2S)"), message);
    assertTrue(message.contains("maxBackoff (PT1S)"), message);
  }

  @Test
  void registry_withABackoffThatIsNegativeOrOverflows_isRefused() {
    TokenizerRegistry.Builder negative = TokenizerRegistry.builder().backoff(Duration.ofNanos(-1));
    assertThrows(IllegalArgumentException.class, negative::build);
    TokenizerRegistry.Builder endless = TokenizerRegistry.builder().maxBackoff(ENDLESS);
    String message =
        String.valueOf(assertThrows(IllegalArgumentException.class, endless::build).getMessage());
    assertTrue(message.contains("maxBackoff"), message);
  }
}
