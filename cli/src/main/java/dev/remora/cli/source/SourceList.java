package dev.remora.cli.source;

import dev.remora.cli.verb.CommandFailure;
import dev.remora.cli.verb.Verb;
import dev.remora.remote.LoadOptions;
import dev.remora.remote.TokenizerSource;
import io.grpc.ManagedChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** Several workers and directories, each with a tokenizer of its own. */
public final class SourceList {
  @Option(
      names = "--worker",
      paramLabel = "HOST:PORT",
      description = "A worker; may be given several times.")
  private List<String> workers = List.of();

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "A directory; may be given several times.")
  private List<Path> directories = List.of();

  @Mixin private LoadSettings settings;

  /** A source and what the user called it. */
  public record Named(String name, TokenizerSource source) {}

  private void readEnvironment(Verb verb) {
    ParseResult given = verb.spec().commandLine().getParseResult();
    Environment environment = Environment.of(given);
    List<String> named = environment.workers(given);
    workers = named.isEmpty() ? workers : named;
    directories = environment.directory(given).map(List::of).orElse(directories);
  }

  private int count() {
    return workers.size() + directories.size();
  }

  /**
   * Makes them ready to be read: workers first, each in the order that was given; the embedded
   * worker if none was.
   */
  public Opened open(Verb verb) {
    return new Opened(verb);
  }

  /** The sources, and the channels that are open for them. */
  public final class Opened implements AutoCloseable {
    private final Channels channels;
    private final Progress progress;
    private final List<Named> all = new ArrayList<>();
    private final LoadOptions options;

    private Opened(Verb verb) {
      readEnvironment(verb);
      channels = settings.channels(verb);
      progress = Progress.onTerminal(verb.err());
      try {
        options = LoadSettings.build(settings.builder(progress), verb);
        if (count() == 0) {
          add(EmbeddedWorker.MODEL, channels.toEmbeddedWorker());
        }
        for (String worker : workers) {
          add(worker, channels.to(worker));
        }
      } catch (CommandFailure e) {
        close();
        throw e;
      }
      for (Path directory : directories) {
        all.add(new Named(directory.toString(), TokenizerSource.directory(directory)));
      }
    }

    private void add(String name, ManagedChannel worker) {
      all.add(new Named(name, TokenizerSource.workers(worker)));
    }

    /** The sources, in order. */
    public List<Named> all() {
      return List.copyOf(all);
    }

    /** How each is read. */
    public LoadOptions options() {
      return options;
    }

    @Override
    public void close() {
      progress.close();
      channels.close();
    }
  }
}
