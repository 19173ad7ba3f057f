package dev.remora.remote;

import dev.remora.ErrorKind;
import dev.remora.bundle.TokenizerBundle;
import io.grpc.Channel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The kinds of source. */
final class Sources {
  private Sources() {}

  /**
   * Inference workers with a {@code GetTokenizer} method.
   *
   * @param channels gives their channels, in the order in which they are asked; they stay the
   *     caller's
   */
  record Workers(Supplier<List<Channel>> channels) implements TokenizerSource {
    Workers {
      Objects.requireNonNull(channels, "channels");
    }

    @Override
    public String toString() {
      return "workers " + channels;
    }
  }

  /**
   * The workers that serve a model.
   *
   * @param workers who knows them
   * @param model the model's name
   */
  record Joined(ModelWorkers workers, String model) implements TokenizerSource {
    @Override
    public String toString() {
      return "workers of '" + model + "'";
    }
  }

  /**
   * A local directory.
   *
   * @param path the directory
   */
  record Directory(Path path) implements TokenizerSource {
    Directory {
      Objects.requireNonNull(path, "path");
    }

    @Override
    public String toString() {
      return "directory " + path;
    }
  }

  /**
   * A local directory whose ids a worker confirms.
   *
   * @param path the directory
   * @param worker the worker
   */
  record ProvenDirectory(Path path, Channel worker) implements TokenizerSource {
    ProvenDirectory {
      Objects.requireNonNull(path, "path");
      Objects.requireNonNull(worker, "worker");
    }

    @Override
    public String toString() {
      return "directory " + path + " proven by " + worker.authority();
    }
  }

  /** Files in memory; two are equal if their content digests are. */
  static final class InMemory implements TokenizerSource {
    private final TokenizerBundle bundle;

    InMemory(TokenizerBundle bundle) {
      this.bundle = Objects.requireNonNull(bundle, "bundle");
    }

    TokenizerBundle bundle() {
      return bundle;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof InMemory that && bundle.digest().equals(that.bundle.digest());
    }

    @Override
    public int hashCode() {
      return bundle.digest().hashCode();
    }

    @Override
    public String toString() {
      return "bundle " + bundle.digest();
    }
  }

  /**
   * A source and the cache of what it gave last.
   *
   * @param source where the bundle comes from
   * @param cache where it is kept
   * @param name what it is kept as
   */
  record Kept(TokenizerSource source, TokenizerCache cache, String name)
      implements TokenizerSource {
    Kept {
      Objects.requireNonNull(source, "source");
      Objects.requireNonNull(cache, "cache");
      Objects.requireNonNull(name, "name");
    }

    @Override
    public String toString() {
      return source + ", else what it gave last";
    }
  }

  /**
   * The first of several sources that works.
   *
   * @param sources the sources in the order of preference
   * @param moveOn the kinds of failure after which the next source is tried
   */
  record FirstOf(List<TokenizerSource> sources, Set<ErrorKind> moveOn) implements TokenizerSource {
    FirstOf {
      sources = List.copyOf(sources);
      moveOn = moveOn.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(moveOn));
      if (sources.isEmpty()) {
        throw new IllegalArgumentException("no source");
      }
    }

    /** One more source, with the same kinds. */
    @Override
    public TokenizerSource orElse(TokenizerSource fallback) {
      List<TokenizerSource> more = new ArrayList<>(sources);
      more.add(fallback);
      return new FirstOf(more, moveOn);
    }

    @Override
    public String toString() {
      return sources.stream().map(String::valueOf).collect(Collectors.joining(", else "));
    }
  }
}
