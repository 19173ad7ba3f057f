package dev.remora.cli.source;

import dev.remora.cli.verb.CommandFailure;
import dev.remora.cli.verb.EmbeddedVocabulary;
import dev.remora.server.TokenizerFiles;
import dev.remora.server.TokenizerServer;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.util.Map;

/** A worker inside this process, on loopback, that serves o200k_base, and a channel to it. */
public final class EmbeddedWorker implements AutoCloseable {
  /** The name that it gives its model. */
  public static final String MODEL = EmbeddedVocabulary.NAME;

  private final TokenizerServer server;
  private final ManagedChannel channel;

  private EmbeddedWorker(TokenizerServer server) {
    this.server = server;
    this.channel =
        Grpc.newChannelBuilder(server.target(), InsecureChannelCredentials.create()).build();
  }

  static EmbeddedWorker start() {
    try {
      return new EmbeddedWorker(TokenizerServer.builder(files()).modelIdentifier(MODEL).start());
    } catch (IOException e) {
      throw new CommandFailure("the embedded worker does not start: " + e.getMessage(), e);
    }
  }

  /** The vocabulary in JTokkit's jar. */
  public static TokenizerFiles files() throws IOException {
    return TokenizerFiles.of(Map.of(EmbeddedVocabulary.FILE, EmbeddedVocabulary.ranks()));
  }

  ManagedChannel channel() {
    return channel;
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.close();
  }
}
