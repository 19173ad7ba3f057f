package dev.remora.remote;

import dev.remora.Tokenizer;
import dev.remora.bundle.BundleDrift;
import dev.remora.bundle.TokenizerBundle;
import dev.remora.forms.compare.BundleComparison;
import dev.remora.remote.stream.LoadDeadline;
import io.grpc.Channel;
import java.nio.file.Path;

/**
 * The short way to a {@link Tokenizer}: from a worker, a local directory, a bundle or any source.
 * Thread-safe.
 *
 * <pre>{@code
 * try (Tokenizer tokenizer = Tokenizers.fromBackend(channel)) {
 *   int[] ids = tokenizer.encode("Hello").ids();
 *   String text = tokenizer.decode(ids);
 * }
 * }</pre>
 */
public final class Tokenizers {
  private Tokenizers() {}

  /**
   * The tokenizer of the inference worker that the channel reaches, with {@link
   * LoadOptions#DEFAULT}.
   *
   * @throws dev.remora.TokenizerException as {@link RemoteTokenizerLoader#load()} does
   */
  public static Tokenizer fromBackend(Channel channel) {
    return fromBackend(channel, LoadOptions.DEFAULT);
  }

  /**
   * The tokenizer of the inference worker that the channel reaches.
   *
   * @throws dev.remora.TokenizerException as {@link RemoteTokenizerLoader#load()} does
   */
  public static Tokenizer fromBackend(Channel channel, LoadOptions options) {
    return RemoteTokenizerLoader.of(channel, options).load();
  }

  /**
   * The tokenizer of a local directory, with {@link LoadOptions#DEFAULT}.
   *
   * @throws dev.remora.TokenizerException if the directory cannot be read, is above a limit or
   *     holds no tokenizer
   */
  public static Tokenizer fromDirectory(Path directory) {
    return fromDirectory(directory, LoadOptions.DEFAULT);
  }

  /**
   * The tokenizer of a local directory. Of the options, the timeout, the limits, the engine and the
   * listener count. An interrupt of the calling thread ends the load.
   *
   * @throws dev.remora.TokenizerException if the directory cannot be read, is above a limit or
   *     holds no tokenizer
   */
  public static Tokenizer fromDirectory(Path directory, LoadOptions options) {
    return load(TokenizerSource.directory(directory), options);
  }

  /**
   * The tokenizer of a bundle in memory, with {@link LoadOptions#DEFAULT}.
   *
   * @throws dev.remora.TokenizerException if it holds no tokenizer
   */
  public static Tokenizer fromBundle(TokenizerBundle bundle) {
    return load(TokenizerSource.bundle(bundle), LoadOptions.DEFAULT);
  }

  /**
   * The tokenizer of a source, such as workers or else a directory.
   *
   * @throws dev.remora.TokenizerException as {@link RemoteTokenizerLoader#load()} does
   */
  public static Tokenizer load(TokenizerSource source, LoadOptions options) {
    return RemoteTokenizerLoader.of(source, options).load();
  }

  /**
   * The bundle of a local directory; no tokenizer is built. Of the options, the timeout and the
   * limits count.
   *
   * @throws dev.remora.TokenizerException if the directory cannot be read or is above a limit
   */
  public static TokenizerBundle readDirectory(Path directory, LoadOptions options) {
    return RemoteTokenizerLoader.of(TokenizerSource.directory(directory), options).loadBundle();
  }

  /**
   * How a bundle differs from the one that it is expected to equal: which files, and what in them.
   * An interrupt of the calling thread ends it.
   *
   * @throws dev.remora.LoadException if it takes longer than the timeout of {@link
   *     LoadOptions#DEFAULT}, or the thread was interrupted
   */
  public static BundleDrift compare(TokenizerBundle expected, TokenizerBundle actual) {
    return BundleComparison.compare(
        expected, actual, LoadDeadline.after(LoadOptions.DEFAULT.timeout()));
  }
}
