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

/**
 * Where a tokenizer comes from: workers, a directory, a bundle in memory, or the first of several
 * sources that works.
 *
 * <pre>{@code
 * TokenizerSource source =
 *     TokenizerSource.workers(channel).orElse(TokenizerSource.directory(Path.of("llama-3")));
 * Tokenizer tokenizer = Tokenizers.load(source, LoadOptions.DEFAULT);
 * }</pre>
 *
 * <p>Equal sources load from the same place. Immutable and thread-safe.
 */
public sealed interface TokenizerSource {
  /** One worker. */
  static TokenizerSource workers(Channel worker) {
    return workers(List.of(worker));
  }

  /** Several workers, asked in order until one gives a tokenizer. The list is copied. */
  static TokenizerSource workers(List<? extends Channel> workers) {
    return new Workers(new FixedWorkers(List.copyOf(workers)));
  }

  /**
   * Workers that change: the supplier is asked at the beginning of each load, on the thread that
   * loads. A load without workers fails with {@link dev.remora.LoadStatus#NOT_FOUND}.
   */
  static TokenizerSource workers(Supplier<List<Channel>> workers) {
    return new Workers(workers);
  }

  /** The files of a directory that a tokenizer can need. */
  static TokenizerSource directory(Path directory) {
    return new Directory(directory);
  }

  /**
   * The files of a directory, where a worker confirms them: probe texts, chosen from the vocabulary
   * and from every script, are sent to its {@code Tokenize} method (SGLang's {@code
   * sglang.runtime.v1.SglangService}), and must have the ids that the files give them.
   *
   * @param worker the worker; its channel stays the caller's
   */
  static TokenizerSource provenDirectory(Path directory, Channel worker) {
    return new ProvenDirectory(directory, worker);
  }

  /** Files in memory. */
  static TokenizerSource bundle(TokenizerBundle bundle) {
    return new InMemory(bundle);
  }

  /**
   * This source, and another one for when it fails: {@link FirstOf} with {@link FirstOf#MOVES_ON}.
   */
  default TokenizerSource orElse(TokenizerSource fallback) {
    return new FirstOf(List.of(this, fallback), FirstOf.MOVES_ON);
  }

  /**
   * Inference workers with a {@code GetTokenizer} method.
   *
   * @param channels gives their channels, in the order in which they are asked; they stay the
   *     caller's
   */
  record Workers(Supplier<List<Channel>> channels) implements TokenizerSource {
    /** Refuses null. */
    public Workers {
      Objects.requireNonNull(channels, "channels");
    }

    @Override
    public String toString() {
      return "workers " + channels;
    }
  }

  /**
   * A local directory.
   *
   * @param path the directory
   */
  record Directory(Path path) implements TokenizerSource {
    /** Refuses null. */
    public Directory {
      Objects.requireNonNull(path, "path");
    }

    @Override
    public String toString() {
      return "directory " + path;
    }
  }

  /**
   * A local directory whose ids a worker confirms. Where the worker gives other ids, a load fails
   * with rule {@link dev.remora.Rule#P1}; where it cannot be asked, with a {@link
   * dev.remora.LoadException}. A load of the bundle alone asks nothing.
   *
   * @param path the directory
   * @param worker the worker
   */
  record ProvenDirectory(Path path, Channel worker) implements TokenizerSource {
    /** Refuses null. */
    public ProvenDirectory {
      Objects.requireNonNull(path, "path");
      Objects.requireNonNull(worker, "worker");
    }

    @Override
    public String toString() {
      return "directory " + path + " proven by " + worker.authority();
    }
  }

  /** Files in memory; two are equal if their content digests are. */
  final class InMemory implements TokenizerSource {
    private final TokenizerBundle bundle;

    private InMemory(TokenizerBundle bundle) {
      this.bundle = Objects.requireNonNull(bundle, "bundle");
    }

    /** The files. */
    public TokenizerBundle bundle() {
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
   * The first of several sources that works. Each but the last gets one round of attempts; waiting
   * until the deadline for workers to come up is for the last one. A {@link LoadListener} is told
   * which source was passed over and why, and which one serves; a {@link TokenizerRegistry} tries
   * the sources before that one again in the background, and swaps.
   *
   * @param sources the sources in the order of preference, at least one; a {@code FirstOf} among
   *     them counts as its sources, with its own kinds
   * @param moveOn the kinds of failure after which the next source is tried. The end of the load,
   *     by its deadline or because its caller gave it up, is none of them, whatever its kind
   */
  record FirstOf(List<TokenizerSource> sources, Set<ErrorKind> moveOn) implements TokenizerSource {
    /**
     * What makes a load move on unless it was told otherwise: no worker answered, or the files
     * cannot be used. A wrong fingerprint ends it: somebody changed what was sent.
     */
    public static final Set<ErrorKind> MOVES_ON =
        Set.of(ErrorKind.LOAD, ErrorKind.BUNDLE, ErrorKind.LIMIT, ErrorKind.ENGINE);

    /**
     * Copies both.
     *
     * @throws IllegalArgumentException if there is no source
     */
    public FirstOf {
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
