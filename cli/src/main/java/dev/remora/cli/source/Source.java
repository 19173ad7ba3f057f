package dev.remora.cli.source;

import dev.remora.ReferenceVersion;
import dev.remora.Tokenizer;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.cli.verb.CommandFailure;
import dev.remora.cli.verb.Verb;
import dev.remora.remote.LoadListener;
import dev.remora.remote.LoadOptions;
import dev.remora.remote.RemoteTokenizerLoader;
import dev.remora.remote.TokenizerSource;
import dev.remora.remote.Tokenizers;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** Where a verb gets its tokenizer: workers, else a directory, or the embedded worker. */
public final class Source {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

  @Option(
      names = "--worker",
      paramLabel = "HOST:PORT",
      description =
          "Fetch from this worker, or the next that is given so (default: an embedded one with"
              + " o200k_base).")
  private List<String> workers = List.of();

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Read this directory; with --worker, only if no worker has a tokenizer.")
  private @Nullable Path folder;

  @Option(
      names = "--prove-by",
      paramLabel = "HOST:PORT",
      description =
          "With --dir: a worker of SGLang's own service, whose Tokenize must give probe texts the"
              + " directory's ids.")
  private @Nullable String prover;

  @Mixin private LoadSettings settings;

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

  @Option(
      names = "--reference",
      paramLabel = "VERSION",
      defaultValue = "0.21",
      converter = ReferenceConverter.class,
      description = "The tokenizers of the workers, 0.21 or 0.23 (default: ${DEFAULT-VALUE}).")
  private ReferenceVersion reference;

  /** Opens the tokenizer, with progress on a terminal, and closes it after use. */
  public <T> T use(Verb verb, Function<Tokenizer, T> use) {
    try (Progress progress = Progress.onTerminal(verb.err())) {
      return use(verb, progress, use);
    }
  }

  /** Opens the tokenizer, tells the listener, and closes it after use. */
  public <T> T use(Verb verb, LoadListener listener, Function<Tokenizer, T> use) {
    LoadOptions options = options(verb, listener);
    try (Opened opened = new Opened(verb);
        Tokenizer tokenizer = Tokenizers.load(opened.source, options)) {
      return use.apply(tokenizer);
    }
  }

  /** The bundle alone; no tokenizer is built of it. */
  public TokenizerBundle bundle(Verb verb) {
    try (Progress progress = Progress.onTerminal(verb.err())) {
      LoadOptions options = options(verb, progress);
      try (Opened opened = new Opened(verb)) {
        return RemoteTokenizerLoader.of(opened.source, options).loadBundle();
      }
    }
  }

  private void readEnvironment(Verb verb) {
    ParseResult given = verb.spec().commandLine().getParseResult();
    Environment environment = Environment.of(given);
    List<String> named = environment.workers(given);
    workers = named.isEmpty() ? workers : named;
    folder = environment.directory(given).orElse(folder);
  }

  /** The source that was asked for, and the channels that are open for it. */
  private final class Opened implements AutoCloseable {
    private final Channels channels;
    private final TokenizerSource source;

    Opened(Verb verb) {
      channels = settings.channels(verb);
      try {
        source = open();
      } catch (CommandFailure e) {
        close();
        throw e;
      }
    }

    private TokenizerSource open() {
      if (folder != null) {
        TokenizerSource files =
            prover == null
                ? TokenizerSource.directory(folder)
                : TokenizerSource.provenDirectory(folder, channels.to(prover));
        return workers.isEmpty() ? files : workers(workers).orElse(files);
      }
      return workers.isEmpty()
          ? TokenizerSource.workers(channels.toEmbeddedWorker())
          : workers(workers);
    }

    private TokenizerSource workers(List<String> targets) {
      return TokenizerSource.workers(targets.stream().map(channels::to).toList());
    }

    @Override
    public void close() {
      channels.close();
    }
  }

  private LoadOptions options(Verb verb, LoadListener listener) {
    readEnvironment(verb);
    if (prover != null && folder == null) {
      throw verb.wrongUsage("--prove-by is for --dir");
    }
    if (expectedFingerprint != null && !SHA256.matcher(expectedFingerprint).matches()) {
      throw verb.wrongUsage("--expect-fingerprint takes 64 hex digits");
    }
    if (expectedFingerprint != null && settings.skipFingerprint()) {
      throw verb.wrongUsage(
          "--expect-fingerprint and --insecure-skip-fingerprint contradict each other");
    }
    return LoadSettings.build(
        settings
            .builder(listener)
            .engine(engine)
            .referenceVersion(reference)
            .expectedFingerprint(expectedFingerprint),
        verb);
  }
}
