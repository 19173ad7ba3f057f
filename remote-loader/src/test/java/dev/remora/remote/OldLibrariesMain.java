package dev.remora.remote;

import dev.remora.Tokenizer;
import dev.remora.TokenizerException;
import dev.remora.bundle.BundleFormat;
import dev.remora.chat.ChatMessages;
import dev.remora.chat.ChatTemplate;
import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The process of {@link OldLibrariesTest}: does all that takes a library of others, and tells what
 * came of each.
 */
final class OldLibrariesMain {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private OldLibrariesMain() {}

  /** What is done; a line for each. */
  private interface Step {
    Object run() throws Exception;
  }

  /** Arguments: a directory with {@code json} and {@code sentencepiece}; the worker, if any. */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    List<String> lines = new ArrayList<>(fromDirectories(folder));
    if (arguments.length > 1) {
      lines.addAll(fromWorker(arguments[1]));
    }
    lines.forEach(System.out::println);
  }

  static List<String> fromDirectories(Path folder) {
    return List.of(
        line("java", () -> directory(folder.resolve("json"), "java")),
        line("djl", () -> directory(folder.resolve("json"), "djl")),
        line("sentencepiece", () -> directory(folder.resolve("sentencepiece"), "java")),
        line("template", () -> template(folder.resolve("json"))));
  }

  static List<String> fromWorker(String target) {
    ManagedChannel channel =
        Grpc.newChannelBuilder(target, InsecureChannelCredentials.create()).build();
    try {
      return List.of(
          line("worker, java", () -> worker(channel, "java")),
          line("worker, djl", () -> worker(channel, "djl")),
          line("name", () -> name(target)),
          line("own worker", OldLibrariesMain::ownWorker));
    } finally {
      channel.shutdownNow();
    }
  }

  private static String line(String what, Step step) {
    try {
      return what + ": " + step.run();
    } catch (TokenizerException e) {
      return what + ": " + e.kind() + " " + e.getMessage();
    } catch (Throwable e) { // none of these should come
      return what + ": untyped " + e;
    }
  }

  private static LoadOptions options(String engine) {
    return LoadOptions.builder().engine(engine).timeout(PATIENCE).build();
  }

  private static Object directory(Path folder, String engine) {
    try (Tokenizer tokenizer = Tokenizers.fromDirectory(folder, options(engine))) {
      return Arrays.toString(tokenizer.encode("hello world").ids());
    }
  }

  private static Object worker(Channel channel, String engine) {
    try (Tokenizer tokenizer = Tokenizers.fromBackend(channel, options(engine))) {
      return Arrays.toString(tokenizer.encode("hello world").ids());
    }
  }

  private static Object template(Path folder) {
    try (Tokenizer tokenizer = Tokenizers.fromDirectory(folder, options("java"))) {
      ChatTemplate template = ChatTemplate.of(tokenizer.bundle());
      return template.render(ChatMessages.builder().user("hello").build());
    }
  }

  private static Object ownWorker() {
    try (TestWorker worker = TestWorker.serving(1, server -> server.format(BundleFormat.TAR_GZ))) {
      return worker(worker.channel(), "java");
    }
  }

  /** The workers behind a name of gRPC's own resolver. */
  private static Object name(String target) throws Exception {
    try (ModelWorkers workers = ModelWorkers.of(DriftPolicy.REFUSE, options("java"))) {
      workers.joinAll(
          "m",
          "dns:///" + target,
          address ->
              Grpc.newChannelBuilderForAddress(
                      ((InetSocketAddress) address).getHostString(),
                      ((InetSocketAddress) address).getPort(),
                      InsecureChannelCredentials.create())
                  .build());
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (workers.channels("m").isEmpty() && System.nanoTime() < end) {
        Thread.sleep(20);
      }
      return workers.channels("m").isEmpty() ? "no worker" : "workers";
    }
  }
}
