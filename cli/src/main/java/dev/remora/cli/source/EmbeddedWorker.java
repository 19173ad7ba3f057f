package dev.remora.cli.source;

import dev.remora.cli.verb.CommandFailure;
import dev.remora.cli.verb.EmbeddedVocabulary;
import dev.remora.server.TokenizerFiles;
import dev.remora.server.TokenizerServer;
import java.io.IOException;
import java.util.Map;

/** A worker inside this process, on loopback, that serves o200k_base. */
public final class EmbeddedWorker implements AutoCloseable {
  /** The name that it gives its model. */
  public static final String MODEL = EmbeddedVocabulary.NAME;

  private final TokenizerServer server;

  private EmbeddedWorker(TokenizerServer server) {
    this.server = server;
  }

  public static EmbeddedWorker start() {
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

  public String target() {
    return server.target();
  }

  @Override
  public void close() {
    server.close();
  }
}
