package dev.remora.cli;

import dev.remora.bundle.BundleDialect;
import dev.remora.bundle.BundleFormat;
import dev.remora.cli.source.EmbeddedWorker;
import dev.remora.cli.text.TextInput;
import dev.remora.cli.verb.CommandFailure;
import dev.remora.cli.verb.Json;
import dev.remora.cli.verb.Verb;
import dev.remora.proto.WorkerService;
import dev.remora.server.Fault;
import dev.remora.server.KvEventFeed;
import dev.remora.server.TokenizerFiles;
import dev.remora.server.TokenizerServer;
import dev.remora.server.TokenizerServerBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** A worker that serves GetTokenizer alone. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Serve GetTokenizer from a directory on localhost, until the process is ended.")
final class ServeCommand extends Verb {
  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "The tokenizer's directory (default: o200k_base).")
  private @Nullable Path folder;

  @Option(
      names = "--port",
      defaultValue = "50051",
      description = "The port, 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--dialect",
      defaultValue = "described",
      description = "described or bare (default: ${DEFAULT-VALUE}).")
  private BundleDialect dialect = BundleDialect.DESCRIBED;

  @Option(
      names = "--format",
      defaultValue = "zip",
      converter = FormatConverter.class,
      description = "zip, tar, tar.gz, tar.zst or files (default: ${DEFAULT-VALUE}).")
  private BundleFormat format = BundleFormat.ZIP;

  @Option(
      names = "--service",
      paramLabel = "NAME",
      description = "The gRPC service's full name (default: SGLang's).")
  private String service = WorkerService.SGLANG.fullName();

  @Option(
      names = "--fault",
      paramLabel = "NAME[:ARG]",
      description = "Do this wrong, for tests of clients; may be given several times.")
  private List<String> faults = List.of();

  @Option(
      names = "--kv-events",
      paramLabel = "IDS",
      description =
          "Serve SubscribeKvEvents too, of blocks of so many ids, and tell what standard input"
              + " says, a line each: stored IDS, removed IDS, cleared; and what goes wrong:"
              + " unknown-parent IDS, gap, repeat, restart, end STATUS.")
  private @Nullable Integer blockSize;

  @Option(
      names = "--kv-replay",
      description = "With --kv-events: send again what a client asks for by its number.")
  private boolean replays;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (dialect == BundleDialect.BARE && format == BundleFormat.FILES) {
      throw wrongUsage("--dialect bare carries an archive: it has no --format files");
    }
    if (replays && blockSize == null) {
      throw wrongUsage("--kv-replay is for --kv-events");
    }
    try (TokenizerServer server = start()) {
      tell(server);
      server.awaitClose();
    }
    return 0;
  }

  private TokenizerServer start() throws IOException {
    TokenizerServerBuilder server =
        TokenizerServer.builder(folder == null ? EmbeddedWorker.files() : files(folder))
            .dialect(dialect)
            .format(format)
            .service(service)
            .modelIdentifier(
                folder == null ? EmbeddedWorker.MODEL : String.valueOf(folder.getFileName()))
            .port(port);
    try {
      faults.forEach(fault -> server.fault(Fault.parse(fault)));
      if (blockSize == null) {
        return server.start();
      }
      KvEventFeed plain = KvEventFeed.ofBlockSize(blockSize);
      KvEventFeed feed = replays ? plain.replaying() : plain;
      TokenizerServer started = server.kvEvents(feed).start();
      tellLines(feed);
      return started;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec().commandLine(), String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new CommandFailure("port " + port + ": " + e.getMessage(), e);
    }
  }

  /** Reads standard input on a thread of its own; what it says wrong is told, and passed over. */
  private void tellLines(KvEventFeed feed) {
    TextInput input = TextInput.standard();
    Thread reader =
        new Thread(
            () ->
                input.eachLine(
                    line -> {
                      try {
                        feed.tell(line);
                      } catch (IllegalArgumentException e) {
                        note(String.valueOf(e.getMessage()));
                      }
                    }),
            "kv-events");
    reader.setDaemon(true);
    reader.start();
  }

  private static TokenizerFiles files(Path folder) {
    try {
      return TokenizerFiles.of(folder);
    } catch (IOException e) {
      throw new CommandFailure(folder + " cannot be served: " + e.getMessage(), e);
    }
  }

  private void tell(TokenizerServer server) {
    if (json()) {
      out().println(Json.write(Map.of("target", server.target(), "service", service)));
    } else {
      out().println("serving " + service + " on " + server.target());
    }
    out().flush();
  }

  /** Formats by their names on the wire. */
  static final class FormatConverter implements ITypeConverter<BundleFormat> {
    @Override
    public BundleFormat convert(String name) {
      return Arrays.stream(BundleFormat.values())
          .filter(format -> format.wireName().equals(name))
          .findFirst()
          .orElseThrow(
              () -> new TypeConversionException("'" + name + "' is not a format of a bundle"));
    }
  }
}
