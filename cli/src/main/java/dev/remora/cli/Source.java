package dev.remora.cli;

import dev.remora.Tokenizer;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.cli.verb.CommandFailure;
import dev.remora.cli.verb.Verb;
import dev.remora.remote.LoadListener;
import dev.remora.remote.LoadOptions;
import dev.remora.remote.RemoteTokenizerLoader;
import dev.remora.remote.Tokenizers;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Where a verb gets its tokenizer: a worker, a directory, or the embedded worker. */
final class Source {
  /** Somebody waits: a worker that is not there is told of within seconds. */
  private static final int MAX_ATTEMPTS = 5;

  private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

  @ArgGroup private @Nullable Place place;

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

  @Option(
      names = "--expect-fingerprint",
      paramLabel = "HEX",
      description = "The SHA-256 that the streamed bytes must have.")
  private @Nullable String expectedFingerprint;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description = "The engine to use (default: the best that takes the bundle).")
  private @Nullable String engine;

  /** One of two places, or neither. */
  private static final class Place {
    @Option(
        names = "--worker",
        paramLabel = "HOST:PORT",
        description = "Fetch from this worker (default: an embedded one with o200k_base).")
    private @Nullable String worker;

    @Option(names = "--dir", paramLabel = "DIR", description = "Read this directory instead.")
    private @Nullable Path folder;
  }

  /** Opens the tokenizer, with progress on a terminal, and closes it after use. */
  <T> T use(Verb verb, Function<Tokenizer, T> use) {
    try (Progress progress = Progress.onTerminal(verb.err())) {
      return use(verb, progress, use);
    }
  }

  /** Opens the tokenizer, tells the listener, and closes it after use. */
  <T> T use(Verb verb, LoadListener listener, Function<Tokenizer, T> use) {
    LoadOptions options = options(verb, listener);
    if (place != null && place.folder != null) {
      try (Tokenizer tokenizer = Tokenizers.fromDirectory(place.folder, options)) {
        return use.apply(tokenizer);
      }
    }
    if (place != null && place.worker != null) {
      return fromWorker(place.worker, options, use);
    }
    try (EmbeddedWorker worker = EmbeddedWorker.start()) {
      return fromWorker(worker.target(), options, use);
    }
  }

  /** The bundle alone; no tokenizer is built of it. */
  TokenizerBundle bundle(Verb verb) {
    try (Progress progress = Progress.onTerminal(verb.err())) {
      LoadOptions options = options(verb, progress);
      if (place != null && place.folder != null) {
        return Tokenizers.readDirectory(place.folder, options);
      }
      if (place != null && place.worker != null) {
        return bundle(place.worker, options);
      }
      try (EmbeddedWorker worker = EmbeddedWorker.start()) {
        return bundle(worker.target(), options);
      }
    }
  }

  private static TokenizerBundle bundle(String target, LoadOptions options) {
    ManagedChannel channel = channel(target);
    try {
      return RemoteTokenizerLoader.of(channel, options).loadBundle();
    } finally {
      channel.shutdownNow();
    }
  }

  private static <T> T fromWorker(String target, LoadOptions options, Function<Tokenizer, T> use) {
    ManagedChannel channel = channel(target);
    try (Tokenizer tokenizer = Tokenizers.fromBackend(channel, options)) {
      return use.apply(tokenizer);
    } finally {
      channel.shutdownNow();
    }
  }

  private static ManagedChannel channel(String target) {
    try {
      return NettyChannelBuilder.forTarget(target).usePlaintext().build();
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--worker " + target + ": " + e.getMessage(), e);
    }
  }

  private LoadOptions options(Verb verb, LoadListener listener) {
    if (expectedFingerprint != null && !SHA256.matcher(expectedFingerprint).matches()) {
      throw verb.wrongUsage("--expect-fingerprint takes 64 hex digits");
    }
    if (expectedFingerprint != null && skipFingerprint) {
      throw verb.wrongUsage(
          "--expect-fingerprint and --insecure-skip-fingerprint contradict each other");
    }
    LoadOptions.Builder options =
        LoadOptions.builder()
            .timeout(timeout)
            .maxAttempts(MAX_ATTEMPTS)
            .engine(engine)
            .expectedFingerprint(expectedFingerprint)
            .allowMissingFingerprint(skipFingerprint)
            .listener(listener);
    if (service != null) {
      options.services(List.of(service));
    }
    try {
      return options.build();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(verb.spec().commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
