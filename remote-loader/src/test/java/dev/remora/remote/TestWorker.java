package dev.remora.remote;

import dev.remora.forms.TinyTokenizers;
import dev.remora.server.TokenizerFiles;
import dev.remora.server.TokenizerServer;
import dev.remora.server.TokenizerServerBuilder;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A worker on a real socket that serves a small tokenizer, and a channel to it. */
record TestWorker(TokenizerServer server, ManagedChannel channel) implements AutoCloseable {

  /** Files of one tokenizer; another version gives other files and the same ids. */
  static TokenizerFiles files(int version) {
    return TokenizerFiles.of(
        Map.of(
            "tokenizer.json",
            TinyTokenizers.byteLevel(),
            "config.json",
            Archives.utf8("{\"version\": " + version + "}")));
  }

  static TestWorker serving(int version) {
    return serving(version, builder -> builder);
  }

  static TestWorker serving(int version, UnaryOperator<TokenizerServerBuilder> with) {
    return serving(with.apply(TokenizerServer.builder(files(version))));
  }

  static TestWorker serving(TokenizerServerBuilder builder) {
    try {
      TokenizerServer server = builder.start();
      return new TestWorker(
          server,
          Grpc.newChannelBuilder(server.target(), InsecureChannelCredentials.create()).build());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  RemoteTokenizerLoader loader() {
    return RemoteTokenizerLoader.of(channel, LoadOptions.DEFAULT);
  }

  @Override
  public void close() {
    channel.shutdownNow();
    try {
      channel.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.close();
  }
}
