package dev.remora.cli;

import dev.remora.cli.verb.CommandFailure;
import dev.remora.cli.verb.Json;
import dev.remora.cli.verb.Verb;
import dev.remora.remote.TokenizerCache;
import dev.remora.remote.TokenizerCache.Entry;
import dev.remora.text.Printable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The cache of last good bundles, from outside. */
@Command(
    name = "cache",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "WHAT",
    description = "Look at a directory in which routers keep the last good bundles, or tidy it.",
    subcommands = {CacheCommand.Ls.class, CacheCommand.Verify.class, CacheCommand.Prune.class})
final class CacheCommand {
  /** A verb on the directory. */
  abstract static class OnDirectory extends Verb {
    @Parameters(paramLabel = "DIR", description = "The directory of the cache.")
    private Path directory = Path.of("");

    /** Does the work on a cache of this directory; gives the exit code. */
    final int on(long maxBytes, String done, boolean isFailure) {
      if (!Files.isDirectory(directory)) {
        throw new CommandFailure(directory + ": there is no such directory");
      }
      List<Entry> entries = look(TokenizerCache.at(directory, maxBytes));
      entries.forEach(entry -> out().println(json() ? Json.write(facts(entry)) : line(entry)));
      if (!json()) {
        out().println(done + ": " + entries.size());
      }
      out().flush();
      return isFailure && !entries.isEmpty() ? 1 : 0;
    }

    abstract List<Entry> look(TokenizerCache cache);

    private static String line(Entry entry) {
      return String.format(
              Locale.ROOT,
              "%s %,12d bytes, used %s %s",
              entry.digest(),
              entry.bytes(),
              entry.used(),
              Printable.of(entry.model().orElse(""), Printable.NAME))
          .strip();
    }

    private static Map<String, Object> facts(Entry entry) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("content digest", entry.digest());
      facts.put("model", entry.model().orElse(""));
      facts.put("bytes", entry.bytes());
      facts.put("used", entry.used().toString());
      return facts;
    }
  }

  @Command(
      name = "ls",
      mixinStandardHelpOptions = true,
      description = "List the bundles, the least recently used first.")
  static final class Ls extends OnDirectory {
    @Override
    public Integer call() {
      return on(TokenizerCache.DEFAULT_MAX_BYTES, "bundles", false);
    }

    @Override
    List<Entry> look(TokenizerCache cache) {
      return cache.entries();
    }
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = "Read every bundle, and remove the damaged ones; exit code 1 if there was one.")
  static final class Verify extends OnDirectory {
    @Override
    public Integer call() {
      return on(TokenizerCache.DEFAULT_MAX_BYTES, "damaged bundles removed", true);
    }

    @Override
    List<Entry> look(TokenizerCache cache) {
      return cache.verify();
    }
  }

  @Command(
      name = "prune",
      mixinStandardHelpOptions = true,
      description = "Remove the least recently used bundles until the rest has so many bytes.")
  static final class Prune extends OnDirectory {
    @Option(
        names = "--max-bytes",
        paramLabel = "N",
        description = "How many bytes may stay (default: ${DEFAULT-VALUE}).")
    private long maxBytes = TokenizerCache.DEFAULT_MAX_BYTES;

    @Override
    public Integer call() {
      if (maxBytes < 1) {
        throw wrongUsage("--max-bytes must be positive");
      }
      return on(maxBytes, "bundles removed", false);
    }

    @Override
    List<Entry> look(TokenizerCache cache) {
      return cache.prune();
    }
  }

  private CacheCommand() {}
}
