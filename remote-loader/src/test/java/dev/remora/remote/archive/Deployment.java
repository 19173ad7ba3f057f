package dev.remora.remote.archive;

import com.github.luben.zstd.Zstd;
import dev.remora.Tokenizer;
import dev.remora.remote.LoadOptions;
import dev.remora.remote.Tokenizers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;

/** An application with a class loader of its own: it uses both native libraries, and ends. */
public final class Deployment implements Function<Path, String> {
  /** For who deploys it. */
  public Deployment() {}

  @Override
  public String apply(Path directory) {
    LoadOptions options = LoadOptions.builder().engine("djl").build();
    try (Tokenizer tokenizer = Tokenizers.fromDirectory(directory, options)) {
      int[] ids = tokenizer.encode("hello world").ids();
      return Arrays.toString(throughZstd(ids)) + " " + tokenizer.decode(ids);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] throughZstd(int[] ids) throws IOException {
    ZstdLibrary.load(); // before the compressor does
    byte[] bytes = new byte[ids.length];
    for (int i = 0; i < ids.length; i++) {
      bytes[i] = (byte) ids[i];
    }
    try (InputStream content =
        Compression.ZSTD.decompress(new ByteArrayInputStream(Zstd.compress(bytes)))) {
      return content.readAllBytes();
    }
  }
}
