package dev.remora.cli;

import com.knuddels.jtokkit.api.EncodingType;
import dev.remora.cli.verb.CommandFailure;
import dev.remora.server.TokenizerFiles;
import dev.remora.server.TokenizerServer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** A worker inside this process, on loopback, that serves o200k_base. */
final class EmbeddedWorker implements AutoCloseable {
  static final String MODEL = "o200k_base";

  private final TokenizerServer server;

  private EmbeddedWorker(TokenizerServer server) {
    this.server = server;
  }

  static EmbeddedWorker start() {
    try {
      return new EmbeddedWorker(TokenizerServer.builder(files()).modelIdentifier(MODEL).start());
    } catch (IOException e) {
      throw new CommandFailure("the embedded worker does not start: " + e.getMessage(), e);
    }
  }

  /** The vocabulary in JTokkit's jar, as the rank file that it is there. */
  static TokenizerFiles files() throws IOException {
    String resource = "/com/knuddels/jtokkit/o200k_base.tiktoken";
    try (InputStream ranks = EncodingType.class.getResourceAsStream(resource)) {
      if (ranks == null) {
        throw new IOException("JTokkit's jar holds no " + resource);
      }
      return TokenizerFiles.of(Map.of(MODEL + ".tiktoken", ranks.readAllBytes()));
    }
  }

  String target() {
    return server.target();
  }

  @Override
  public void close() {
    server.close();
  }
}
