package dev.remora.remote;

import dev.remora.Tokenizer;
import dev.remora.TokenizerException;
import dev.remora.bundle.BundleFormat;
import dev.remora.server.TokenizerServer;
import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * The process of {@link EnvironmentTest}: loads a tokenizer over a socket with each engine that is
 * named, and tells what came of it.
 */
final class EnvironmentMain {
  private static final Path MAPS = Path.of("/proc/self/maps");

  private EnvironmentMain() {}

  /** Arguments: the format, then the engines. The worker may be another process. */
  public static void main(String[] arguments) throws IOException {
    if (Boolean.getBoolean("platform.context")) {
      Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
    }
    List<String> engines = List.of(arguments).subList(1, arguments.length);
    String target = System.getProperty("worker");
    if (target != null) {
      ManagedChannel channel =
          Grpc.newChannelBuilder(target, InsecureChannelCredentials.create()).build();
      engines.forEach(engine -> System.out.println(engine + ": " + load(channel, engine)));
      channel.shutdownNow();
      return;
    }
    try (TestWorker worker = worker(BundleFormat.valueOf(arguments[0]))) {
      for (String engine : engines) {
        System.out.println(engine + ": " + load(worker.channel(), engine));
      }
    }
    System.out.println("native: " + nativeLibraries());
  }

  /** Serves the archive that a property holds, if there is one. */
  private static TestWorker worker(BundleFormat format) {
    String archive = System.getProperty("archive");
    return archive == null
        ? TestWorker.serving(1, server -> server.format(format))
        : TestWorker.serving(
            TokenizerServer.builderOfArchive(Base64.getDecoder().decode(archive)).format(format));
  }

  private static String load(Channel channel, String engine) {
    LoadOptions options = LoadOptions.builder().engine(engine).build();
    try (Tokenizer tokenizer = Tokenizers.fromBackend(channel, options)) {
      int[] ids = tokenizer.encode("hello world").ids();
      return Arrays.toString(ids) + " " + tokenizer.decode(ids);
    } catch (TokenizerException e) {
      return e.kind() + " " + e.getMessage();
    }
  }

  /** Those of DJL and zstd that this process has mapped; none where that cannot be told. */
  private static List<String> nativeLibraries() throws IOException {
    if (!Files.exists(MAPS)) {
      return List.of();
    }
    try (Stream<String> maps = Files.lines(MAPS)) {
      return maps.map(line -> line.substring(line.lastIndexOf('/') + 1))
          .filter(name -> name.contains(".so")) // and "(deleted)" where its file was
          .filter(name -> name.contains("tokenizers") || name.contains("zstd"))
          .distinct()
          .toList();
    }
  }
}
