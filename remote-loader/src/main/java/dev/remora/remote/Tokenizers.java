package dev.remora.remote;

import dev.remora.Tokenizer;
import dev.remora.bundle.TokenizerBundle;
import io.grpc.Channel;
import java.nio.file.Path;

/**
 * The short way to a {@link Tokenizer}.
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
   * @throws dev.remora.TokenizerException as {@link RemoteTokenizerLoader#load()}
   */
  public static Tokenizer fromBackend(Channel channel) {
    return fromBackend(channel, LoadOptions.DEFAULT);
  }

  /**
   * The tokenizer of the inference worker that the channel reaches.
   *
   * @throws dev.remora.TokenizerException as {@link RemoteTokenizerLoader#load()}
   */
  public static Tokenizer fromBackend(Channel channel, LoadOptions options) {
    return RemoteTokenizerLoader.of(channel, options).load();
  }

  /**
   * The tokenizer of a local folder, with {@link LoadOptions#DEFAULT}.
   *
   * @throws dev.remora.BundleException if the folder cannot be read or holds no tokenizer
   */
  public static Tokenizer fromDirectory(Path folder) {
    return fromDirectory(folder, LoadOptions.DEFAULT);
  }

  /**
   * The tokenizer of a local folder. Of the options, the limits, the engine and the listener count.
   *
   * @throws dev.remora.BundleException if the folder cannot be read or holds no tokenizer
   */
  public static Tokenizer fromDirectory(Path folder, LoadOptions options) {
    return BuiltTokenizer.build(readDirectory(folder, options), options);
  }

  /**
   * The bundle of a local folder, of which no tokenizer is built. Of the options, the limits count.
   *
   * @throws dev.remora.BundleException if the folder cannot be read
   */
  public static TokenizerBundle readDirectory(Path folder, LoadOptions options) {
    return LocalBundle.read(folder, options);
  }
}
