package dev.remora.remote;

import dev.remora.ErrorKind;
import dev.remora.bundle.TokenizerBundle;
import io.grpc.Channel;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

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
public sealed interface TokenizerSource
    permits Sources.Workers,
        Sources.Joined,
        Sources.Directory,
        Sources.ProvenDirectory,
        Sources.InMemory,
        Sources.Kept,
        Sources.FirstOf {
  /**
   * What makes a load move on from a source unless it was told otherwise: no worker answered, or
   * the files cannot be used. A wrong fingerprint ends it: somebody changed what was sent.
   */
  Set<ErrorKind> MOVES_ON =
      Set.of(ErrorKind.LOAD, ErrorKind.BUNDLE, ErrorKind.LIMIT, ErrorKind.ENGINE);

  /** One worker. */
  static TokenizerSource workers(Channel worker) {
    return workers(List.of(worker));
  }

  /** Several workers, asked in order until one gives a tokenizer. The list is copied. */
  static TokenizerSource workers(List<? extends Channel> workers) {
    return new Sources.Workers(new FixedWorkers(List.copyOf(workers)));
  }

  /**
   * Workers that change: the supplier is asked at the beginning of each load, on the thread that
   * loads. A load without workers fails with {@link dev.remora.LoadStatus#NOT_FOUND}.
   */
  static TokenizerSource workers(Supplier<List<Channel>> workers) {
    return new Sources.Workers(workers);
  }

  /** The files of a directory that a tokenizer can need. */
  static TokenizerSource directory(Path directory) {
    return new Sources.Directory(directory);
  }

  /**
   * The files of a directory, where a worker confirms them: probe texts, chosen from the vocabulary
   * and from every script, are sent to its {@code Tokenize} method (SGLang's {@code
   * sglang.runtime.v1.SglangService}), and must have the ids that the files give them. Where the
   * worker gives other ids, a load fails with rule {@link dev.remora.Rule#P1}; where it cannot be
   * asked, with a {@link dev.remora.LoadException}. A load of the bundle alone asks nothing.
   *
   * @param worker the worker; its channel stays the caller's
   */
  static TokenizerSource provenDirectory(Path directory, Channel worker) {
    return new Sources.ProvenDirectory(directory, worker);
  }

  /** Files in memory. */
  static TokenizerSource bundle(TokenizerBundle bundle) {
    return new Sources.InMemory(bundle);
  }

  /**
   * The first of several sources that works. Each but the last gets one round of attempts, and at
   * most half of the time that is left; waiting until the deadline for workers to come up is for
   * the last one. A {@link LoadListener} is told which source was passed over and why, and which
   * one serves; a {@link TokenizerRegistry} tries the sources before that one again in the
   * background, and swaps.
   *
   * @param sources the sources in the order of preference, at least one; those of a first-of among
   *     them count with its own kinds
   * @param moveOn the kinds of failure after which the next source is tried. The end of the load,
   *     by its deadline or because its caller gave it up, is none of them, whatever its kind
   * @throws IllegalArgumentException if there is no source
   */
  static TokenizerSource firstOf(List<TokenizerSource> sources, Set<ErrorKind> moveOn) {
    return new Sources.FirstOf(sources, moveOn);
  }

  /** This source, and another one for when it fails by one of the kinds {@link #MOVES_ON}. */
  default TokenizerSource orElse(TokenizerSource fallback) {
    return firstOf(List.of(this, fallback), MOVES_ON);
  }

  /**
   * This source, whose last good bundle is kept in a cache and serves while the source fails by one
   * of the kinds {@link #MOVES_ON}: a router can start while no worker is up. A bundle that a
   * worker sent is kept once something was made of it; its {@link
   * dev.remora.bundle.Fingerprint#check()} is CACHED when it comes from there. Of a worker that
   * announces the fingerprint of a bundle in the cache, nothing more is read (rule A5).
   *
   * @param name what the bundle is kept as, such as the model's name
   */
  default TokenizerSource keptIn(TokenizerCache cache, String name) {
    return new Sources.Kept(this, cache, name);
  }
}
