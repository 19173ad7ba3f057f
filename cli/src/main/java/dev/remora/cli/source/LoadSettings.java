package dev.remora.cli.source;

import dev.remora.cli.verb.Verb;
import dev.remora.remote.LoadListener;
import dev.remora.remote.LoadOptions;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How every verb that asks workers asks them. */
final class LoadSettings {
  /** Somebody waits: a worker that is not there is told of within seconds. */
  private static final int MAX_ATTEMPTS = 5;

  @Option(
      names = "--timeout",
      defaultValue = "120s",
      converter = DurationConverter.class,
      paramLabel = "TIME",
      description = "The deadline of the load, such as 500ms, 15s or 2m (default: 120s).")
  private Duration timeout = Duration.ofMinutes(2);

  @Option(
      names = "--service",
      paramLabel = "NAME",
      description = "The gRPC service to ask (default: those of the known engines, in turn).")
  private @Nullable String service;

  @Option(
      names = "--insecure-skip-fingerprint",
      description = "Accept a worker that sends no fingerprint.")
  private boolean skipFingerprint;

  @Mixin private Connection connection;

  /** Channels as the connection was asked for. */
  Channels channels(Verb verb) {
    return new Channels(connection, verb);
  }

  /** Whether a worker may send no fingerprint. */
  boolean skipFingerprint() {
    return skipFingerprint;
  }

  LoadOptions.Builder builder(LoadListener listener) {
    LoadOptions.Builder options =
        LoadOptions.builder()
            .timeout(timeout)
            .maxAttempts(MAX_ATTEMPTS)
            .allowMissingFingerprint(skipFingerprint)
            .listener(listener);
    return service == null ? options : options.services(List.of(service));
  }

  /** The options, whose contradictions are wrong usage. */
  static LoadOptions build(LoadOptions.Builder options, Verb verb) {
    try {
      return options.build();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(verb.spec().commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
