package dev.remora.cli.source;

import dev.remora.cli.verb.CommandFailure;
import dev.remora.cli.verb.Verb;
import dev.remora.remote.LoadOptions;
import dev.remora.remote.TokenizerSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

  /** How many were asked for. */
  public int count() {
    return workers.size() + directories.size();
  }

  /** Makes them ready to be read: workers first, each in the order that was given. */
  public Opened open(Verb verb) {
    return new Opened(verb);
  }

  /** The sources, and the channels that are open for them. */
  public final class Opened implements AutoCloseable {
    private final Channels channels = new Channels();
    private final Progress progress;
    private final List<Named> all = new ArrayList<>();
    private final LoadOptions options;
    private @Nullable EmbeddedWorker embedded;

    private Opened(Verb verb) {
      progress = Progress.onTerminal(verb.err());
      try {
        options = LoadSettings.build(settings.builder(progress), verb);
        if (count() == 0) {
          embedded = EmbeddedWorker.start();
          add(EmbeddedWorker.MODEL, embedded.target());
        }
        for (String worker : workers) {
          add(worker, worker);
        }
      } catch (CommandFailure e) {
        close();
        throw e;
      }
      for (Path directory : directories) {
        all.add(new Named(directory.toString(), TokenizerSource.directory(directory)));
      }
    }

    private void add(String name, String worker) {
      all.add(new Named(name, TokenizerSource.workers(channels.to(worker))));
    }

    /** The sources, in order; the embedded worker if none was asked for. */
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
      if (embedded != null) {
        embedded.close();
      }
    }
  }
}
